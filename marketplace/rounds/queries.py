"""What a venue's manager asks of rounds: warnings that wait, inspections that are due, stalls by risk."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Prefetch, QuerySet, Sum
from django.utils import timezone

from marketplace.bazaars.models import Inspection, Venue
from marketplace.core.models import Refusal
from marketplace.core.refusals import name_of
from marketplace.makers.models import ProductionLicence
from marketplace.rents.models import Rent
from marketplace.rounds.models import Measure, Visit
from marketplace.rounds.risk import Known, StallRisk, weigh
from marketplace.stalls.models import Lease

#: Days back in which refused tries count.
DAYS = 30


def open_warnings(venue: Venue) -> QuerySet[Measure]:
    """Warnings of a venue that were not mended, lifted, nor led to a closure; the soonest to be mended first."""
    warnings = Measure.objects.filter(kind=Measure.Kind.WARNING, lease__stall__venue=venue)
    return (
        warnings.exclude(followed_by__kind__in=(Measure.Kind.MENDED, Measure.Kind.CLOSURE))
        .exclude(followed_by__followed_by__outcome=Measure.Outcome.LIFTED)
        .select_related("lease__stall", "lease__tenant")
        .order_by("mend_by", "pk")
    )


def inspections_due(venue: Venue) -> QuerySet[Inspection]:
    """Inspections of a venue that nobody has made yet, the oldest first."""
    return venue.inspections.filter(closed_on=None).select_related("maker").order_by("opened_on", "pk")


def stalls_by_risk(venue: Venue, *, on: date) -> list[StallRisk]:
    """Stalls that somebody holds on a day, the most pressing first, each with its reasons. Seven queries for any number."""
    leases = list(
        Lease.objects.running_on(on)
        .filter(stall__venue=venue)
        .select_related("stall", "tenant")
        .order_by("stall__number")
    )
    tenants = {lease.tenant_id for lease in leases}
    refused = _refusals(venue, leases)
    seen = _last_visits(leases)
    warned: dict[int, list[Measure]] = {}
    for warning in open_warnings(venue):
        warned.setdefault(warning.lease_id, []).append(warning)
    late = Rent.objects.filter(lease__in=leases, paid_on=None, due_on__lt=on, amount_rial__gt=0).order_by()
    owed = dict(late.values_list("lease").annotate(rial=Sum("amount_rial")).values_list("lease", "rial"))
    inspected = set(inspections_due(venue).values_list("maker", flat=True))
    in_force = ProductionLicence.objects.filter(
        maker__in=tenants, revoked_on=None, issued_on__lte=on, expires_on__gte=on
    )
    licensed = set(in_force.values_list("maker", flat=True))
    rows = [
        weigh(
            lease,
            Known(
                refusals=refused.get(name_of(lease.tenant), 0),
                last_visit=seen.get(lease.pk),
                warnings=warned.get(lease.pk, []),
                owed_rial=owed.get(lease.pk, 0),
                inspection=lease.tenant_id in inspected,
                licensed=lease.tenant_id in licensed,
            ),
            on=on,
        )
        for lease in leases
    ]
    return sorted(rows, key=lambda row: (-row.weight, row.lease.stall.number))


def _refusals(venue: Venue, leases: list[Lease]) -> dict[str, int]:
    sellers = {name_of(lease.tenant) for lease in leases}
    tries = Refusal.objects.filter(
        place=name_of(venue),
        seller__in=sellers,
        by_seller=True,
        rule="forbid_foreign_goods",
        at__gte=timezone.now() - timedelta(days=DAYS),
    )
    return dict(tries.order_by().values_list("seller").annotate(number=Count("pk")).values_list("seller", "number"))


def _last_visits(leases: list[Lease]) -> dict[int, datetime]:
    done = Visit.objects.filter(lease__in=leases, done_at__isnull=False).order_by()
    return dict(done.values_list("lease").annotate(last=Max("done_at")).values_list("lease", "last"))


def visits_with_all(visits: QuerySet[Visit]) -> QuerySet[Visit]:
    """Visits with what was kept of them."""
    from_first = Prefetch("findings")
    return visits.select_related("round", "stall", "lease__tenant").prefetch_related("answers", "photos", from_first)
