"""The foreign-goods rule as a truth table."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.bazaars.models import Venue
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue

DAY = date(2026, 11, 22)
ONE = timedelta(days=1)


@dataclass
class Work:
    origin_state: str
    domestic_until: date | None = None
    name: str = "Kilim"

    @property
    def stated_origin(self) -> str:
        return self.origin_state

    def is_domestic_on(self, day: date) -> bool:
        return self.origin_state == "domestic" and self.domestic_until is not None and self.domestic_until >= day


DOMESTIC = Work("domestic", DAY)
LAPSED = Work("domestic", DAY - ONE)
FOREIGN, UNPROVEN, DISPUTED = Work("foreign"), Work("unproven"), Work("disputed")
BOUND = Venue(name_en="B", name_fa="ب", bound_since=DAY)
BOUND_TOMORROW = Venue(name_en="B", name_fa="ب", bound_since=DAY + ONE)
FREED_TODAY = Venue(name_en="B", name_fa="ب", bound_since=DAY - 9 * ONE, bound_until=DAY)
FREED_TOMORROW = Venue(name_en="B", name_fa="ب", bound_since=DAY - 9 * ONE, bound_until=DAY + ONE)
EXPIRED = Venue(name_en="B", name_fa="ب", bound_since=DAY - 9 * ONE, open_until=DAY - ONE)
NEVER_BOUND = Venue(name_en="B", name_fa="ب")


@pytest.mark.parametrize(
    ("work", "venue", "reason"),
    [
        (DOMESTIC, BOUND, None),
        (FOREIGN, BOUND, "foreign"),
        (UNPROVEN, BOUND, "unproven"),
        (DISPUTED, BOUND, "disputed"),
        (LAPSED, BOUND, "lapsed"),
        (FOREIGN, BOUND_TOMORROW, None),
        (FOREIGN, FREED_TODAY, None),
        (FOREIGN, FREED_TOMORROW, "foreign"),
        (FOREIGN, EXPIRED, "foreign"),
        (FOREIGN, NEVER_BOUND, None),
        (UNPROVEN, NEVER_BOUND, None),
        (FOREIGN, None, None),
        (LAPSED, None, None),
    ],
)
def test_forbid_foreign_goods(work, venue, reason):
    if reason is None:
        forbid_foreign_goods(work, venue, on=DAY)
        return
    with pytest.raises(ValidationError) as refused:
        forbid_foreign_goods(work, venue, on=DAY)
    assert refused.value.code == "foreign_goods"
    assert refused.value.params["reason"] == reason
    assert venue.name in refused.value.messages[0]


def test_unproven_is_never_called_foreign():
    with pytest.raises(ValidationError) as refused:
        forbid_foreign_goods(UNPROVEN, BOUND, on=DAY)
    assert "foreign origin" not in str(refused.value.message)


@pytest.mark.parametrize(
    ("venue", "is_open"),
    [
        (None, True),
        (NEVER_BOUND, True),
        (Venue(name_fa="ب", name_en="B", open_until=DAY), True),
        (EXPIRED, False),
        (Venue(name_fa="ب", name_en="B", is_planned=True), False),
    ],
)
def test_require_open_venue(venue, is_open):
    if is_open:
        require_open_venue(venue, on=DAY)
        return
    with pytest.raises(ValidationError) as refused:
        require_open_venue(venue, on=DAY)
    assert refused.value.code == "venue_closed"
