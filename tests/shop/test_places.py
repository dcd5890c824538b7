"""Cities, venues, crafts and makers."""

from datetime import date

import pytest

from marketplace.bazaars.models import Venue
from marketplace.core import clock
from marketplace.makers.models import ProductionLicence
from marketplace.shop.views.makers import licence_state

pytestmark = pytest.mark.django_db


def titles(page) -> list[str]:
    return [card.title for card in page.context["shelf"].cards]


def test_cities_stand_by_rank(client, market):
    page = client.get("/en/cities/")
    assert [city.slug for city, _picture in page.context["world"]] == ["sirjan"]
    assert [city.slug for city, _picture in page.context["national"]] == ["kerman-city"]
    assert page.context["world"][0][1].src.endswith("640.webp")


def test_a_bound_venue_says_the_rule_its_licence_and_its_works(client, market):
    page = client.get("/en/venue/qaleh-mahmoud/")
    html = page.content.decode()
    assert titles(page) == ["Shiriki-pich kilim"]
    assert "Only Iranian handicrafts are sold here" in html
    assert "اجازه فروش محصولات صنایع دستی خارجی وجود نخواهد داشت" in html
    assert "K-1" in html
    assert "1 January 2028" in html


def test_a_venue_whose_licence_has_ended_says_so(client, market):
    clock.set_today(date(2028, 1, 2))
    html = client.get("/en/venue/qaleh-mahmoud/").content.decode()
    assert "ended" in html
    assert client.get("/en/venue/qaleh-mahmoud/").context["is_open"] is False


def test_a_planned_venue_is_not_shown_as_if_it_sold(client, market, kerman):
    Venue.objects.create(
        slug="planned", name_fa="بازارچه", name_en="Planned bazaar", kind="bazaar", city=kerman, is_planned=True
    )
    html = client.get("/en/venue/planned/").content.decode()
    assert "Planned, not open yet" in html
    assert "Works offered here" not in html
    assert [state.venue.slug for state in client.get("/en/venues/").context["planned"]] == ["planned"]


def test_a_venue_without_a_licence_is_not_called_bound(client, market, free_shop):
    html = client.get("/en/venue/free-shop/").content.decode()
    assert "Not bound by a licence of Cultural Heritage" in html
    assert "Only Iranian handicrafts are sold here" not in html


def test_a_craft_and_its_group_show_their_works(client, market):
    assert titles(client.get("/en/craft/kilim/")) == ["Shiriki-pich kilim"]
    assert titles(client.get("/en/crafts/metal/")) == ["Chased tray", "Copper tray"]
    groups = client.get("/en/crafts/").context["groups"]
    assert [(group.slug, [craft.works_count for craft in crafts]) for group, crafts in groups] == [
        ("flatweave", [1]),
        ("metal", [2]),
    ]


def test_a_maker_shows_kind_city_licence_and_works(client, market):
    page = client.get("/en/maker/weaver/")
    assert titles(page) == ["Shiriki-pich kilim"]
    assert [state for _licence, state in page.context["licences"]] == ["valid"]
    assert "T-1" in page.content.decode()
    assert [maker.slug for maker in client.get("/en/makers/").context["page"]] == ["coppersmith", "weaver"]


@pytest.mark.parametrize(
    ("issued", "expires", "revoked", "state"),
    [
        (date(2025, 1, 1), date(2026, 11, 22), None, "valid"),
        (date(2026, 11, 22), date(2027, 1, 1), None, "valid"),
        (date(2025, 1, 1), date(2026, 11, 21), None, "expired"),
        (date(2026, 11, 23), date(2027, 1, 1), None, "not_yet"),
        (date(2025, 1, 1), date(2027, 1, 1), date(2026, 1, 1), "revoked"),
    ],
)
def test_a_licence_has_one_state_on_a_day(day, issued, expires, revoked, state):
    assert licence_state(ProductionLicence(issued_on=issued, expires_on=expires, revoked_on=revoked)) == state


@pytest.mark.parametrize("address", ["/about/", "/help/", "/en/about/", "/en/help/"])
def test_texts_stand(client, db, address):
    assert client.get(address).status_code == 200
