"""Verbs of the floor: put a stall on the plan, let it, end its lease."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.core.registry import tell
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker
from marketplace.stalls.models import Lease, Stall
from marketplace.stalls.rules import (
    require_end_of_lease,
    require_free_floor,
    require_free_stall,
    require_lease_dates,
    require_trade,
)

#: What rooms above are told: `lease` in each.
LEASED, LEASE_ENDED = "stall_leased", "lease_ended"


@transaction.atomic
def put_stall(stall: Stall) -> Stall:
    """Put a stall on the plan of its venue, or move it there. Raises ValidationError with code `floor_taken`; nothing is written then."""
    Venue.objects.select_for_update().get(pk=stall.venue_id)
    require_free_floor(stall, Stall.objects.filter(venue=stall.venue_id))
    stall.save()
    return stall


@transaction.atomic
def let_stall(
    *,
    stall: Stall,
    tenant: Maker,
    crafts: Iterable[Craft],
    starts_on: date,
    agreed_until: date,
    rent_rial: int,
    due_day: int = 5,
    by: User | None = None,
    is_demo: bool = False,
) -> Lease:
    """Let a stall to a maker for a trade. Rent in rial a Jalali month. Raises ValidationError and lets nothing when a rule says no."""
    crafts = list(crafts)
    require_trade(crafts)
    require_lease_dates(starts_on=starts_on, agreed_until=agreed_until)
    stall = Stall.objects.select_for_update().get(pk=stall.pk)
    require_free_stall(stall, starts_on=starts_on, last_on=agreed_until)
    lease = Lease.objects.create(
        stall=stall,
        tenant=tenant,
        starts_on=starts_on,
        agreed_until=agreed_until,
        last_on=agreed_until,
        rent_rial=rent_rial,
        due_day=due_day,
        let_by=by,
        is_demo=is_demo,
    )
    lease.crafts.set(crafts)
    tell(LEASED, lease=lease)
    return lease


@transaction.atomic
def end_lease(*, lease: Lease, last_on: date, because: str, by: User | None = None) -> Lease:
    """End a lease before its day; rent of days after `last_on` is no longer owed.

    Raises ValidationError and changes nothing when refused.
    """
    lease = Lease.objects.select_for_update().get(pk=lease.pk)
    require_end_of_lease(lease, last_on=last_on, because=because, on=today())
    lease.last_on, lease.ended_because, lease.ended_by = last_on, because.strip(), by
    lease.save(update_fields=["last_on", "ended_because", "ended_by"])
    tell(LEASE_ENDED, lease=lease)
    return lease
