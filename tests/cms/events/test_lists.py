"""Lists of events: a city's months, its page's section, the block, a craft's page; and that kept ones are old once an event changes."""

import re
from datetime import date

import pytest
from wagtail.blocks import StructBlockValidationError

from cms.kiosk import content
from cms.market_blocks import EventsBlock
from cms.models import NewsPage
from marketplace.core import clock
from tests.cms.events.conftest import MORNING

TITLES = re.compile(r'<div><h3><a href="[^"]+">([^<]+)</a>')


def test_a_citys_list_goes_by_the_months_of_the_readers_calendar(client, publish):
    publish("fa", repeats="monthly", until=date(2027, 2, 10))
    publish("en", repeats="monthly", until=date(2027, 2, 10))
    persian = client.get("/city/sirjan/events/").content.decode()
    english = client.get("/en/city/sirjan/events/").content.decode()
    heading = re.compile(r'<h2 id="month-\d+">([^<]+)</h2>')
    assert heading.findall(persian) == ["آذر ۱۴۰۵", "دی ۱۴۰۵", "بهمن ۱۴۰۵"]
    assert heading.findall(english) == ["December 2026", "January 2027", "February 2027"]
    assert "webcal://testserver/en/city/sirjan/events.ics" in english


def test_a_list_holds_a_course_once_and_what_is_over_last(client, publish, course):
    publish(starts_on=date(2026, 11, 1), title="Gone", slug="gone")
    html = client.get("/en/city/sirjan/events/").content.decode()
    assert TITLES.findall(html) == ["First knots", "Gone"]
    assert html.index('id="over"') > html.index("First knots")


def test_what_has_begun_stands_in_the_month_of_today(client, publish):
    publish(starts_on=date(2026, 10, 20), ends_on=date(2026, 11, 30))
    html = client.get("/en/city/sirjan/events/").content.decode()
    assert '<h2 id="month-1">November 2026</h2>' in html


def test_a_city_without_events_says_so_and_one_nobody_knows_is_not_found(client, sirjan):
    assert "No event of Sirjan is known" in client.get("/en/city/sirjan/events/").content.decode()
    assert client.get("/city/nowhere/events/").status_code == 404


def test_a_draft_and_a_page_of_another_language_are_in_no_list(client, publish):
    publish("fa", title="بازار نمد")
    publish(title="Not yet").unpublish()
    assert TITLES.findall(client.get("/en/city/sirjan/events/").content.decode()) == []


def test_a_citys_page_shows_the_next_time_of_each_soonest_first(client, publish, course):
    publish(repeats="weekly", **MORNING)
    publish(slug="gone", title="Gone", starts_on=date(2026, 11, 1))
    html = client.get("/en/city/sirjan/").content.decode()
    section = html[html.index('id="events"') :]
    assert TITLES.findall(section) == ["First knots", "Market of felt"]
    assert 'href="/en/city/sirjan/events/"' in section
    assert 'href="webcal://testserver/en/city/sirjan/events.ics"' in section


def test_events_cost_a_citys_page_two_queries(client, publish, course, city_pages, django_assert_max_num_queries):
    city_pages["en"].add_child(instance=NewsPage(title="x", slug="x", lead="x", locale=city_pages["en"].locale))
    client.get("/en/city/sirjan/")
    with django_assert_max_num_queries(20) as few:
        client.get("/en/city/sirjan/")
    for number in range(4):
        publish(slug=f"more-{number}")
    with django_assert_max_num_queries(len(few) + 1):
        client.get("/en/city/sirjan/")


def test_a_craft_page_shows_its_events_and_their_calendar(client, publish, kilim_craft, market):
    path = f"/en/craft/{kilim_craft.slug}/"
    assert "events.ics" not in client.get(path).content.decode()
    publish(about=kilim_craft)
    html = client.get(path).content.decode()
    assert TITLES.findall(html) == ["Market of felt"]
    assert f'href="webcal://testserver{path}events.ics"' in html


def test_a_kiosk_shows_the_times_and_knows_that_a_day_has_gone(client, publish, sirjan):
    page = publish(repeats="weekly", **MORNING)
    html = client.get(content.address("page", sirjan, "en", pk=page.pk)).content.decode()
    for words in ("Every Saturday", "The old bazaar", "Saturday 5 December 2026", "09:00 to 12:00"):
        assert words in html
    seen = content.version(sirjan)
    clock.set_today(date(2026, 11, 23))
    assert content.version(sirjan) != seen


def test_a_block_shows_events_of_its_city_or_craft(client, publish, city_pages, sirjan, kilim_craft):
    publish(about=kilim_craft)
    publish(slug="other", title="A fair")
    facts = {"title": "News", "lead": "x", "locale": city_pages["en"].locale}
    both = {"heading": "", "city": sirjan, "craft": kilim_craft, "number": "3"}
    for slug, craft, shown in (
        ("of-craft", kilim_craft, ["Market of felt"]),
        ("of-city", None, ["Market of felt", "A fair"]),
    ):
        page = NewsPage(slug=slug, body=[("events", both | {"craft": craft})], **facts)
        city_pages["en"].add_child(instance=page)
        assert TITLES.findall(client.get(page.get_url()).content.decode()) == shown


def test_a_block_of_everything_is_refused():
    with pytest.raises(StructBlockValidationError) as refusal:
        EventsBlock().clean(EventsBlock().to_python({"heading": "x", "number": "3"}))
    assert refusal.value.block_errors["city"].code == "events_of_nothing"


def test_kept_lists_are_old_once_an_event_changes(
    client, publish, kilim_craft, settings, tmp_path, django_capture_on_commit_callbacks
):
    backend = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(tmp_path)}
    settings.CACHES = settings.CACHES | {"pages": backend}
    page = publish(about=kilim_craft)
    paths = ("/en/city/sirjan/", "/en/city/sirjan/events/", "/en/city/sirjan/felt/")
    for path in paths:
        assert "Market of felt" in client.get(path).content.decode()
    page.title = "Market of wool"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    for path in paths:
        assert "Market of wool" in client.get(path).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    for path in paths[:2]:
        assert "Market of wool" not in client.get(path).content.decode()
