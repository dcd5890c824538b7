"""What other rooms ask about sessions and bookings."""

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from marketplace.bookings.models import Booking, Session, SessionQuerySet
from marketplace.core.clock import TEHRAN, now
from marketplace.core.models import User
from marketplace.places.models import City


def sessions_of(subject: UUID) -> SessionQuerySet:
    """Coming sessions of a page, by its translation key, soonest first."""
    return Session.objects.coming().filter(subject=subject)


def sessions_to_come(subject: UUID) -> SessionQuerySet:
    """Those too that were called off, soonest first; with their host."""
    return (
        Session.objects.filter(subject=subject, ends_at__gt=now()).select_related("maker").order_by("starts_at", "pk")
    )


def next_free(city: City, kind: str = Session.Kind.VISIT) -> dict[UUID, Session]:
    """Subject → its soonest session with a free place, in one city. One query."""
    found: dict[UUID, Session] = {}
    for session in Session.objects.bookable().filter(city=city, kind=kind):
        found.setdefault(session.subject, session)
    return found


def not_due(on: date) -> dict[int, int]:
    """Rial by seller that visitors paid for sessions that are not over: they may still be cancelled. One query."""
    midnight = datetime.combine(on, time.min, TEHRAN)
    waiting = Booking.objects.filter(Q(session__ends_at__gte=midnight), state="confirmed", payment__isnull=False)
    rows = waiting.order_by().values_list("session__maker__seller").annotate(rial=Sum("amount_rial"))
    return {seller: int(rial) for seller, rial in rows if seller is not None}


#: Which bookings a reader looks at, in the order of the room's tabs.
COMING, PAST, ENDED = "coming", "past", "cancelled"
_GONE = (Booking.State.CANCELLED, Booking.State.LAPSED)


def _which() -> dict[str, Q]:
    to_come = Q(session__ends_at__gt=now())
    return {COMING: to_come & ~Q(state__in=_GONE), PAST: ~to_come & ~Q(state__in=_GONE), ENDED: Q(state__in=_GONE)}


def bookings_of(user: User, which: str) -> "QuerySet[Booking]":
    """A person's own bookings; those to come soonest first, the others newest first. One query."""
    order = ("session__starts_at", "pk") if which == COMING else ("-session__starts_at", "-pk")
    mine = Booking.objects.filter(_which()[which], user=user)
    return mine.select_related("session__city", "session__maker").order_by(*order)


def count_bookings(user: User) -> dict[str, int]:
    """How many there are of each. One query."""
    return Booking.objects.filter(user=user).aggregate(**{name: Count("pk", filter=q) for name, q in _which().items()})


def booked_ahead(user: User) -> list[str]:
    """Numbers of bookings whose host still waits for this person, or whose payment may still come. One query."""
    standing = Booking.objects.filter(_which()[COMING], user=user, state__in=("held", "confirmed"))
    return list(standing.order_by("number").values_list("number", flat=True))
