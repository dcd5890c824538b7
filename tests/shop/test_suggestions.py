"""Suggestions below the search box: what they are, where they lead, what they cost, and when they stop."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from marketplace.search.queries import Suggestion
from marketplace.shop import suggestions

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_asked_before():
    cache.clear()
    yield
    cache.clear()


def lines(answer) -> list[tuple[str, str, str, str]]:
    return [(line["kind"], line["label"], line["text"], line["url"]) for line in answer.json()["suggestions"]]


def test_a_beginning_offers_names_with_their_kind_then_works(client, market, kilim):
    with override("en"):
        address = kilim.get_absolute_url()
    answer = client.get("/en/search/suggest/", {"q": "sir"})
    assert lines(answer) == [
        ("city", "City", "Sirjan", "/en/city/sirjan/"),
        ("work", "Work", "Shiriki-pich kilim", address),
    ]
    assert answer.json()["told"] == "2 suggestions"
    assert answer["Cache-Control"] == "private, max-age=300"


def test_persian_readers_are_led_to_persian_pages(client, market):
    answer = client.get("/search/suggest/", {"q": "گلیم"})
    assert lines(answer)[0][0::2] == ("craft", "گلیم‌بافی")
    assert lines(answer)[0][3] == "/craft/kilim/"


def test_a_venue_is_offered_by_its_name(client, market, bazaar):
    found = lines(client.get("/en/search/suggest/", {"q": bazaar.name_en}))
    assert (found[0][0], found[0][2], found[0][3]) == ("venue", bazaar.name_en, f"/en/venue/{bazaar.slug}/")


@pytest.mark.parametrize("text", ["", "   ", "\0", "زیردریایی"])
def test_nothing_to_offer_is_no_error(client, market, text):
    answer = client.get("/search/suggest/", {"q": text})
    assert (answer.status_code, answer.json()) == (200, {"suggestions": [], "told": ""})


def test_a_text_costs_few_queries_and_asked_again_none(client, market, more_works):
    more_works(20)
    with CaptureQueriesContext(connection) as first:
        assert lines(client.get("/en/search/suggest/", {"q": "k"}))
    with CaptureQueriesContext(connection) as again:
        assert lines(client.get("/en/search/suggest/", {"q": " k "}))
    assert len(first) <= 7
    assert len(again) == 0


def test_a_flood_of_texts_is_refused_but_what_is_known_is_answered(client, market, monkeypatch):
    monkeypatch.setattr(suggestions, "TEXTS", 2)
    asked = [client.get("/en/search/suggest/", {"q": text}).status_code for text in ("s", "si", "sir", "si")]
    assert asked == [200, 200, 429, 200]
    assert client.get("/en/search/suggest/", {"q": "sirj"})["Retry-After"] == "60"


def test_a_work_that_left_meanwhile_is_not_offered(client, market, monkeypatch):
    monkeypatch.setattr(suggestions, "suggest", lambda *_: [Suggestion("work", "999999", "Gone")])
    assert lines(client.get("/en/search/suggest/", {"q": "gone"})) == []


def test_only_reading_is_answered(client):
    assert client.post("/search/suggest/", {"q": "sir"}).status_code == 405


def test_the_search_box_names_where_to_ask(client, market):
    assert 'data-suggest="/en/search/suggest/"' in client.get("/en/").content.decode()
