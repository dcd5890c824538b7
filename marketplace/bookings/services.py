"""Taking places and giving them back.

Guarantees: places are taken by a conditional update, and the table itself holds `taken` within `places`, so of two visitors who want
the last place one gets it; what a booking took is given back exactly once (its state decides); who locks several rows locks the
payment first, then the session, then the booking.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from marketplace.bookings import rules
from marketplace.bookings.models import TAKING, Booking, BookingStep, Session
from marketplace.bookings.money import give_money_back
from marketplace.bookings.told import tell_host, tell_visitor
from marketplace.core.clock import now
from marketplace.core.models import User
from marketplace.core.numbers import random_number
from marketplace.core.registry import tell
from marketplace.makers.models import Maker
from marketplace.payments.models import PaymentAttempt

State = Booking.State
#: Told to watchers in the same transaction: `session=` has other places, or was cancelled or made.
SESSION_CHANGED = "session_changed"


@transaction.atomic
def open_session(**facts: Any) -> Session:
    """A new session. Raises ValidationError for facts that cannot be, and `no_seller`."""
    session = Session(**facts)
    rules.require_seller(sells(session.maker), session.price_rial)
    session.full_clean()
    session.save()
    tell(SESSION_CHANGED, session=session)
    return session


def sells(maker: Maker | None) -> bool:
    """Whether what visitors pay can be owed to this host."""
    return maker is not None and hasattr(maker, "seller")


@transaction.atomic
def book(
    *,
    session: Session,
    name: str,
    mobile: str,
    email: str = "",
    party: int = 1,
    language: str = "fa",
    user: User | None = None,
) -> Booking:
    """Take places: confirmed at once where they are free of charge, else held for minutes while the visitor pays.

    Raises ValidationError: `session_cancelled`, `session_closed`, `party_size`, `no_places`, `no_seller`; nothing is taken then.
    """
    kept = Session.objects.select_related("maker__seller", "maker__owner").get(pk=session.pk)
    rules.require_open_session(kept, at=now())
    rules.require_party(party)
    rules.require_seller(sells(kept.maker), kept.price_rial)
    take_places(kept, party)
    is_free = kept.price_rial == 0
    booking = Booking.objects.create(
        number=random_number("VIS"),
        session=kept,
        user=user,
        name=name,
        mobile=mobile,
        email=email,
        party=party,
        language=language,
        amount_rial=kept.price_rial * party,
        state=State.CONFIRMED if is_free else State.HELD,
        held_until=None if is_free else now() + timedelta(minutes=settings.RESERVATION_MINUTES),
    )
    BookingStep.objects.create(booking=booking, state=booking.state, by=user)
    if is_free:
        tell_confirmed(booking)
    return booking


def tell_confirmed(booking: Booking) -> None:
    """Visitor and host, in the transaction that confirms."""
    tell_visitor(booking, _("Your places are booked: %(title)s, %(when)s. Show the QR of your booking at the door."))
    tell_host(booking, _("%(people)s people come to “%(title)s” on %(when)s."))


def take_places(session: Session, people: int) -> None:
    """Take places if they are free and the session stands at the price that was read.

    Raises ValidationError: `session_cancelled`, `price_changed`, `no_places`.
    """
    free = Session.objects.filter(
        pk=session.pk, price_rial=session.price_rial, cancelled_at__isnull=True, taken__lte=F("places") - people
    )
    if not free.update(taken=F("taken") + people):
        found = Session.objects.filter(pk=session.pk).first()
        if found is None or found.price_rial != session.price_rial:
            raise rules.price_changed()
        if found.cancelled_at is not None:
            rules.require_open_session(found, at=now())
        raise rules.no_places(found.free_places)
    tell(SESSION_CHANGED, session=session)


def held(booking: Booking) -> Booking:
    """The booking as it is now, its rows held in the order in which everybody holds them."""
    if booking.payment_id is not None:
        PaymentAttempt.objects.select_for_update().get(pk=booking.payment_id)
    Session.objects.select_for_update().get(pk=booking.session_id)
    kept = Booking.objects.select_for_update(of=("self",)).select_related("session__maker__owner", "payment")
    return kept.get(pk=booking.pk)


def move(booking: Booking, to: str, *, by: User | None = None, reason: str = "") -> bool:
    """Change a booking's state once, giving its places back where the new state holds none; whether this call did it."""
    if not Booking.objects.filter(pk=booking.pk, state=booking.state).update(state=to):
        return False
    if booking.state in TAKING and to not in TAKING:
        Session.objects.filter(pk=booking.session_id).update(taken=F("taken") - booking.party)
        tell(SESSION_CHANGED, session=booking.session)
    BookingStep.objects.create(booking=booking, state=to, by=by, reason=reason)
    booking.state = to
    return True


@transaction.atomic
def cancel(*, booking: Booking, by: User | None = None) -> Booking:
    """The visitor gives the places back; what was paid goes back. Raises ValidationError: `booking_closed`, `too_late`, `disputed`."""
    kept = held(booking)
    rules.require_cancellable(kept.session, kept.state, at=now())
    move(kept, State.CANCELLED, by=by)
    give_money_back(kept)
    tell_visitor(kept, _cancelled(kept))
    tell_host(kept, _("A booking of %(people)s people for “%(title)s” on %(when)s was cancelled."))
    return kept


def _cancelled(booking: Booking) -> Any:
    if booking.payment_id is None:
        return _("Your booking for %(title)s, %(when)s, is cancelled.")
    return _("Your booking for %(title)s, %(when)s, is cancelled. The money goes back the way it came.")


@transaction.atomic
def _close(session: Session, reason: str) -> None:
    kept = Session.objects.select_for_update().get(pk=session.pk)
    rules.require_not_over(kept, at=now())
    Session.objects.filter(pk=kept.pk).update(cancelled_at=now(), cancel_reason=reason)
    tell(SESSION_CHANGED, session=kept)


def cancel_session(*, session: Session, reason: str, by: User | None = None) -> int:
    """The host calls a session off: nobody can book it any more, then every booking is cancelled and its money goes back.

    Each booking is a transaction of its own; one that fails is tried again by the worker. Returns how many were cancelled.
    Raises ValidationError: `reason_required`, `session_cancelled`, `session_over`.
    """
    rules.require_reason(reason)
    _close(session, reason.strip())
    session.refresh_from_db()
    standing = session.bookings.filter(state__in=(State.HELD, State.CONFIRMED)).order_by("pk")
    return sum(call_off(booking, by=by) for booking in standing)


@transaction.atomic
def call_off(booking: Booking, *, by: User | None = None) -> bool:
    """Cancel one booking of a cancelled session; whether this call did it. Raises ValidationError with code `disputed`."""
    kept = held(booking)
    if kept.session.cancelled_at is None or kept.state not in (State.HELD, State.CONFIRMED):
        return False
    reason = kept.session.cancel_reason
    move(kept, State.CANCELLED, by=by, reason=reason)
    give_money_back(kept)
    said = _("%(title)s, %(when)s, does not take place: %(reason)s")
    if kept.payment_id is not None:
        said = _("%(title)s, %(when)s, does not take place: %(reason)s The money goes back the way it came.")
    tell_visitor(kept, said, {"reason": reason})
    return True


@transaction.atomic
def check_in(*, code: str, sessions: "QuerySet[Session]", by: User | None) -> Booking:
    """Let a booking in by the code of its QR, or by its number. `sessions` are those of the host who asks.

    Raises ValidationError: `unknown_code`, `already_in`, `not_confirmed`, `not_today`.
    """
    typed = code.strip()
    own = Booking.objects.filter(session__in=sessions)
    found = own.filter(code=typed).first() or own.filter(number=typed.upper()).first()
    if found is None:
        raise rules.not_yours()
    kept = held(found)
    rules.require_at_the_door(kept.session, kept.state, at=now())
    move(kept, State.ATTENDED, by=by)
    return kept


@transaction.atomic
def keep_in_room(*, booking: Booking, user: User) -> Booking:
    """A guest's booking becomes its visitor's own. Whoever asks has shown its number and the mobile given with it: an address or a
    mobile that only looks the same opens nothing, for nobody has proved it.

    Raises ValidationError with code `owned`.
    """
    kept = held(booking)
    rules.require_unowned(kept.user_id, user.pk)
    Booking.objects.filter(pk=kept.pk).update(user=user)
    kept.user = user
    return kept


@transaction.atomic
def lapse(booking: Booking) -> bool:
    """Let go of places that nobody paid for in time; whether this call did it."""
    kept = held(booking)
    if kept.state != State.HELD or (kept.held_until and kept.held_until > now()):
        return False
    return move(kept, State.LAPSED)
