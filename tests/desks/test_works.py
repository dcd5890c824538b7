import uuid
from datetime import date

import pytest
from django.urls import reverse

from catalogue.models import Product, ProductImage
from marketplace.core.models import OutboxEvent
from marketplace.drafts.models import DraftPicture
from marketplace.partner.models import StockRecord
from marketplace.shipping.models import CraftParcel
from tests.desks.conftest import jpeg, stored_files, studio

NEW = "/desk/works/new/"


def errors(response) -> dict[str, list[str]]:
    return {name: [error.code for error in found] for name, found in response.context["form"].errors.as_data().items()}


def test_a_work_is_listed_as_typed(at_desk, work_form, weaver, licence, kilim_craft, wool, sirjan):
    page = studio()
    at_desk.post(page, work_form(do="keep", photos=[jpeg(), jpeg(size=(1400, 1000))]))
    first, second = DraftPicture.objects.order_by("position")
    alts = {first.alt_name: "گلیم سرخ بر دیوار", second.alt_name: "لبهٔ گلیم"}
    response = at_desk.post(page, work_form(photos=[], version="1", **alts))
    work = Product.objects.get()
    assert (response.status_code, response.headers["Location"]) == (302, reverse("desks:work", args=[work.pk]))
    assert (work.title, work.title_en, work.description) == ("گلیم گل‌ریز", "Kilim with flowers", "بافته بر دار زمینی")
    assert (work.maker, work.craft, work.city, list(work.materials.all())) == (weaver, kilim_craft, sirjan, [wool])
    assert (work.length_mm, work.width_mm, work.height_mm, work.weight_grams, work.hours) == (
        1205,
        800,
        None,
        3400,
        220,
    )
    assert (work.one_of_a_kind, work.made_to_order, work.lead_days) == (False, False, 3)
    assert (work.origin_country, work.origin_state) == ("IR", "domestic")
    offer = StockRecord.objects.get()
    assert (offer.product, offer.price, offer.num_in_stock, offer.venue) == (work, 180_000_000, 2, None)
    assert [(p.display_order, p.alt_fa, p.alt_en, p.width) for p in work.images.order_by("display_order")] == [
        (0, "گلیم سرخ بر دیوار", "", 800),
        (1, "لبهٔ گلیم", "", 1200),
    ]
    assert OutboxEvent.objects.filter(topic="work_changed", key=str(work.pk)).exists()
    assert "گلیم گل‌ریز" in at_desk.get(response.headers["Location"]).content.decode()


def test_without_a_licence_the_origin_is_not_proven(at_desk, work_form):
    at_desk.post(studio(), work_form())
    assert Product.objects.get().origin_state == "unproven"


def test_in_english_the_photo_is_told_in_english(at_desk, work_form):
    page = f"/en{studio()}"
    at_desk.post(page, work_form(do="keep"))
    at_desk.post(
        page, work_form(photos=[], version="1", **{DraftPicture.objects.get().alt_name: "A red kilim on a wall"})
    )
    image = ProductImage.objects.get()
    assert (image.alt_fa, image.alt_en) == ("", "A red kilim on a wall")


def test_pressing_twice_lists_one_work_and_leaves_no_spare_files(at_desk, work_form, own_media, private_papers):
    page, filled = studio(), work_form()
    first = at_desk.post(page, filled)
    files = stored_files(own_media)
    second = at_desk.post(page, filled | {"photos": [jpeg()]})
    assert first.headers["Location"] == second.headers["Location"]
    assert (Product.objects.count(), StockRecord.objects.count(), ProductImage.objects.count()) == (1, 1, 1)
    assert stored_files(own_media) == files


def test_every_mistake_is_told_in_one_pass_and_nothing_is_listed(at_desk):
    wrong = {"length": "long", "weight": "0", "price_rial": "abc", "pieces": "0", "lead_days": "x", "how": "one"}
    response = at_desk.post(studio(), wrong | {"craft": "", "origin_country": "", "do": "list"})
    assert response.status_code == 422
    assert errors(response) == {
        "__all__": ["no_photo"],
        "title_fa": ["required"],
        "craft": ["required"],
        "length": ["invalid"],
        "weight": ["min_value"],
        "origin_country": ["required"],
        "price_rial": ["invalid"],
        "pieces": ["min_value"],
        "lead_days": ["invalid"],
    }
    assert Product.objects.count() == 0


def test_one_of_a_kind_is_one_piece(at_desk, work_form):
    response = at_desk.post(studio(), work_form(how="one", pieces="2"))
    assert errors(response) == {"pieces": ["one_of_a_kind"]}
    assert Product.objects.count() == 0


def test_a_price_in_the_wrong_unit_is_refused(at_desk, work_form):
    assert errors(at_desk.post(studio(), work_form(price_rial="12"))) == {"price_rial": ["price"]}
    assert Product.objects.count() == 0


def test_another_makers_work_does_not_exist_here(at_desk, foreign_tray):
    assert at_desk.get(f"/desk/works/{foreign_tray.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/desk/", NEW, studio(uuid.UUID(int=7)), "/desk/orders/", "/desk/venues/"])
def test_a_stranger_is_asked_to_sign_in(client, db, path):
    response = client.get(path)
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (302, "/sign-in/")


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_pages_ask_at_most_15_queries(at_desk, kilim, licence, bazaar, django_assert_max_num_queries, prefix):
    for path in ("/desk/", studio(), f"/desk/works/{kilim.pk}/", "/desk/orders/"):
        at_desk.get(prefix + path)
        with django_assert_max_num_queries(15):
            assert at_desk.get(prefix + path).status_code == 200


def test_only_makers_of_blades_are_asked_for_one(at_desk, weaver, kilim_craft, copper_craft):
    CraftParcel.objects.create(craft=copper_craft, has_blade=True, valid_from=date(2020, 1, 1), source="test")
    assert "blade" not in at_desk.get(studio()).context["form"].fields
    weaver.crafts.add(copper_craft)
    assert "blade" in at_desk.get(studio()).context["form"].fields


def test_the_length_of_a_blade_is_kept(at_desk, weaver, copper_craft, work_form):
    CraftParcel.objects.create(craft=copper_craft, has_blade=True, valid_from=date(2020, 1, 1), source="test")
    at_desk.post(studio(), work_form(craft=copper_craft.pk, blade="۸٫۵"))
    assert Product.objects.get().blade_mm == 85
