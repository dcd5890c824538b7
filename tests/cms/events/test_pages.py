"""Pages of events and courses: their times in both languages, their state, what machines read, and what is refused."""

import json
import re
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from wagtail.blocks import StructBlockValidationError

from cms.models import EventCraft, EventPage
from cms.models.events import LessonBlock
from marketplace.places.models import Spot
from tests.cms.events.conftest import MORNING

TIMES = re.compile(r'<time datetime="([^"]+)"')


def graph_of(html: str, kind: str):
    """The node of a type in a page's data for machines; None where there is none."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    nodes = json.loads(found[1])["@graph"] if found else []
    return next((node for node in nodes if node["@type"] == kind), None)


def test_an_event_says_where_when_for_how_much_and_what_happens(client, publish, kilim_craft):
    publish(
        about=kilim_craft, organiser="Secretariat of Sirjan", price="500,000 rial", **MORNING,
        programme=[("part", {"time": time(9), "text": "Doors open"}), ("part", {"time": None, "text": "Music"})],
    )  # fmt: skip
    html = client.get("/en/city/sirjan/felt/").content.decode()
    for words in (
        *("The old bazaar", "Saturday 5 December 2026", "09:00 to 12:00", "Secretariat of Sirjan", "500,000 rial"),
        *("Doors open", "Music", f'href="/en/craft/{kilim_craft.slug}/"'),
    ):
        assert words in html
    assert "style=" not in html


def test_a_reader_of_persian_reads_jalali_days_and_the_rule_in_a_sentence(client, publish):
    publish("fa", repeats="monthly", every=2, **MORNING)
    html = client.get("/city/sirjan/felt/").content.decode()
    assert TIMES.findall(html) == [
        *("2026-12-05", "2027-02-03", "2027-04-03"),
        *("2027-06-04", "2027-08-05", "2027-10-06"),
    ]  # the 14th of Azar, Bahman, Farvardin, Khordad, Mordad and Mehr
    assert "شنبه ۱۴ آذر ۱۴۰۵" in html
    assert "شنبه ۱۴ فروردین ۱۴۰۶" in html


SENTENCES = [
    ({"repeats": "weekly"}, "Every Saturday"),
    ({"repeats": "weekly", "every": 2}, "Every 2 weeks, on Saturday"),
    ({"repeats": "monthly"}, "On day 14 of every Jalali month"),
    ({"repeats": "monthly", "every": 3}, "Every 3 Jalali months, on day 14"),
    ({"repeats": "yearly"}, "Every year on 14 Azar of the Jalali calendar"),
    (
        {"repeats": "yearly", "starts_on": date(2025, 3, 20)},
        "Every year on 30 Esfand of the Jalali calendar (leap years only)",
    ),
    (
        {"repeats": "monthly", "starts_on": date(2026, 8, 22)},
        "On day 31 of every Jalali month (only in months that have this day)",
    ),
    ({"repeats": "weekly", "until": date(2026, 12, 31)}, "Every Saturday, until 31 December 2026"),
]


@pytest.mark.django_db  # a page asks for its content type
@pytest.mark.parametrize(("facts", "sentence"), SENTENCES)
def test_a_repetition_is_said_in_a_sentence(facts, sentence):
    with override("en"):
        assert EventPage(**{"starts_on": date(2026, 12, 5)} | facts).when_words == sentence


def test_nowruz_is_said_to_be_a_public_holiday(client, publish):
    publish(repeats="yearly", starts_on=date(2026, 3, 21))
    html = client.get("/en/city/sirjan/felt/").content.decode()
    assert TIMES.findall(html)[:4] == [
        "2027-03-21",
        "2028-03-20",
        "2029-03-20",
        "2030-03-21",
    ]  # 1 Farvardin 1406 to 1409
    assert "public holiday: " in html


def test_what_is_over_says_so_with_its_last_day(client, publish):
    publish(starts_on=date(2026, 11, 20))
    html = client.get("/en/city/sirjan/felt/").content.decode()
    assert "It last took place on Friday 20 November 2026." in html
    assert 'id="times"' not in html


def test_what_runs_today_is_not_over(client, publish):
    publish(starts_on=date(2026, 11, 20), ends_on=date(2026, 11, 22))
    html = client.get("/en/city/sirjan/felt/").content.decode()
    assert "Friday 20 November 2026 to Sunday 22 November 2026" in html
    assert "It last took place" not in html


def test_a_day_that_is_called_off_is_struck_with_its_reason(client, publish):
    publish(repeats="weekly", called_off=[("day", {"day": date(2026, 12, 12), "reason": "Rain"})])
    html = client.get("/en/city/sirjan/felt/").content.decode()
    assert re.findall(r'<time datetime="([^"]+)" class="off"', html) == ["2026-12-12"]
    assert "Rain" in html


def test_a_course_says_its_craft_teacher_lessons_level_and_places(client, course, weaver):
    html = client.get("/en/city/sirjan/first-knots/").content.decode()
    for words in (weaver.name_en, "For beginners", "Number of places", "16:00 to 18:30", "Tuesday", "Saturday"):
        assert words in html
    assert TIMES.findall(html)[:3] == ["2026-12-01", "2026-12-05", "2026-12-08"]
    node = graph_of(html, "Course")
    held = node["hasCourseInstance"]
    assert (held["startDate"], held["endDate"], held["maximumAttendeeCapacity"]) == ("2026-12-01", "2026-12-31", 8)
    assert held["instructor"] == {"@type": "Person", "name": weaver.name_en}


def test_machines_read_an_event_with_its_hours_place_and_price(client, publish, sirjan):
    spot = Spot.objects.create(
        slug="sq", kind="sight", name_fa="میدان", name_en="Square", city=sirjan, latitude="29.46", longitude="55.67",
        source="A list",
    )  # fmt: skip
    publish(spot=spot, place="", is_free=True, organiser="Secretariat", **MORNING)
    node = graph_of(client.get("/en/city/sirjan/felt/").content.decode(), "Event")
    assert (node["startDate"], node["endDate"]) == ("2026-12-05T09:00:00+03:30", "2026-12-05T12:00:00+03:30")
    assert (node["eventStatus"], node["isAccessibleForFree"]) == ("https://schema.org/EventScheduled", True)
    assert (node["location"]["name"], node["location"]["geo"]["latitude"]) == ("Square", "29.46000")
    assert node["organizer"] == {"@type": "Organization", "name": "Secretariat"}


def test_machines_read_that_an_event_is_called_off(client, publish):
    publish(is_called_off=True)
    node = graph_of(client.get("/en/city/sirjan/felt/").content.decode(), "Event")
    assert node["eventStatus"] == "https://schema.org/EventCancelled"


def test_a_made_up_event_is_told_to_no_machine_and_says_it_is_one(client, publish):
    publish(is_demo=True)
    html = client.get("/en/city/sirjan/felt/").content.decode()
    assert graph_of(html, "Event") is None
    assert "It does not take place." in html


REFUSED = [
    ({"ends_on": date(2026, 12, 4)}, "ends_on", "ends_before_start"),
    ({"ends_at": time(9)}, "starts_at", "end_without_start"),
    ({"starts_at": time(9), "ends_at": time(9)}, "ends_at", "ends_before_start"),
    ({"until": date(2027, 1, 1)}, "until", "until_without_repetition"),
    ({"repeats": "weekly", "until": date(2026, 12, 4)}, "until", "until_before_start"),
    ({"repeats": "weekly", "ends_on": date(2026, 12, 12)}, "ends_on", "overlaps_itself"),
    ({"place": ""}, "place", "no_place_told"),
    ({"is_free": True, "price": "500,000 rial"}, "price", "free_with_price"),
    ({"slug": "events"}, "slug", "address_of_list"),
]


@pytest.mark.parametrize(("facts", "field", "code"), REFUSED)
def test_an_event_that_cannot_be_is_refused_and_not_kept(facts, field, code, publish):
    with pytest.raises(ValidationError) as refusal:
        publish(**facts)
    assert [error.code for error in refusal.value.error_dict[field]] == [code]
    assert EventPage.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "field", "code"),
    [({"ends_on": None}, "ends_on", "no_last_day"), ({"lessons": []}, "lessons", "no_lessons")],
)
def test_a_course_without_an_end_or_a_lesson_is_refused(facts, field, code, course):
    course.title = "Another"
    for name, value in facts.items():
        setattr(course, name, value)
    with pytest.raises(ValidationError) as refusal:
        course.full_clean()
    assert code in [error.code for error in refusal.value.error_dict[field]]
    course.refresh_from_db()
    assert course.title == "First knots"


def test_a_lesson_that_ends_before_it_starts_is_refused():
    with pytest.raises(StructBlockValidationError) as refusal:
        LessonBlock().clean({"weekday": "5", "starts": time(18), "ends": time(16)})
    assert refusal.value.block_errors["ends"].code == "ends_before_start"


def test_an_event_costs_few_queries_however_often_it_comes_and_whatever_it_is_about(
    client, publish, kilim_craft, copper_craft, sirjan, django_assert_max_num_queries
):
    spot = Spot.objects.create(
        slug="sq", kind="sight", name_fa="میدان", name_en="Square", city=sirjan, latitude="29.46", longitude="55.67",
        source="A list",
    )  # fmt: skip
    page = publish(
        *("en", EventPage, kilim_craft),
        **{"repeats": "weekly", "spot": spot, "takes_bookings": True, "places": 5, "is_free": True},
    )
    page.crafts.add(EventCraft(craft=copper_craft))
    page.save_revision().publish()
    client.get("/en/city/sirjan/felt/")
    with django_assert_max_num_queries(20):
        assert client.get("/en/city/sirjan/felt/").status_code == 200


def test_the_editor_searches_events_by_place_and_organiser():
    indexed = {field.field_name for field in EventPage.get_searchable_search_fields()}
    assert {"title", "lead", "place", "organiser"} <= indexed
