"""A city's page: its own words, and what the market knows."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.text import slugify
from wagtail.blocks import StructBlockValidationError
from wagtail.models import PageViewRestriction

from cms.city_page import plates
from cms.library import LibraryItemBlock
from cms.models import ArticlePage, NewsPage, StoryPage
from cms.services import CONTENT, load_city_stories, publish_city_story
from marketplace.demo.base_data import load_base_data
from marketplace.demo.tables import rows
from marketplace.places.models import Spot

pytestmark = pytest.mark.django_db


def section(page, slug):
    """What a section of the page shows; None where it is left out."""
    found = {one.slug: one.items for one in (*page.context["before"], *page.context["after"])}
    return found.get(slug)


def titles(page) -> list[str]:
    return [card.title for card in page.context["shelf"].cards]


def test_a_city_shows_its_rank_works_crafts_makers_and_venues(client, market):
    page = client.get("/en/city/kerman-city/")
    assert titles(page) == ["Chased tray"]
    assert [(craft.slug, number) for craft, number in page.context["crafts"]] == [("copper", 1)]
    assert [maker.slug for maker in section(page, "makers")] == ["coppersmith"]
    assert [state.venue.slug for _kind, _spots, venues in section(page, "around") for state in venues] == [
        "qaleh-mahmoud"
    ]
    assert "National craft city" in page.content.decode()
    assert client.get("/city/nowhere/").status_code == 404


def test_a_city_without_a_page_shows_what_the_market_knows_and_invites_its_secretariat(client, market):
    html = client.get("/en/city/sirjan/").content.decode()
    assert "The page of Sirjan waits for its secretariat" in html
    assert "Shiriki-pich kilim" in html


def test_a_citys_own_words_stand_in_its_page(client, market, sirjan):
    figure = {"value": "70,000", "label": "Makers", "source": "Minutes", "as_of": "1400", "url": ""}
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


def test_entered_numbers_stand_by_source_and_date_and_counted_ones_by_the_day(client, market, sirjan):
    figures = [
        {"value": "70,000", "label": "makers", "source": "Minutes", "as_of": "1400", "url": ""},
        {"value": "8,000", "label": "workshops", "source": "Minutes", "as_of": "1400", "url": ""},
        {"value": "2", "label": "bazaars", "source": "News", "as_of": "2025", "url": ""},
    ]
    publish_city_story(sirjan, "en", {"lead": "x", "body": [{"type": "figure", "value": figure} for figure in figures]})
    page = client.get("/en/city/sirjan/")
    shown = [(group.source, group.as_of, [f["value"] for f in group.figures]) for group in section(page, "numbers")]
    assert shown[:2] == [("Minutes", "1400", ["70,000", "8,000"]), ("News", "2025", ["2"])]
    counted = section(page, "numbers")[2]
    assert counted.counted_on == date(2026, 11, 22)
    assert {f["label"]: f["value"] for f in counted.figures} == {
        "makers in this market": "1",
        "workshops": "1",
        "production licences in force": "1",
        "works on show": "1",
    }
    assert "Source: Minutes · as of 1400" in page.content.decode()


def test_a_section_without_content_is_left_out(client, sirjan):
    publish_city_story(sirjan, "en", {"lead": "x"})
    page = client.get("/en/city/sirjan/")
    assert (page.context["before"], page.context["after"]) == ([], [])
    assert "waits for its secretariat" in page.content.decode()


def test_news_stories_library_and_places_of_the_city_are_shown(client, sirjan, weaver):
    city = publish_city_story(sirjan, "en", {"lead": "x"})
    item = {"kind": "film", "title": "The loom", "year": "1399", "source": "A studio", "url": "https://example.org/f"}
    city.library = [("item", item)]
    city.save_revision().publish()
    city.add_child(instance=StoryPage(title="A weaver", slug="weaver", lead="Words", maker=weaver, locale=city.locale))
    news = NewsPage(title="A call", slug="call", lead="Words", kind="call", until=date(2026, 12, 1), locale=city.locale)
    city.add_child(instance=news)
    Spot.objects.create(slug="inn", kind="stay", city=sirjan, name_fa="سرا", name_en="An inn", source="A list")
    Spot.objects.create(slug="loom", kind="workshop", city=sirjan, name_fa="کارگاه", name_en="Open loom", source="List")
    page = client.get("/en/city/sirjan/")
    html = page.content.decode()
    assert [one.slug for one in page.context["after"]] == [
        "makers",
        "stories",
        "workshops",
        "around",
        "library",
        "news",
    ]
    for words in ("The loom", "Film · 1399", "A weaver", "A call", "open until 1 December 2026", "An inn", "Open loom"):
        assert words in html


def test_what_asks_before_it_is_read_is_not_shown_and_leaves_the_city_open(client, sirjan):
    city = publish_city_story(sirjan, "en", {"lead": "x"})
    for title in ("Felt fair", "Kilim fair"):
        city.add_child(instance=NewsPage(title=title, slug=slugify(title), lead="Come.", locale=city.locale))
    private = NewsPage.objects.get(title="Felt fair")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    answer = client.get("/en/city/sirjan/")
    assert answer.status_code == 200
    assert [title in answer.content.decode() for title in ("Kilim fair", "Felt fair")] == [True, False]
    assert client.get("/en/city/sirjan/felt-fair/").status_code == 302


def test_a_library_item_that_leads_nowhere_is_refused():
    item = {"kind": "film", "title": "x", "year": "1399", "source": "y", "document": None, "url": ""}
    block = LibraryItemBlock()
    with pytest.raises(StructBlockValidationError) as error:
        block.clean(block.to_python(item))
    assert error.value.block_errors["document"].code == "library_item_leads_nowhere"


def test_a_city_costs_at_most_twenty_queries_however_much_it_shows(
    client, market, sirjan, more_works, weaver, django_assert_max_num_queries
):
    more_works(12)
    city = publish_city_story(sirjan, "en", {"lead": "x", "body": [{"type": "paragraph", "value": "<p>y</p>"}]})
    for number in range(3):
        facts = {"title": f"{number}", "lead": "Words", "locale": city.locale}
        city.add_child(instance=StoryPage(slug=f"story-{number}", maker=weaver, **facts))
        city.add_child(instance=NewsPage(slug=f"news-{number}", **facts))
        city.add_child(instance=ArticlePage(slug=f"article-{number}", **facts))
    client.get("/en/city/sirjan/")
    with django_assert_max_num_queries(20):
        assert client.get("/en/city/sirjan/").status_code == 200


def test_every_place_of_the_sources_has_its_page_in_both_languages(client, db):
    load_base_data()
    places = rows("places")
    assert (len(places), load_city_stories()) == (21, 42)
    for place in places:
        slug = slugify(place["place_en"])
        for prefix, language in (("", "fa"), ("/en", "en")):
            html = client.get(f"{prefix}/city/{slug}/").content.decode()
            assert f"<h1>{place[f'place_{language}']}</h1>" in html
            assert place[f"craft_{language}"] in html
            told = "sources" if (CONTENT / f"{slug}.json").exists() else "invitation"
            assert ('id="invitation"' in html) is (told == "invitation")


def test_kermans_page_holds_the_figures_of_the_minutes_each_with_its_source(client, db):
    load_base_data()
    load_city_stories()
    page = client.get("/en/city/kerman/")
    (group,) = [group for group in section(page, "numbers") if group.counted_on is None]
    assert "Minutes" in group.source
    assert {"70,000", "15,000", "72,000", "50,500", "39,200", "18,000", "73", "over 250", "22 billion toman"} <= {
        figure["value"] for figure in group.figures
    }
    assert page.content.decode().count(group.source) >= 1
