"""A priced booking is confirmed by its payment; what comes too late goes back; the books are right after each."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.bookings.models import Booking, Letter, Session
from marketplace.bookings.paying import send_to_gateway
from marketplace.bookings.services import cancel, cancel_session, lapse
from marketplace.core.clock import now, today
from marketplace.core.registry import MONEY, audits
from marketplace.ledger.queries import owed_to
from marketplace.order.due import held_back
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import sweep_refunds
from marketplace.payments.services import finish_attempt
from tests.bookings.visits import booked, taken

State = Booking.State
CALLBACK = "http://testserver/pay/fa/{attempt}/"
PRICE = 2_000_000


@pytest.fixture(autouse=True)
def _books_are_right(request, db):
    yield
    assert [said for check in audits(MONEY).values() for said in check()] == []


def _pay(booking, gateway, press: str = "OK") -> PaymentAttempt:
    back = gateway.press(send_to_gateway(booking=booking, callback_url=CALLBACK).url, press)
    return finish_attempt(back.split("/")[3])


def _expire(booking) -> None:
    Booking.objects.filter(pk=booking.pk).update(held_until=now())
    booking.refresh_from_db()
    assert lapse(booking)
    booking.refresh_from_db()


def test_a_payment_confirms_and_the_host_is_owed_the_price_after_the_visit(paid_visit, host, gateway):
    booking = booked(paid_visit, party=2)
    assert (booking.state, booking.amount_rial, taken(paid_visit)) == (State.HELD, 2 * PRICE, 2)
    attempt = _pay(booking, gateway)
    booking.refresh_from_db()
    assert (attempt.state, booking.state, booking.payment) == ("finished", State.CONFIRMED, attempt)
    assert owed_to() == {host.pk: 2 * PRICE}
    assert held_back(today()) == {host.pk: 2 * PRICE}
    assert held_back(paid_visit.ends_at.date().replace(day=30)) == {}


def test_who_does_not_pay_keeps_the_places_for_minutes_and_no_longer(paid_visit, gateway):
    booking = booked(paid_visit)
    assert _pay(booking, gateway, "NOK").state == "failed"
    booking.refresh_from_db()
    assert (booking.state, taken(paid_visit)) == (State.HELD, 1)
    assert lapse(booking) is False
    _expire(booking)
    assert (booking.state, taken(paid_visit)) == (State.LAPSED, 0)
    with pytest.raises(ValidationError) as refusal:
        send_to_gateway(booking=booking, callback_url=CALLBACK)
    assert refusal.value.code == "not_held"


def test_a_late_payment_takes_free_places_anew(paid_visit, gateway):
    booking = booked(paid_visit)
    url = send_to_gateway(booking=booking, callback_url=CALLBACK).url
    _expire(booking)
    back = gateway.press(url, "OK")
    assert finish_attempt(back.split("/")[3]).state == "finished"
    booking.refresh_from_db()
    assert (booking.state, taken(paid_visit)) == (State.CONFIRMED, 1)


def test_a_late_payment_for_places_that_are_gone_goes_back(paid_visit, gateway):
    late = booked(paid_visit)
    url = send_to_gateway(booking=late, callback_url=CALLBACK).url
    _expire(late)
    booked(paid_visit, party=3)
    attempt = finish_attempt(gateway.press(url, "OK").split("/")[3])
    late.refresh_from_db()
    assert (attempt.state, attempt.reason_code) == ("reversed", "no_places")
    assert (late.state, late.payment, taken(paid_visit)) == (State.LAPSED, None, 3)
    assert owed_to() == {}


def test_a_payment_of_another_amount_waits_for_a_person_and_frees_the_places(paid_visit, gateway):
    booking = booked(paid_visit)
    url = send_to_gateway(booking=booking, callback_url=CALLBACK).url
    attempt = finish_attempt(gateway.press(url, "OTHER", PRICE - 10_000).split("/")[3])
    booking.refresh_from_db()
    assert (attempt.state, booking.state, taken(paid_visit)) == ("suspense", State.LAPSED, 0)
    assert (Letter.objects.count(), owed_to()) == (0, {})


def test_a_cancelled_booking_is_refunded_and_owed_to_nobody(paid_visit, gateway):
    booking = booked(paid_visit, party=2)
    _pay(booking, gateway)
    booking.refresh_from_db()
    cancel(booking=booking)
    refund = Refund.objects.get()
    assert (refund.amount_rial, refund.source) == (2 * PRICE, f"booking:{booking.number}")
    assert (taken(paid_visit), owed_to()) == (0, {})
    sweep_refunds()
    refund.refresh_from_db()
    assert refund.state == "given"


def test_a_session_called_off_refunds_everybody_and_a_payment_under_way(paid_visit, gateway):
    paid, paying = booked(paid_visit), booked(paid_visit)
    _pay(paid, gateway)
    url = send_to_gateway(booking=paying, callback_url=CALLBACK).url
    assert cancel_session(session=paid_visit, reason="استاد بیمار است") == 2
    attempt = finish_attempt(gateway.press(url, "OK").split("/")[3])
    assert (attempt.state, attempt.reason_code) == ("reversed", "booking_closed")
    assert (Refund.objects.get().amount_rial, owed_to(), taken(paid_visit)) == (PRICE, {}, 0)


def test_what_is_paid_after_its_bookings_closed_goes_back(paid_visit, gateway):
    booking = booked(paid_visit)
    back = gateway.press(send_to_gateway(booking=booking, callback_url=CALLBACK).url, "OK")
    _expire(booking)
    Session.objects.filter(pk=paid_visit.pk).update(closes_at=now())
    attempt = finish_attempt(back.split("/")[3])
    booking.refresh_from_db()
    assert (attempt.state, attempt.reason_code) == ("reversed", "session_closed")
    assert (booking.state, booking.payment, taken(paid_visit)) == (State.LAPSED, None, 0)
