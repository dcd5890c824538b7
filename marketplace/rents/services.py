"""Verbs of rent. The market never holds it: the tenant pays the venue, and the books remember what is owed and what was paid."""

from datetime import date

from django.db import transaction

from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.ledger.accounts import rent_owed, rent_to_venue
from marketplace.ledger.journal import credit, debit, record
from marketplace.rents.models import Rent
from marketplace.rents.months import due_on, month_of, months, rent_of
from marketplace.rents.rules import require_paid, require_paid_by_now, require_unpaid
from marketplace.stalls.models import Lease


def charge_every() -> int:
    """Ask the rent of every month that began, of every lease. Safe to repeat; gives how many rents are new."""
    day = today()
    running = Lease.objects.filter(starts_on__lte=day, last_on__gte=month_of(day).first, rent_rial__gt=0)
    behind = running | Lease.objects.filter(starts_on__lte=day, rent_rial__gt=0, rents=None)
    return sum(charge_lease(lease=lease) for lease in behind.distinct().select_related("stall"))


@transaction.atomic
def charge_lease(*, lease: Lease) -> int:
    """Ask the rent of a lease for the months that began and were not asked yet; gives how many."""
    day = today()
    lease = Lease.objects.select_for_update(of=("self",)).select_related("stall").get(pk=lease.pk)
    asked = set(Rent.objects.filter(lease=lease).values_list("month", flat=True))
    new = 0
    for month in months(lease.starts_on, min(lease.last_on, day)):
        amount = rent_of(month, starts_on=lease.starts_on, last_on=lease.last_on, rent_rial=lease.rent_rial)
        if month.first in asked or amount == 0:
            continue
        due = due_on(month, starts_on=lease.starts_on, due_day=lease.due_day)
        rent = Rent.objects.create(lease=lease, month=month.first, due_on=due, amount_rial=amount)
        _book(rent, "asked", amount, on=day)
        new += 1
    return new


@transaction.atomic
def lessen_after_end(*, lease: Lease) -> None:
    """Rent of days after the end of a lease is no longer owed. What was paid for them stays a matter between tenant and venue."""
    for rent in Rent.objects.select_for_update().filter(lease=lease, paid_on=None):
        amount = rent_of(
            month_of(rent.month), starts_on=lease.starts_on, last_on=lease.last_on, rent_rial=lease.rent_rial
        )
        if amount < rent.amount_rial:
            _lessen(rent, to=amount)


def _lessen(rent: Rent, *, to: int) -> None:
    less = rent.amount_rial - to
    rent.amount_rial, rent.lessened = to, rent.lessened + 1
    rent.save(update_fields=["amount_rial", "lessened"])
    _book(rent, f"lessened:{rent.lessened}", -less, on=today())


@transaction.atomic
def record_payment(*, rent: Rent, paid_on: date, way: str, note: str = "", by: User | None = None) -> Rent:
    """The tenant paid a month to the venue. Raises ValidationError and records nothing when a rule says no."""
    rent = Rent.objects.select_for_update().get(pk=rent.pk)
    require_unpaid(rent)
    require_paid_by_now(paid_on, on=today())
    rent.paid_on, rent.way, rent.note, rent.recorded_by, rent.payments = paid_on, way, note, by, rent.payments + 1
    rent.save(update_fields=["paid_on", "way", "note", "recorded_by", "payments"])
    _book(rent, f"paid:{rent.payments}", -rent.amount_rial, on=paid_on)
    return rent


@transaction.atomic
def take_back_payment(*, rent: Rent, by: User | None = None) -> Rent:
    """A payment that was recorded by mistake. Raises ValidationError where none was."""
    rent = Rent.objects.select_for_update().get(pk=rent.pk)
    require_paid(rent)
    rent.paid_on, rent.way, rent.note, rent.recorded_by = None, "", "", by
    rent.save(update_fields=["paid_on", "way", "note", "recorded_by"])
    _book(rent, f"unpaid:{rent.payments}", rent.amount_rial, on=today())
    return rent


def _book(rent: Rent, event: str, rial: int, *, on: date) -> None:
    """What the tenant owes the venue grows, or falls below zero."""
    venue = rent.lease.stall.venue_id
    record(
        source=rent.source,
        event=event,
        on=on,
        reference=rent.lease.stall.number,
        legs=[debit(rent_owed(venue), rial), credit(rent_to_venue(venue), rial)],
    )
