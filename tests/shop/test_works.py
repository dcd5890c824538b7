"""The work page: what is sold, by whom, from where, under which label."""

from datetime import date

import pytest
from django.core.files.storage import default_storage

from catalogue.models import Product
from marketplace.core import clock
from marketplace.listing.services import withdraw_offer
from marketplace.shop.views.works import country_name

pytestmark = pytest.mark.django_db


def page_of(client, work, language="en"):
    address = work.get_absolute_url()
    return client.get(f"/en{address}" if language == "en" else address)


def test_a_work_shows_its_facts_offers_seal_and_maker(client, market, wool):
    kilim = market[0]
    kilim.materials.add(wool)
    page = page_of(client, kilim)
    html = page.content.decode()
    assert [(offer.venue and offer.venue.slug, int(offer.price), offer.left) for offer in page.context["offers"]] == [
        ("qaleh-mahmoud", 170_000_000, 1),
        (None, 180_000_000, 3),
    ]
    assert html.count('action="/en/basket/add/"') == 2
    for words in (
        "120 × 80 cm",
        "3.4 kg",
        "Hand-spun wool",
        "National seal",
        "Kilim workshop",
        "World craft city",
        "Ready to leave Sirjan",
    ):
        assert words in html
    assert "Iran · " in html
    assert "Production licence valid until 1 June 2027" in html


def test_a_foreign_work_says_so_with_its_country(client, market):
    page = page_of(client, market[1])
    html = page.content.decode()
    assert page.context["origin_state"] == "foreign"
    assert "Foreign origin" in html
    assert "Türkiye" in html
    assert "It is not sold in places licensed by Cultural Heritage." in html


def test_an_unproven_work_is_not_called_foreign(client, market):
    page = page_of(client, market[2])
    assert (page.context["origin_state"], page.context["origin_label"]) == ("unproven", "Origin not proven")
    assert "Its maker calls it Iranian" in page.content.decode()


def test_an_offer_that_is_not_lawful_today_is_not_shown(client, market):
    clock.set_today(date(2028, 1, 2))
    assert [offer.venue for offer in page_of(client, market[0]).context["offers"]] == [None]


def test_a_sold_work_has_no_button(client, market):
    tray = market[1]
    tray.stockrecords.get().allocate(2)
    html = page_of(client, tray).content.decode()
    assert "sold out" in html
    assert "/basket/add/" not in html


def test_a_work_nobody_offers_says_so(client, market):
    withdraw_offer(offer=market[1].stockrecords.get(), because="test")
    html = page_of(client, market[1]).content.decode()
    assert "No one offers this work today" in html
    assert "/basket/add/" not in html


def test_an_old_slug_leads_to_the_right_address(client, market):
    kilim = market[0]
    answer = client.get(f"/work/{kilim.pk}/old-name/")
    assert (answer.status_code, answer["Location"]) == (301, kilim.get_absolute_url())


def test_a_hidden_or_unknown_work_is_not_found(client, market):
    Product.objects.filter(pk=market[0].pk).update(is_public=False)
    assert page_of(client, market[0]).status_code == 404
    assert client.get("/work/999999/x/").status_code == 404
    assert client.get(f"/work/{10**30}/x/").status_code == 404


def test_breadcrumbs_and_titles(client, market):
    page = page_of(client, market[0])
    assert [name for name, _address in page.context["crumbs"]] == ["Loom weaves", "Kilim weaving", "Shiriki-pich kilim"]
    assert "<title>Shiriki-pich kilim · Kilim workshop · " in page.content.decode()


def test_pictures_carry_their_mark_and_can_be_enlarged(client, market):
    html = page_of(client, market[0]).content.decode()
    assert "Demo pictures, drawn by a program." in html
    assert html.count(f'href="{default_storage.url(f"works/{market[0].pk}-")}') == 2
    assert "js/gallery.js" in html


@pytest.mark.parametrize(
    ("code", "language", "name"),
    [("IR", "fa", "ایران"), ("TR", "fa", "ترکیه"), ("IR", "en", "Iran"), ("", "fa", ""), ("ZX", "en", "ZX")],
)
def test_countries_have_names(code, language, name):
    assert country_name(code, language) == name


def test_works_like_it_stand_apart_from_those_of_its_maker(client, market, more_works):
    made = more_works(6)
    page = page_of(client, market[1])
    mine = {work.pk for work in (*made, *market) if work.maker_id == market[1].maker_id} - {market[1].pk}
    alike = [card.id for card in page.context["alike"]]
    assert {card.id for card in page.context["more"]} <= mine
    assert not mine & set(alike)
    assert ("Works like this" in page.content.decode()) == bool(alike)
