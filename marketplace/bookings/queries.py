"""What other rooms ask about sessions and bookings."""

from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q, Sum

from marketplace.bookings.models import Booking, Session, SessionQuerySet
from marketplace.core.clock import TEHRAN
from marketplace.places.models import City


def sessions_of(subject: UUID) -> SessionQuerySet:
    """Coming sessions of a page, by its translation key, soonest first."""
    return Session.objects.coming().filter(subject=subject)


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
