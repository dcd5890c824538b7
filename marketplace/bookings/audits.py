"""What `manage.py audit_money` looks at in bookings: places and money are counted once."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from marketplace.bookings.models import TAKING, Booking, Session
from marketplace.bookings.money import source_of
from marketplace.core.registry import MONEY, audit
from marketplace.ledger.accounts import LOSSES, REFUNDS
from marketplace.ledger.models import Posting
from marketplace.payments.models import PaymentAttempt

State = Booking.State


@audit("places of sessions", of=MONEY)
def places_are_counted() -> Iterator[str]:
    """Sessions whose taken places are not those of their bookings."""
    people = Coalesce(Sum("bookings__party", filter=Q(bookings__state__in=TAKING)), 0)
    for session in Session.objects.annotate(people=people).exclude(taken=F("people")).order_by("pk"):
        yield f"Session {session.pk}: {session.taken} places are taken, its bookings hold {session.people}."


@audit("bookings and their payments", of=MONEY)
def bookings_were_paid() -> Iterator[str]:
    """Confirmed bookings with a price that nobody paid, or that were paid otherwise."""
    priced = Booking.objects.filter(state__in=(State.CONFIRMED, State.ATTENDED), amount_rial__gt=0)
    for booking in priced.select_related("payment").order_by("pk"):
        paid = booking.payment
        whole = paid and paid.state == PaymentAttempt.State.FINISHED and paid.reached_us_rial == booking.amount_rial
        if not whole:
            yield f"Booking {booking.number}: {booking.amount_rial} rial are not paid by a finished payment."


@audit("money of cancelled bookings", of=MONEY)
def money_went_back() -> Iterator[str]:
    """Cancelled bookings whose money the books did not promise back, and the other way round."""
    legs = Posting.objects.filter(
        entry__event="return", entry__source__startswith="booking:", account__code__in=(REFUNDS, LOSSES)
    )
    booked: dict[str, int] = {}
    for source, rial in legs.values_list("entry__source", "amount_rial"):
        booked[source] = booked.get(source, 0) - rial
    for booking in Booking.objects.filter(state=State.CANCELLED, payment__isnull=False).order_by("pk"):
        there = booked.pop(source_of(booking), 0)
        if there != booking.amount_rial:
            yield f"Booking {booking.number}: {booking.amount_rial} rial were paid, {there} promised back."
    for source in sorted(booked):
        yield f"{source}: money is promised back, and no booking was cancelled so."
