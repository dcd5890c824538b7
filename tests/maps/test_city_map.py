"""The map of a city: the list holds all that the map draws."""

import re

import pytest

from marketplace.bazaars.models import Venue
from marketplace.maps.marks import MARKS
from marketplace.places.models import Spot

pytestmark = pytest.mark.django_db


@pytest.fixture
def spots(sirjan, weaver):
    shared = {"city": sirjan, "is_demo": True}
    return [
        Spot.objects.create(slug="w", kind="workshop", name_fa="کارگاه", name_en="Open workshop", maker=weaver,
                            latitude="29.45520", longitude="55.67630", **shared),
        Spot.objects.create(slug="s", kind="sight", name_fa="جاذبه", name_en="Sight without position", **shared),
    ]  # fmt: skip


def entries(html: str) -> dict[str, str]:
    """Anchor → opening tag of each entry."""
    return {anchor: tag for tag, anchor in re.findall(r'(<li id="([^"]+)" class="spot"[^>]*>)', html)}


def test_places_stand_in_a_list_with_their_positions(client, spots):
    html = client.get("/en/city/sirjan/map/").content.decode()
    found = entries(html)
    assert list(found) == ["spot-s", "spot-w"]
    assert 'data-lat="29.45520" data-lon="55.67630"' in found["spot-w"]
    assert "data-lat" not in found["spot-s"]
    assert "No source says where exactly; it is not on the map." in html
    assert 'href="/en/maker/weaver/"' in html
    assert "made up to show the map" in html


def test_a_position_is_written_in_latin_figures_in_persian_too(client, spots):
    html = client.get("/city/sirjan/map/").content.decode()
    assert 'data-lat="29.45520" data-lon="55.67630"' in html
    assert 'data-lat="29.450" data-lon="55.680" data-province="IR-08"' in re.sub(r"\s+", " ", html)


def test_a_standing_venue_without_a_place_is_listed_and_a_planned_one_is_not(client, sirjan):
    for slug, planned in (("stands", False), ("planned", True)):
        Venue.objects.create(
            slug=slug, kind="bazaar", name_fa=slug, name_en=slug, city=sirjan, is_planned=planned, source="seed-kerman"
        )
    found = entries(client.get("/en/city/sirjan/map/").content.decode())
    assert list(found) == ["spot-venue-stands"]


def test_a_venue_with_a_place_stands_once(client, sirjan):
    venue = Venue.objects.create(slug="b", kind="bazaar", name_fa="ب", name_en="B", city=sirjan)
    Spot.objects.create(
        slug="b", kind="bazaar", name_fa="ب", name_en="B", city=sirjan, venue=venue, source="x",
        latitude="29.4", longitude="55.6",
    )  # fmt: skip
    assert list(entries(client.get("/city/sirjan/map/").content.decode())) == ["spot-b"]


def test_a_city_without_places_says_so_and_an_unknown_city_is_not_found(client, sirjan):
    assert "No place yet" in client.get("/en/city/sirjan/map/").content.decode()
    assert client.get("/city/nowhere/map/").status_code == 404


def test_the_number_of_places_costs_no_query(client, spots, sirjan, django_assert_max_num_queries):
    client.get("/city/sirjan/map/")
    with django_assert_max_num_queries(12) as few:
        client.get("/city/sirjan/map/")
    Spot.objects.bulk_create(
        Spot(slug=f"k{number}", kind="kiosk", name_fa="ک", name_en="K", city=sirjan, is_demo=True)
        for number in range(20)
    )
    with django_assert_max_num_queries(len(few)):
        client.get("/city/sirjan/map/")


def test_no_style_stands_in_the_page(client, spots):
    html = client.get("/city/sirjan/map/").content.decode()
    assert "style=" not in html
    assert "<style" not in html


@pytest.mark.parametrize("kind", Spot.Kind.values)
def test_every_kind_has_a_mark_of_its_own(kind):
    others = [mark for name, mark in MARKS.items() if name != kind]
    assert MARKS[kind].path not in {mark.path for mark in others}
    assert MARKS[kind].letter_fa not in {mark.letter_fa for mark in others}
    assert MARKS[kind].letter_en not in {mark.letter_en for mark in others}
