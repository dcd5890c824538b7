"""A bazaar of two stalls, one let to the weaver."""

from datetime import date

import pytest

from marketplace.bazaars.models import Venue
from marketplace.stalls.models import Stall
from marketplace.stalls.services import let_stall, put_stall

#: 1 Azar 1405 to the last day of Aban 1406.
FIRST, LAST = date(2026, 11, 22), date(2027, 11, 21)
RENT = 30_000_000


def stall_at(venue: Venue, number: str, *, right: int = 0, front: int = 0, width: int = 300, depth: int = 200) -> Stall:
    return Stall(venue=venue, number=number, from_right_cm=right, from_front_cm=front, width_cm=width, depth_cm=depth)


@pytest.fixture
def stall(bazaar):
    return put_stall(stall_at(bazaar, "1"))


@pytest.fixture
def next_stall(bazaar):
    return put_stall(stall_at(bazaar, "2", right=300))


@pytest.fixture
def lease(stall, weaver, kilim_craft, manager):
    """The weaver holds stall 1 for kilims, a year from the day on."""
    return let_stall(
        stall=stall,
        tenant=weaver,
        crafts=[kilim_craft],
        starts_on=FIRST,
        agreed_until=LAST,
        rent_rial=RENT,
        by=manager,
    )
