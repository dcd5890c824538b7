"""A city's page: its own words, and what the market knows."""

from types import SimpleNamespace

import pytest

from cms.city_page import plates
from cms.services import publish_city_story

pytestmark = pytest.mark.django_db


def titles(page) -> list[str]:
    return [card.title for card in page.context["shelf"].cards]


def test_a_city_shows_its_rank_works_crafts_makers_and_venues(client, market):
    page = client.get("/en/city/kerman-city/")
    assert titles(page) == ["Chased tray"]
    assert [(craft.slug, number) for craft, number in page.context["crafts"]] == [("copper", 1)]
    assert [maker.slug for maker in page.context["makers"]] == ["coppersmith"]
    assert [state.venue.slug for state in page.context["venues"]] == ["qaleh-mahmoud"]
    assert "National craft city" in page.content.decode()
    assert client.get("/city/nowhere/").status_code == 404


def test_a_city_without_a_page_shows_what_the_market_knows_and_invites_its_secretariat(client, market):
    html = client.get("/en/city/sirjan/").content.decode()
    assert "The page of Sirjan waits for its secretariat" in html
    assert "Shiriki-pich kilim" in html


def test_a_citys_own_words_stand_in_its_page(client, market, sirjan):
    figure = {"value": "70,000", "label": "Makers", "source": "Minutes", "url": ""}
    body = [{"type": "paragraph", "value": "<p>On the road.</p>"}, {"type": "figure", "value": figure}]
    publish_city_story(sirjan, "en", {"lead": "A city of kilims.", "body": body})
    html = client.get("/en/city/sirjan/").content.decode()
    for words in ("A city of kilims.", "On the road.", "70,000", "Minutes", "Shiriki-pich kilim"):
        assert words in html
    assert "waits for its secretariat" not in html


def test_a_story_without_a_picture_shows_works_of_iranian_origin_of_the_city(client, market, sirjan, more_works):
    more_works(12)
    publish_city_story(sirjan, "en", {"lead": "A lead"})
    page = client.get("/en/city/sirjan/")
    shown = page.context["plates"]
    assert len(shown) == 3
    assert {card.origin_state for card in shown} == {""}
    assert "Works of Sirjan in this market · Demo pictures, drawn by a program." in page.content.decode()


def test_the_crafts_a_city_practises_most_come_first():
    def card(pk, craft, *, picture=True, origin=""):
        return SimpleNamespace(id=pk, craft_slug=craft, picture=picture, origin_state=origin)

    cards = [
        card(1, "felt"),
        card(2, "kilim"),
        card(3, "kilim"),
        card(4, "copper", origin="foreign"),
        card(5, "pateh", picture=None),
    ]
    counts = {"kilim": 9, "felt": 2, "copper": 20, "pateh": 20}
    assert [card.id for card in plates(cards, counts)] == [2, 1, 3]
    assert plates(cards[:2], counts) == []


def test_pictures_of_unproven_origin_stand_over_no_story(client, market, more_works):
    more_works(12)
    assert len(client.get("/en/city/kerman-city/").context["shelf"].cards) > 3
    assert client.get("/en/city/kerman-city/").context["plates"] == []


def test_a_row_of_pictures_with_a_gap_is_not_shown(client, market):
    assert client.get("/en/city/sirjan/").context["plates"] == []
