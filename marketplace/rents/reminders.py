"""Leases that end soon, and rent that is late: tenant and managers hear of the first, the tenant of the second."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.core.jalali import day_in_words, month_name
from marketplace.core.reminders import LATELY, Due, Words, remind
from marketplace.rents.models import Rent
from marketplace.stalls.models import Lease

STEPS = (60, 30, 7)

_SOON = _("The lease of stall %(stall)s in %(venue)s, held by %(tenant)s, ends on %(day)s.")
_OVER = _("The lease of stall %(stall)s in %(venue)s, held by %(tenant)s, ended on %(day)s.")
_LATE = _("The rent of %(month)s for stall %(stall)s in %(venue)s was due on %(day)s and is not paid.")


def remind_of_leases() -> int:
    """What the worker does every hour. Returns how many reminders were given."""
    day = today()
    ending = remind(_leases(day), kind="lease", steps=STEPS, on=day)
    return ending + remind(_late(day), kind="lease", steps=(), on=day)


def _leases(day: date) -> Iterator[Due]:
    near = Lease.objects.filter(last_on__gte=day - LATELY, last_on__lte=day + timedelta(days=max(STEPS)))
    for lease in near.select_related("stall__venue", "tenant__owner").prefetch_related("stall__venue__managers"):
        if not lease.stall.leases.filter(tenant=lease.tenant_id, starts_on=lease.last_on + timedelta(days=1)).exists():
            yield Due(f"lease:{lease.pk}:tenant", lease.last_on, partial(_tenants_words, lease))
            yield Due(f"lease:{lease.pk}:venue", lease.last_on, partial(_managers_words, lease))


def _tenants_words(lease: Lease, left: int) -> Words:
    return Words([lease.tenant.owner], _sentence(left), _params(lease), reverse("desks:my-stalls"))


def _managers_words(lease: Lease, left: int) -> Words:
    people = lease.stall.venue.managers.all()
    return Words(people, _sentence(left), _params(lease), reverse("desks:lease", args=[lease.pk]))


def _sentence(left: int) -> Any:
    return _SOON if left >= 0 else _OVER


def _params(lease: Lease) -> dict[str, Any]:
    return {
        "stall": lease.stall.number,
        "venue": lambda: lease.stall.venue.name,
        "tenant": lambda: lease.tenant.name,
        "day": lambda: day_in_words(lease.last_on),
    }


def _late(day: date) -> Iterator[Due]:
    late = Rent.objects.filter(paid_on=None, amount_rial__gt=0, due_on__lt=day, due_on__gte=day - LATELY)
    for rent in late.select_related("lease__stall__venue", "lease__tenant__owner"):
        yield Due(f"rent:{rent.pk}", rent.due_on, partial(_late_words, rent))


def _late_words(rent: Rent, left: int) -> Words:
    stall = rent.lease.stall
    params: dict[str, Any] = {
        "stall": stall.number,
        "venue": lambda: stall.venue.name,
        "month": lambda: month_name(rent.month),
        "day": lambda: day_in_words(rent.due_on),
    }
    return Words([rent.lease.tenant.owner], _LATE, params, reverse("desks:my-stalls"))
