"""The weaver's stall in the bazaar, a finding at it, and the steps that follow."""

from datetime import timedelta

import pytest

from marketplace.core.clock import set_today, today
from marketplace.listing.services import offer_in_venue
from marketplace.rounds.models import Measure
from marketplace.rounds.services import close_stall, note_finding, warn
from tests.cast import DAY

WEEK = timedelta(days=7)
ONE = timedelta(days=1)


@pytest.fixture
def kilim_at_stall(lease, kilim, bazaar):
    """The weaver's kilim, offered at the stall."""
    return offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1)


@pytest.fixture
def finding(lease, manager):
    return note_finding(lease=lease, about="prices", text="سه گلیم برچسب قیمت ندارد.", by=manager)


@pytest.fixture
def grave(lease, manager):
    """What may close a stall without a warning."""
    return note_finding(lease=lease, about="foreign", text="دو قالیچهٔ ماشینی خارجی", by=manager)


@pytest.fixture
def warning(finding, manager):
    """A week to mend."""
    return warn(finding=finding, must_mend="برچسب قیمت بزنید.", days=7, by=manager)


@pytest.fixture
def closure(grave, manager):
    """From today, ten days."""
    return closed(grave.lease, finding=grave, by=manager)


def closed(lease, *, by, days: int = 10, first=None, **grounds) -> Measure:
    first = first or today()
    ends_on = first + timedelta(days=days - 1)
    return close_stall(lease=lease, starts_on=first, ends_on=ends_on, because="کالای خارجی", by=by, **grounds)


def after(days: int):
    """So many days after the day of the tests."""
    set_today(DAY + timedelta(days=days))
    return today()
