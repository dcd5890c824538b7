"""Two visitors at once on the last place, on PostgreSQL; and the proof that the race is real: the same with the guard off."""

from collections import Counter
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from marketplace.bookings import services
from marketplace.bookings.models import Booking, Session
from marketplace.bookings.services import cancel
from marketplace.core.registry import MONEY, audits
from tests.bookings.visits import booked, session_of, taken
from tests.checkout.crowd import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


def book_the_last_place(session, monkeypatch) -> Counter:
    """Both have read that the place is free before either takes it. What became of them."""
    both_have_looked = Barrier(2)
    look = services.rules.require_open_session

    def look_and_wait(*args, **kwargs) -> None:
        look(*args, **kwargs)
        both_have_looked.wait(30)

    monkeypatch.setattr(services.rules, "require_open_session", look_and_wait)

    def visitor() -> str:
        try:
            return booked(session).state
        except ValidationError as error:
            return error.code or ""

    return Counter(at_once(visitor, visitor))


def test_one_of_two_visitors_gets_the_last_place(weaver, monkeypatch):
    session = session_of(weaver, places=1)
    assert book_the_last_place(session, monkeypatch) == {"confirmed": 1, "no_places": 1}
    assert (taken(session), Booking.objects.count()) == (1, 1)


def test_with_the_guard_off_both_are_told_that_it_is_theirs(weaver, monkeypatch):
    def unguarded(session, people: int) -> None:
        if session.free_places >= people:  # what was read before anybody took it
            Session.objects.filter(pk=session.pk).update(taken=session.taken + people)

    monkeypatch.setattr(services, "take_places", unguarded)
    session = session_of(weaver, places=1)
    assert book_the_last_place(session, monkeypatch) == {"confirmed": 2}
    assert (taken(session), Booking.objects.count()) == (1, 2)
    assert any("its bookings hold 2" in said for said in audits(MONEY)["places of sessions"]())


def test_a_booking_cancelled_ten_times_at_once_gives_back_once(weaver):
    session = session_of(weaver)
    booked(session)
    booking = booked(session)
    became = at_once(*[lambda: cancel(booking=booking)] * 10)
    assert Counter(getattr(one, "code", "")[:14] if isinstance(one, ValidationError) else "done" for one in became) == {
        "done": 1,
        "booking_closed": 9,
    }
    assert taken(session) == 1
