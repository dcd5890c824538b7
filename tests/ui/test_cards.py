"""Cards say the truth of the day, and cost the same however many there are."""

from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override

from authenticity.models import SealGrant, SealScheme
from catalogue.models import Product
from marketplace.core import clock
from marketplace.listing.services import create_work, offer_in_venue
from marketplace.ui.cards import cards, picture_of, pictures_of
from tests.shop.conftest import add_image

pytestmark = pytest.mark.django_db


@pytest.fixture
def seal(kilim_line, weaver):
    scheme = SealScheme.objects.create(
        slug="seal", name_fa="مهر اصالت", name_en="Seal of authenticity", body_fa="ن", body_en="b"
    )
    return SealGrant.objects.create(
        scheme=scheme,
        product_line=kilim_line,
        maker=weaver,
        number="S-1",
        valid_from=date(2025, 1, 1),
        valid_until=date(2027, 1, 1),
    )


def card_of(work):
    return cards([work.pk])[0]


def test_a_card_says_what_who_where_and_how_much(kilim, seal):
    add_image(kilim)
    with override("fa"):
        card = card_of(kilim)
    assert (card.title, card.maker_name, card.city_name) == ("گلیم شیریکی‌پیچ", "کارگاه گلیم", "سیرجان")
    assert (card.seal_label, card.origin_label, card.origin_state) == ("مهر اصالت", "", "")
    assert (card.price_rial, card.is_sold, card.is_demo) == (180_000_000, False, False)
    assert card.url == kilim.get_absolute_url()
    assert card.picture.alt == "گلیم با لوزی‌های سرخ"


def test_a_card_in_english(kilim, seal):
    add_image(kilim)
    with override("en"):
        card = card_of(kilim)
    assert (card.title, card.maker_name, card.city_name) == ("Shiriki-pich kilim", "Kilim workshop", "Sirjan")
    assert (card.seal_label, card.picture.alt) == ("Seal of authenticity", "A kilim with red diamonds")


def test_the_order_is_that_of_the_ids_and_what_is_hidden_or_gone_is_left_out(kilim, foreign_tray, unproven_tray):
    Product.objects.filter(pk=unproven_tray.pk).update(is_public=False)
    shown = cards([foreign_tray.pk, unproven_tray.pk, 10**9, kilim.pk, foreign_tray.pk])
    assert [card.id for card in shown] == [foreign_tray.pk, kilim.pk]


def test_no_ids_no_query(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert cards([]) == []


@pytest.mark.parametrize(("work", "state"), [("foreign_tray", "foreign"), ("unproven_tray", "unproven")])
def test_a_work_that_is_not_domestic_says_so(request, work, state):
    card = card_of(request.getfixturevalue(work))
    assert card.origin_state == state
    assert card.origin_label == str(Product.Origin(state).label)


def test_a_work_whose_licence_has_ended_counts_as_not_proven(kilim):
    clock.set_today(date(2027, 6, 2))
    assert card_of(kilim).origin_state == "unproven"


def test_a_seal_is_shown_while_it_holds_and_not_a_day_longer(kilim, seal):
    clock.set_today(date(2027, 1, 1))
    assert card_of(kilim).seal_label == seal.scheme.name
    clock.set_today(date(2027, 1, 2))
    assert card_of(kilim).seal_label == ""


def test_the_price_is_that_of_the_cheapest_lawful_offer(kilim, bazaar):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=170_000_000, pieces=1)
    assert card_of(kilim).price_rial == 170_000_000

    clock.set_today(date(2028, 1, 2))  # the bazaar's licence has ended
    assert card_of(kilim).price_rial == 180_000_000
    offer.refresh_from_db()
    assert offer.withdrawn_at is None


def test_what_is_in_stock_stands_before_what_is_cheaper_and_sold(kilim, bazaar):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=100_000, pieces=1)
    offer.allocate(1)
    card = card_of(kilim)
    assert (card.price_rial, card.is_sold) == (180_000_000, False)


def test_a_work_without_a_piece_left_is_sold(kilim):
    kilim.stockrecords.get().allocate(3)
    assert card_of(kilim).is_sold is True


def test_a_work_nobody_offers_has_no_price(weaver, licence, kilim_craft):
    work = create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم")
    card = card_of(work)
    assert (card.price_rial, card.is_sold, card.picture) == (None, False, None)


def test_a_picture_names_its_stored_sizes(kilim):
    image = add_image(kilim, colour="#112233")
    picture = picture_of(image, title="گلیم")
    base = default_storage.url(f"works/{kilim.pk}-0-")
    assert picture.src == f"{base}640.webp"
    assert picture.srcset == f"{base}320.webp 320w, {base}640.webp 640w, {base}1200.webp 1200w"
    assert (picture.width, picture.height, picture.placeholder) == (1200, 1200, "#112233")
    assert (picture.full, picture.full_width) == (f"{base}1200.webp", 1200)


def test_a_picture_without_words_of_its_own_is_called_by_the_work(kilim):
    image = add_image(kilim)
    image.alt_fa = image.alt_en = ""
    assert picture_of(image, title="گلیم").alt == "گلیم"


def test_pictures_without_words_are_told_by_work_craft_and_place(kilim, django_assert_num_queries):
    for _ in range(3):
        add_image(kilim)
    first, _second, third = kilim.images.order_by("display_order")
    type(first).objects.filter(pk__in=[first.pk, third.pk]).update(alt_fa="", alt_en="")
    with override("en"), django_assert_num_queries(1):
        assert [picture.alt for picture in pictures_of(kilim)] == [
            "Shiriki-pich kilim, Kilim weaving",
            "A kilim with red diamonds",
            "Shiriki-pich kilim, Kilim weaving, picture 3",
        ]
    with override("en"):
        assert card_of(kilim).picture.alt == "Shiriki-pich kilim, Kilim weaving"


def test_cards_cost_four_queries_however_many(
    django_assert_num_queries, kilim, seal, foreign_tray, weaver, kilim_craft
):
    few = [kilim.pk, foreign_tray.pk]
    many = few + [
        create_work(maker=weaver, craft=kilim_craft, title_fa=f"گلیم {n}", price_rial=9_000_000).pk for n in range(20)
    ]
    with django_assert_num_queries(4):
        assert len(cards(few)) == 2
    with django_assert_num_queries(4):
        assert len(cards(many)) == 22
