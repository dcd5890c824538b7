"""The first page."""

import pytest
from django.core.files.storage import default_storage

pytestmark = pytest.mark.django_db


@pytest.fixture
def kerman_by_code(kerman_province):
    assert kerman_province.code == "IR-08"
    return kerman_province


def test_home_shows_what_is_new_the_cities_the_seals_and_the_bazaars(client, market, kerman_by_code, free_shop):
    page = client.get("/en/")
    assert [card.title for card in page.context["newest"]] == ["Chased tray", "Shiriki-pich kilim"]
    assert [card.title for card in page.context["sealed"]] == ["Shiriki-pich kilim"]
    assert [city.name_en for city, _picture in page.context["cities"]] == ["Sirjan", "Kerman"]
    assert [state.venue.slug for state in page.context["venues"]] == ["qaleh-mahmoud"]
    assert len(page.context["hero"]) == 2
    assert page.context["hero"][1].craft_slug != page.context["hero"][0].craft_slug


def test_an_empty_market_is_still_a_page(client, db):
    page = client.get("/")
    assert page.status_code == 200
    assert (page.context["newest"], page.context["hero"], page.context["sealed"]) == ([], [], [])
    assert client.get("/search/").status_code == 200
    assert client.get("/cities/").status_code == 200


def test_both_languages_name_each_other_and_themselves(client, market):
    html = client.get("/en/").content.decode()
    assert '<html lang="en" dir="ltr"' in html
    assert '<link rel="canonical" href="http://testserver/en/">' in html
    assert '<link rel="alternate" hreflang="fa" href="http://testserver/">' in html
    assert '<link rel="alternate" hreflang="x-default" href="http://testserver/">' in html
    assert '<html lang="fa" dir="rtl"' in client.get("/").content.decode()


def test_pictures_have_sizes_and_no_style_stands_inline(client, market):
    html = client.get("/").content.decode()
    assert f'srcset="{default_storage.url("works/")}' in html
    assert html.count('fetchpriority="high"') == 1
    assert ' style="' not in html
    assert "<style" not in html


def test_pages_change_nothing(client, market):
    assert client.post("/").status_code == 405
