"""The plan of the bazaar that the demo's manager runs, and sample leases on it: paid, late, ending soon, and one to come."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.demo.accounts import ARTISAN, MANAGER, user_of
from marketplace.demo.places import MANAGED
from marketplace.makers.models import Maker
from marketplace.rents.models import Rent
from marketplace.rents.services import record_payment
from marketplace.stalls.models import Stall
from marketplace.stalls.services import let_stall, put_stall

#: Two rows of five, an aisle between them; in centimetres.
IN_A_ROW, WIDTH, DEPTH, AISLE = 5, 320, 260, 300
RENT_RIAL = 25_000_000


@dataclass(frozen=True)
class Sample:
    """A lease: its stall, when it began and ends in days from today, and how many months are left unpaid."""

    number: int
    begins: int
    ends: int
    unpaid: int


SAMPLES = (Sample(1, -150, 215, 1), Sample(2, -120, 40, 0), Sample(4, -100, 265, 3), Sample(7, 20, 385, 0))


@transaction.atomic
def make_stalls() -> int:
    """Draw the plan and let four stalls. Returns how many rows were added; nothing where a stall stands already."""
    venue = Venue.objects.get(slug=MANAGED)
    if venue.stalls.exists():
        return 0
    stalls = [put_stall(_stall(venue, number)) for number in range(1, 2 * IN_A_ROW + 1)]
    for sample, tenant in zip(SAMPLES, _tenants(venue), strict=False):
        _let(stalls[sample.number - 1], sample, tenant)
    return len(stalls)


def _stall(venue: Venue, number: int) -> Stall:
    row, place = divmod(number - 1, IN_A_ROW)
    return Stall(
        venue=venue,
        number=str(number),
        from_right_cm=place * WIDTH,
        from_front_cm=row * (DEPTH + AISLE),
        width_cm=WIDTH,
        depth_cm=DEPTH,
        is_demo=True,
    )


def _tenants(venue: Venue) -> list[Maker]:
    """The demo's artisan first, then makers of the bazaar's city."""
    own = Maker.objects.filter(owner=user_of(ARTISAN))
    others = Maker.objects.filter(city=venue.city, is_demo=True, crafts__isnull=False).exclude(pk__in=own)
    return [*own, *others.distinct().order_by("slug")][: len(SAMPLES)]


def _let(stall: Stall, sample: Sample, tenant: Maker) -> None:
    lease = let_stall(
        stall=stall,
        tenant=tenant,
        crafts=tenant.crafts.all(),
        starts_on=today() + timedelta(days=sample.begins),
        agreed_until=today() + timedelta(days=sample.ends),
        rent_rial=RENT_RIAL,
        by=user_of(MANAGER),
        is_demo=True,
    )
    asked = list(lease.rents.order_by("month"))
    for rent in asked[: len(asked) - sample.unpaid]:
        record_payment(rent=rent, paid_on=_paid_by(rent), way=Rent.Way.CARD, by=user_of(MANAGER))


def _paid_by(rent: Rent) -> date:
    return min(rent.due_on, today())
