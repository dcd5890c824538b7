"""Booking a place of an event or a course: sessions follow the days that the page says."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override

from cms.events.plan import TEHRAN
from cms.events.sessions import settle_all
from cms.models import CoursePage, EventPage
from marketplace.bookings.models import Booking, Session
from marketplace.bookings.services import book
from tests.cms.events.conftest import MORNING

BOOKED = MORNING | {"takes_bookings": True, "places": 2, "is_free": True}


def starts() -> list[date]:
    """Days of the sessions that can come about, in Tehran."""
    return [session.starts_at.astimezone(TEHRAN).date() for session in Session.objects.coming()]


def address(session: Session) -> str:
    """Where it is booked in English."""
    with override("en"):
        return reverse("bookings:session", args=[session.pk])


def test_an_event_that_takes_bookings_has_a_session_for_each_time_of_half_a_year(client, publish, sirjan):
    page = publish(repeats="monthly", every=2, **BOOKED)
    assert starts() == [date(2026, 12, 5), date(2027, 2, 3), date(2027, 4, 3)]
    first = Session.objects.coming().first()
    assert (first.kind, first.subject, first.city, first.places) == ("event", page.translation_key, sirjan, 2)
    assert (first.starts_at, first.ends_at) == (
        datetime(2026, 12, 5, 9, tzinfo=TEHRAN),
        datetime(2026, 12, 5, 12, tzinfo=TEHRAN),
    )
    html = client.get(page.get_url()).content.decode()
    assert html.count("2 places free") == 3
    assert f'href="{address(first)}"' in html
    assert client.get(address(first)).status_code == 200


def test_a_place_that_is_taken_is_seen_on_the_page(client, publish):
    page = publish(**BOOKED)
    book(session=Session.objects.get(), name="A guest", mobile="+989130000000", party=2)
    html = client.get(page.get_url()).content.decode()
    assert "full" in html
    assert f'href="{address(Session.objects.get())}"' not in html


def test_a_course_is_booked_as_a_whole(publish, kilim_craft, weaver):
    lesson = {"weekday": "5", "starts": time(16), "ends": time(18)}
    facts = {"craft": kilim_craft, "teacher": weaver, "lessons": [("lesson", lesson)], "ends_on": date(2026, 12, 31)}
    publish(kind=CoursePage, **facts, takes_bookings=True, places=8, is_free=True)
    (session,) = Session.objects.all()
    assert (session.kind, session.places) == ("course", 8)
    assert (session.starts_at, session.ends_at) == (
        datetime(2026, 12, 5, 16, tzinfo=TEHRAN),
        datetime(2026, 12, 26, 18, tzinfo=TEHRAN),
    )


def test_a_day_that_is_called_off_calls_its_session_off_and_its_bookings(publish):
    page = publish(repeats="weekly", until=date(2026, 12, 12), **BOOKED)
    booking = book(session=Session.objects.coming().first(), name="A guest", mobile="+989130000000")
    page.called_off = [("day", {"day": date(2026, 12, 5), "reason": "Rain"})]
    page.save_revision().publish()
    assert starts() == [date(2026, 12, 12)]
    assert Session.objects.get(pk=booking.session_id).cancel_reason == "Rain"
    assert Booking.objects.get().state == "cancelled"


def test_an_event_that_is_moved_has_a_session_on_the_new_day_alone(publish):
    page = publish(**BOOKED)
    page.starts_on = date(2026, 12, 20)
    page.save_revision().publish()
    assert starts() == [date(2026, 12, 20)]
    assert Session.objects.count() == 2


def test_a_page_that_is_taken_away_for_a_while_keeps_its_bookings(publish):
    page = publish(**BOOKED)
    booking = book(session=Session.objects.get(), name="A guest", mobile="+989130000000")
    page.unpublish()
    booking.refresh_from_db()
    assert (starts(), booking.state) == ([date(2026, 12, 5)], "confirmed")


def test_the_worker_adds_what_is_missing_once(publish):
    publish(**BOOKED)
    publish(slug="unbooked")
    Session.objects.all().delete()
    assert (settle_all(), settle_all(), Session.objects.count()) == (1, 0, 1)


def test_both_languages_share_their_sessions(publish, city_pages):
    english = publish(**BOOKED)
    persian = english.copy_for_translation(city_pages["fa"].locale)
    persian.title = "بازار نمد"
    persian.save_revision().publish()
    Session.objects.all().delete()
    settle_all()
    (session,) = Session.objects.all()
    assert (session.title_fa, session.title_en, session.languages) == ("بازار نمد", "Market of felt", ["fa", "en"])


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"places": None}, "bookings_without_places"),
        ({"is_free": False}, "bookings_without_price"),
        ({"price_rial": 5_000_000}, "free_with_price"),
        ({"is_free": False, "price_rial": 5_000_000}, "no_seller"),
    ],
)
def test_bookings_that_cannot_be_are_refused_and_no_session_is_made(facts, code, publish):
    with pytest.raises(ValidationError) as refusal:
        publish(**BOOKED | facts)
    assert [error.code for errors in refusal.value.error_dict.values() for error in errors] == [code]
    assert (EventPage.objects.count(), Session.objects.count()) == (0, 0)
