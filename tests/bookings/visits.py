"""Sessions and bookings that several tests begin with."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from marketplace.bookings.models import Booking, Session
from marketplace.bookings.services import book, open_session
from marketplace.core.clock import TEHRAN, days_ahead
from marketplace.partner.models import Partner

VISIT = UUID("6a0b1d64-6f0e-4c39-9f64-0d6f3f5f2a01")
GUEST = {"name": "مینا کرمانی", "mobile": "+989131110002", "email": "mina@example.org"}


def at(days: int, hour: int = 10) -> datetime:
    """An hour of Tehran so many days from the market's day."""
    return datetime(*days_ahead(days).timetuple()[:3], hour, tzinfo=TEHRAN)


def session_of(maker, *, days: int = 7, hour: int = 10, **more) -> Session:
    """A visit of two hours with three places, which closes an hour before it starts."""
    start = at(days, hour)
    facts = {
        "kind": "visit",
        "subject": VISIT,
        "title_fa": "بازدید از کارگاه گلیم",
        "title_en": "Visit to a kilim workshop",
        "city": maker.city,
        "maker": maker,
        "starts_at": start,
        "ends_at": start + timedelta(hours=2),
        "closes_at": start - timedelta(hours=1),
        "places": 3,
        "languages": ["fa", "en"],
    }
    return open_session(**(facts | more))


def booked(session: Session, party: int = 1, **more) -> Booking:
    return book(session=session, party=party, **(GUEST | more))


def taken(session: Session) -> int:
    return Session.objects.values_list("taken", flat=True).get(pk=session.pk)


@pytest.fixture
def host(weaver) -> Partner:
    """The weaver, as one who sells and can be paid."""
    return Partner.objects.create(code="weaver", name="Kilim workshop", maker=weaver)


@pytest.fixture
def visit(weaver) -> Session:
    """Free of charge, three places, in a week."""
    return session_of(weaver)


@pytest.fixture
def paid_visit(host) -> Session:
    """A place costs 2,000,000 rial."""
    return session_of(host.maker, price_rial=2_000_000)
