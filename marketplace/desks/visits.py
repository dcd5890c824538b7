"""What a host sees of the visits to their workshop."""

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet

from marketplace.bookings import rules
from marketplace.bookings.models import TAKING, Booking, Session
from marketplace.core.clock import now
from marketplace.makers.models import Maker


def sessions_of(maker: Maker) -> "QuerySet[Session]":
    """All of a host's sessions."""
    return Session.objects.filter(maker=maker)


def coming(maker: Maker) -> list[Session]:
    """Not over yet, cancelled ones too, soonest first. One query."""
    return list(sessions_of(maker).filter(ends_at__gt=now()).order_by("starts_at", "pk"))


def past(maker: Maker, most: int) -> list[Session]:
    """Those that are over, newest first. One query."""
    return list(sessions_of(maker).filter(ends_at__lte=now()).order_by("-starts_at", "-pk")[:most])


def changeable(maker: Maker) -> "QuerySet[Session]":
    """A host's dates of visits; sessions of events and courses are their editors'."""
    return sessions_of(maker).filter(kind=Session.Kind.VISIT)


def may_change(session: Session) -> bool:
    """Whether its host may still change something of it."""
    try:
        rules.require_still_to_come(session, at=now())
    except ValidationError:
        return False
    return session.kind == Session.Kind.VISIT


def with_guests(maker: Maker) -> "QuerySet[Session]":
    """With `guests`: the bookings that take places, by name."""
    guests = Booking.objects.filter(state__in=TAKING).order_by("name", "pk")
    return sessions_of(maker).select_related("city").prefetch_related(Prefetch("bookings", guests, to_attr="guests"))
