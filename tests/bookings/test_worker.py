"""What the worker looks after: unpaid places, cancellations that did not reach everybody, reminders."""

from datetime import timedelta

from marketplace.bookings.models import Booking, Letter, Session
from marketplace.bookings.worker import look_after
from marketplace.core.clock import now
from tests.bookings.visits import booked, session_of, taken


def _made_days_ago(booking, days: int) -> None:
    Booking.objects.filter(pk=booking.pk).update(created_at=now() - timedelta(days=days))


def test_a_reminder_comes_once_and_not_to_who_booked_on_the_last_day(weaver):
    tomorrow = session_of(weaver, days=0, hour=23)
    Session.objects.filter(pk=tomorrow.pk).update(
        starts_at=now() + timedelta(hours=20),
        ends_at=now() + timedelta(hours=22),
        closes_at=now() + timedelta(hours=19),
    )
    early, late = booked(tomorrow), booked(tomorrow)
    _made_days_ago(early, 3)
    _made_days_ago(late, 0)
    Letter.objects.all().delete()
    assert look_after() == (0, 0, 1)
    assert look_after() == (0, 0, 0)
    assert [letter.booking for letter in Letter.objects.all()] == [early]


def test_places_that_nobody_paid_for_are_free_again(paid_visit):
    booking = booked(paid_visit, party=2)
    assert look_after() == (0, 0, 0)
    Booking.objects.filter(pk=booking.pk).update(held_until=now() - timedelta(seconds=1))
    assert look_after() == (1, 0, 0)
    assert taken(paid_visit) == 0


def test_a_cancellation_that_stopped_half_way_is_finished(visit):
    booked(visit)
    Session.objects.filter(pk=visit.pk).update(cancelled_at=now(), cancel_reason="سیل")
    assert look_after() == (0, 1, 0)
    assert (taken(visit), Booking.objects.get().state) == (0, "cancelled")
