"""Paying for a booking: it is a payable of its own kind, and this is its finisher."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.bookings import rules
from marketplace.bookings.models import Booking
from marketplace.bookings.money import record_paid
from marketplace.bookings.services import held, move, take_places, tell_confirmed
from marketplace.bookings.told import tell_visitor
from marketplace.core.clock import now
from marketplace.payments.gateways.base import Payer, Redirect
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.rules import AMOUNT_MISMATCH, require_lowest_amount, require_own_amount
from marketplace.payments.services import start_attempt
from marketplace.payments.ways import chosen_way

PAYABLE_KIND = "booking"
State = Booking.State


def send_to_gateway(*, booking: Booking, callback_url: str, way: str = "") -> Redirect:
    """A new payment attempt for places that are still held. Call it outside any transaction.

    Raises ValidationError (`not_held`, a way's own), GatewayDown, GatewayRefused.
    """
    rules.require_payable(booking.state, booking.held_until, at=now())
    chosen = chosen_way(way)
    require_lowest_amount(booking.amount_rial, lowest_rial=chosen.gateway.terms.lowest_rial)
    return start_attempt(
        payable_kind=PAYABLE_KIND,
        payable_id=booking.pk,
        amount_rial=booking.amount_rial,
        callback_url=callback_url,
        description=_("Booking %(number)s at Rasteh") % {"number": booking.number},
        payer=Payer(mobile=booking.mobile, email=booking.email),
        gateway_name=chosen.gateway.name,
        currency=chosen.currency,
        buyer=chosen.buyer,
    )


@transaction.atomic
def confirm_paid(booking: Booking, attempt: PaymentAttempt) -> Booking:
    """The places of a paid booking are its visitor's, and the books hear of it. After its time they are taken anew if they are free and
    the session still takes bookings: nobody pays for a visit that is over.

    Raises ValidationError: `booking_closed`, `no_places`, `session_cancelled`, `session_closed`, and changes nothing.
    """
    kept = held(booking)
    if kept.state not in (State.HELD, State.LAPSED):
        raise rules.session_gone()
    if kept.state == State.LAPSED:
        rules.require_open_session(kept.session, at=now())
        take_places(kept.session, kept.party)
    elif kept.session.cancelled_at is not None:
        raise rules.session_gone()
    move(kept, State.CONFIRMED)
    Booking.objects.filter(pk=kept.pk).update(payment=attempt, held_until=None)
    kept.payment = attempt
    record_paid(kept, attempt)
    tell_confirmed(kept)
    return kept


class BookingFinisher:
    """`marketplace.payments.finishers.Finisher` for bookings."""

    def finish(self, payable_id: int, attempt: PaymentAttempt) -> None:
        booking = Booking.objects.get(pk=payable_id)
        require_own_amount(attempt.amount_rial, booking.amount_rial)
        confirm_paid(booking, attempt)

    def refuse(self, payable_id: int, attempt: PaymentAttempt, error: ValidationError) -> None:
        """A booking that another attempt paid stays; only this attempt's money goes back."""
        kept = held(Booking.objects.get(pk=payable_id))
        if kept.state == State.HELD:
            move(kept, State.LAPSED)
        if kept.payment_id is None and getattr(error, "code", None) != AMOUNT_MISMATCH:  # of that a person decides
            tell_visitor(
                kept, gettext_lazy("Your payment for %(title)s, %(when)s, came too late; the money goes back to you.")
            )

    def give_up(self, payable_id: int) -> None:
        """The places stay held for the rest of their minutes: the visitor may try to pay once more."""

    def page(self, payable_id: int) -> str:
        return Booking.objects.get(pk=payable_id).get_absolute_url()
