"""Stalls and rent of a span, as the leases and the books have them."""

from datetime import date
from typing import Any

from django.db.models import Q

from marketplace.bazaars.models import Venue
from marketplace.rents.models import Rent
from marketplace.seasons.sales import named
from marketplace.seasons.spans import Span
from marketplace.stalls.models import Lease

Row = dict[str, Any]


def leases_of(venue: Venue) -> list[Lease]:
    """Every lease of a venue with its stall, tenant and trade. Two queries."""
    leases = Lease.objects.filter(stall__venue=venue).select_related("stall", "tenant").prefetch_related("crafts")
    return list(leases.order_by("starts_on", "pk"))


def stalls_of(venue: Venue, span: Span, leases: list[Lease], *, on: date) -> dict[str, Any]:
    """Stalls that stand on the plan today, and on how many days of the span (until today) each was let. One query."""
    first, last = span.first, span.seen_until(on)
    days = (last - first).days + 1
    held_in: dict[int, list[Lease]] = {}
    for lease in leases:
        if lease.starts_on <= last and lease.last_on >= first:
            held_in.setdefault(lease.stall_id, []).append(lease)
    rows = []
    for stall in sorted(venue.stalls.all(), key=lambda one: (not one.number.isdecimal(), len(one.number), one.number)):
        held = held_in.get(stall.pk, [])
        let = sum((min(lease.last_on, last) - max(lease.starts_on, first)).days + 1 for lease in held)
        at_end = any(lease.is_running_on(last) for lease in held)
        tenants = [named(lease.tenant) for lease in held]
        rows.append({"name": stall.number, "tenants": tenants, "days": let, "let_at_end": at_end})
    return {
        "days": days,
        "rows": rows,
        "let_at_end": sum(row["let_at_end"] for row in rows),
        "let_days": sum(row["days"] for row in rows),
        "stall_days": days * len(rows),
    }


def rents_of(venue: Venue, span: Span, *, on: date) -> dict[str, Any]:
    """Rent of the span's months, and what came in during the span for any month, in rial. One query.

    `late` was due before today and is not paid; `open` is not due yet; `paid_late` is the part of `paid` that came after its day.
    """
    asked = Q(month__gte=span.first, month__lte=span.last)
    paid = Q(paid_on__gte=span.first, paid_on__lte=span.last)
    rents = Rent.objects.filter(asked | paid, lease__stall__venue=venue).select_related("lease__stall", "lease__tenant")
    rows: dict[int, Row] = {}
    received = 0
    for rent in rents.order_by("lease__stall__number", "lease", "month"):
        if rent.paid_on and span.first <= rent.paid_on <= span.last:
            received += int(rent.amount_rial)
        if span.first <= rent.month <= span.last:
            empty = {"name": rent.lease.stall.number, "tenant": named(rent.lease.tenant)} | dict.fromkeys(AMOUNTS, 0)
            _count(rows.setdefault(rent.lease_id, empty), rent, on)
    total = {name: sum(row[name] for row in rows.values()) for name in AMOUNTS}
    return {"rows": list(rows.values()), "total": total, "received": received}


AMOUNTS = ("asked", "paid", "paid_late", "open", "late")


def _count(row: Row, rent: Rent, on: date) -> None:
    rial = int(rent.amount_rial)
    row["asked"] += rial
    if rent.paid_on is not None:
        row["paid"] += rial
        row["paid_late"] += rial if rent.paid_on > rent.due_on else 0
    else:
        row["late" if rent.due_on < on else "open"] += rial
