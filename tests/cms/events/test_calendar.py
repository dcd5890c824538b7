"""Calendars: read again by `icalendar`, with stable names for each time, and answered from the copy of whoever has one."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import jdatetime
import pytest

from marketplace.core import clock
from marketplace.places.models import Spot
from tests.cms.events.conftest import MORNING

TEHRAN = ZoneInfo("Asia/Tehran")
FEED = "/en/city/sirjan/events.ics"


def read(client, path=FEED) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(client.get(path).content)


def days(calendar) -> list[str]:
    """First days of the times by the Jalali calendar."""
    starts = (event.decoded("dtstart") for event in calendar.events)
    found = (start.date() if isinstance(start, datetime) else start for start in starts)
    return [f"{jdatetime.date.fromgregorian(date=day):%Y-%m-%d}" for day in found]


def test_a_calendar_holds_the_times_of_two_years_in_tehran(client, publish):
    page = publish(repeats="monthly", every=2, **MORNING)
    calendar = read(client)
    assert days(calendar) == [
        *("1405-09-14", "1405-11-14", "1406-01-14", "1406-03-14", "1406-05-14", "1406-07-14"),
        *("1406-09-14", "1406-11-14", "1407-01-14", "1407-03-14", "1407-05-14", "1407-07-14"),
    ]
    first = calendar.events[0]
    assert first.decoded("dtstart") == datetime(2026, 12, 5, 9, tzinfo=TEHRAN)
    assert first.decoded("dtend") == datetime(2026, 12, 5, 12, tzinfo=TEHRAN)
    assert first["dtstart"].params["TZID"] == "Asia/Tehran"
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Tehran"]
    assert "RRULE" not in first
    assert (first["summary"], first["location"], first["status"]) == (
        "Market of felt",
        "The old bazaar, Sirjan",
        "CONFIRMED",
    )
    assert first["url"] == f"http://testserver{page.get_url()}"
    assert "Every 2 Jalali months, on day 14" in first["description"]


def test_the_last_day_of_a_leap_year_is_there_in_leap_years_alone(client, publish):
    publish(repeats="yearly", starts_on=date(2025, 3, 20))  # 30 Esfand 1403
    assert days(read(client)) == []
    clock.set_today(date(2029, 6, 1))
    assert days(read(client)) == ["1408-12-30"]
    clock.set_today(date(2025, 3, 25))
    assert days(read(client)) == ["1403-12-30"]


def test_nowruz_of_each_year_is_its_gregorian_day(client, publish):
    publish(repeats="yearly", starts_on=date(2025, 3, 21))  # 1 Farvardin 1404, after a leap year
    found = [event.decoded("dtstart") for event in read(client).events]
    assert found == [date(2027, 3, 21), date(2028, 3, 20)]


def test_a_whole_day_ends_with_the_next_and_keeps_nobody_busy(client, publish):
    publish(ends_on=date(2026, 12, 7))
    (event,) = read(client).events
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 5), date(2026, 12, 8))
    assert event["transp"] == "TRANSPARENT"


def test_names_of_times_are_their_own_and_the_same_in_both_languages(client, publish):
    english = publish(repeats="weekly")
    persian = english.copy_for_translation(english.locale.__class__.objects.get(language_code="fa"))
    persian.title = "بازار نمد"
    persian.save_revision().publish()
    named = [event["uid"] for event in read(client).events]
    assert len(named) == len(set(named)) > 100
    assert named[0] == f"{english.translation_key}-20261205"
    other = read(client, "/city/sirjan/events.ics")
    assert [event["uid"] for event in other.events] == named
    assert other.events[0]["summary"] == "بازار نمد"
    assert other["x-wr-calname"] != read(client)["x-wr-calname"]


def test_an_event_that_is_moved_keeps_its_name_and_its_number_grows(client, publish):
    page = publish()
    (before,) = read(client).events
    page.starts_on = date(2026, 12, 20)
    page.save_revision().publish()
    type(page).objects.filter(pk=page.pk).update(last_published_at=page.first_published_at + timedelta(minutes=5))
    (after,) = read(client).events
    assert (before["uid"], before["sequence"]) == (str(page.translation_key), 0)
    assert (after["uid"], after["sequence"]) == (str(page.translation_key), 300)
    assert after.decoded("last-modified") - before.decoded("last-modified") >= timedelta(minutes=4)
    assert after.decoded("dtstamp") == after.decoded("last-modified")


def test_what_is_called_off_stays_with_its_state(client, publish):
    publish(
        repeats="weekly", until=date(2026, 12, 19), called_off=[("day", {"day": date(2026, 12, 12), "reason": "Rain"})]
    )
    events = read(client).events
    assert [event["status"] for event in events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert "Rain" in events[1]["description"]


def test_a_made_up_event_says_so_in_its_name(client, publish):
    publish(is_demo=True)
    assert read(client).events[0]["summary"] == "Market of felt (demo)"


def test_a_place_of_the_map_is_told_with_its_position(client, publish, sirjan):
    spot = Spot.objects.create(
        slug="sq", kind="sight", name_fa="میدان", name_en="Square", city=sirjan, latitude="29.46", longitude="55.67",
        source="A list",
    )  # fmt: skip
    publish(spot=spot, place="North gate")
    (event,) = read(client).events
    assert (event["location"], event["geo"].to_ical()) == ("Square · North gate, Sirjan", "29.46;55.67")


def test_the_lessons_of_a_course_stand_there_each(client, course):
    events = read(client).events
    assert len(events) == 9
    assert {event["uid"] for event in events} == {
        f"{course.translation_key}-202612{day:02}" for day in (1, 5, 8, 12, 15, 19, 22, 26, 29)
    }


def test_a_calendar_of_a_craft_holds_its_events_of_every_city(client, publish, course, kilim_craft):
    publish(about=kilim_craft, slug="one")
    publish(slug="of-no-craft", title="A fair")
    calendar = read(client, f"/en/craft/{kilim_craft.slug}/events.ics")
    assert {event["summary"] for event in calendar.events} == {"Market of felt", "First knots"}


def test_one_event_is_a_file_of_its_own(client, publish):
    page = publish(repeats="weekly", until=date(2026, 12, 12))
    publish(slug="other", title="Another")
    response = client.get("/en/city/sirjan/felt/event.ics")
    assert response.headers["Content-Disposition"] == 'inline; filename="felt.ics"'
    assert [event["summary"] for event in icalendar.Calendar.from_ical(response.content).events] == [
        "Market of felt"
    ] * 2
    page.unpublish()
    assert client.get("/en/city/sirjan/felt/event.ics").status_code == 404
    assert "Market of felt" not in client.get(FEED).content.decode()


def test_whoever_has_the_file_is_told_so_until_an_event_changes(client, publish):
    page = publish()
    first = client.get(FEED)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "public" in first.headers["Cache-Control"]
    assert "max-age=300" in first.headers["Cache-Control"]
    again = client.get(FEED, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(FEED, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    page.title = "Market of felt and wool"
    page.save_revision().publish()
    assert client.get(FEED, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_same_events_give_the_same_bytes(client, publish):
    publish(repeats="weekly")
    assert client.get(FEED).content == client.get(FEED).content


@pytest.mark.parametrize("path", [FEED, "/city/sirjan/events.ics", "/craft/kilim/events.ics"])
def test_a_calendar_without_events_is_whole(client, sirjan, kilim_craft, path):
    calendar = read(client, path.replace("kilim", kilim_craft.slug))
    assert (calendar.events, calendar["version"]) == ([], "2.0")


@pytest.mark.parametrize("path", ["/city/nowhere/events.ics", "/craft/nothing/events.ics", "/city/sirjan/x/event.ics"])
def test_a_calendar_of_nothing_known_is_not_found(client, sirjan, path):
    assert client.get(path).status_code == 404


def test_more_events_cost_no_query(client, publish, kilim_craft, django_assert_max_num_queries):
    paths = (FEED, f"/en/craft/{kilim_craft.slug}/events.ics")
    publish(about=kilim_craft)
    for path in paths:
        client.get(path)
        with django_assert_max_num_queries(12) as few:
            client.get(path)
    for number in range(5):
        publish(about=kilim_craft, slug=f"more-{number}")
    for path in paths:
        with django_assert_max_num_queries(len(few)):
            client.get(path)
