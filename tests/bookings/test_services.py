"""Places are taken once, given back once, and everybody concerned is told."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from marketplace.bookings.models import Booking, Letter, Session
from marketplace.bookings.services import call_off, cancel, cancel_session, check_in
from marketplace.bookings.told import send_letters
from marketplace.core import clock
from marketplace.core.models import Notice, OutboxEvent
from tests.bookings.visits import booked, session_of, taken
from tests.cast import DAY

State = Booking.State


def _refused(act, reason: str, /, **more) -> None:
    with pytest.raises(ValidationError) as refusal:
        act(**more)
    assert refusal.value.code == reason


def test_a_free_booking_is_confirmed_at_once_and_both_are_told(visit, artisan):
    booking = booked(visit, party=2)
    assert (booking.state, booking.amount_rial, taken(visit)) == (State.CONFIRMED, 0, 2)
    assert booking.number.startswith("VIS-")
    assert len(booking.code) == 32
    letter = Letter.objects.get()
    assert "بازدید از کارگاه گلیم" in letter.text_fa
    assert "Visit to a kilim workshop, 2026-11-29 10:00" in letter.text_en
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (artisan, "booking")
    assert "2 people" in notice.text_en


def test_more_people_than_places_are_refused_and_nothing_is_taken(visit):
    booked(visit, party=2)
    _refused(booked, "no_places", session=visit, party=2)
    assert (taken(visit), Booking.objects.count(), Letter.objects.count()) == (2, 1, 1)


def test_a_closed_session_is_refused(weaver):
    over = session_of(weaver, days=-1)
    _refused(booked, "session_closed", session=over)
    assert (taken(over), Booking.objects.count()) == (0, 0)


def test_the_table_itself_takes_no_more_than_there_is(visit):
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.filter(pk=visit.pk).update(taken=4)
    assert taken(visit) == 0


def test_a_cancelled_booking_gives_back_once(visit):
    booking = booked(visit, party=2)
    booked(visit)
    cancel(booking=booking)
    _refused(cancel, "booking_closed", booking=booking)
    booking.refresh_from_db()
    assert (booking.state, taken(visit)) == (State.CANCELLED, 1)
    assert [step.state for step in booking.steps.all()] == ["confirmed", "cancelled"]


def test_a_visitor_who_cancels_late_keeps_the_places(weaver):
    soon = session_of(weaver, days=1, cancel_hours=72)
    booking = booked(soon)
    _refused(cancel, "too_late", booking=booking)
    booking.refresh_from_db()
    assert (booking.state, taken(soon)) == (State.CONFIRMED, 1)


def test_a_host_calls_a_session_off_and_every_visitor_hears_why(visit):
    bookings = [booked(visit), booked(visit, party=2)]
    assert cancel_session(session=visit, reason="برق رفته است") == 2
    assert taken(visit) == 0
    assert {booking.state for booking in visit.bookings.all()} == {State.CANCELLED}
    assert [letter.text_fa.count("برق رفته است") for letter in Letter.objects.all()] == [0, 0, 1, 1]
    assert call_off(bookings[0]) is False
    assert taken(visit) == 0
    _refused(cancel_session, "session_cancelled", session=visit, reason="دوباره")
    _refused(booked, "session_cancelled", session=visit)


def test_a_session_is_not_called_off_without_a_reason(visit):
    booked(visit)
    _refused(cancel_session, "reason_required", session=visit, reason="  ")
    visit.refresh_from_db()
    assert (visit.cancelled_at, taken(visit)) == (None, 1)


def test_a_code_lets_in_once_on_its_day_at_its_own_host(visit, coppersmith):
    booking = booked(visit)
    own, others = Session.objects.filter(maker=visit.maker), Session.objects.filter(maker=coppersmith)
    _refused(check_in, "not_today", code=booking.code, sessions=own, by=None)
    clock.set_today(visit.starts_at.astimezone(clock.TEHRAN).date())
    try:
        _refused(check_in, "unknown_code", code=booking.code, sessions=others, by=None)
        assert check_in(code=f" {booking.number.lower()} ", sessions=own, by=None).state == State.ATTENDED
        _refused(check_in, "already_in", code=booking.code, sessions=own, by=None)
    finally:
        clock.set_today(DAY)
    assert taken(visit) == 1


def test_a_price_without_a_seller_is_refused(weaver):
    _refused(session_of, "no_seller", maker=weaver, price_rial=5)
    assert Session.objects.count() == 0


def test_the_worker_mails_a_letter_once_and_texts_it(visit, mailoutbox, texts):
    booking = booked(visit)
    events = list(OutboxEvent.objects.filter(topic="booking_letter"))
    send_letters(events)
    send_letters(events)
    assert [mail.to for mail in mailoutbox] == [["mina@example.org"]]
    assert booking.number in mailoutbox[0].body
    assert [number for number, _text in texts] == ["+989131110002"]


@pytest.fixture
def texts(monkeypatch):
    sent: list[tuple[str, str]] = []
    monkeypatch.setattr("marketplace.bookings.told.send_sms", lambda number, text: sent.append((number, text)))
    return sent
