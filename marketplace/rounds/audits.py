"""What `manage.py audit_market` looks at in rounds: the ladder worked out anew from its own rows."""

from collections.abc import Iterator

from django.db.models import Prefetch

from marketplace.core.clock import today
from marketplace.core.registry import audit
from marketplace.partner.models import StockRecord
from marketplace.rounds.models import Finding, Measure
from marketplace.rounds.rules import GRAVE
from marketplace.stalls.models import Lease

_Kind = Measure.Kind
#: What each step answers.
BEFORE = {
    _Kind.MENDED: {_Kind.WARNING},
    _Kind.APPEAL: {_Kind.WARNING, _Kind.CLOSURE},
    _Kind.DECISION: {_Kind.APPEAL},
    _Kind.LIFTING: {_Kind.CLOSURE},
}


@audit("measures at stalls")
def measures_stand_in_order() -> Iterator[str]:
    """Steps that stand on nothing, or on another tenant's step."""
    for one in Measure.objects.select_related("after", "finding").order_by("pk").iterator():
        if not _stands(one):
            yield f"Measure {one.number}: nothing before it allows a {one.kind}."


def _stands(one: Measure) -> bool:
    before, found = one.after, one.finding
    if before is not None and before.lease_id != one.lease_id:
        return False
    if one.kind == _Kind.WARNING:
        return _found_here(found, one)
    if one.kind == _Kind.CLOSURE and before is None:
        return _found_here(found, one) and found is not None and found.about in GRAVE
    if one.kind == _Kind.CLOSURE:
        return before is not None and before.mend_by is not None and before.mend_by < one.given_on
    return before is not None and before.kind in BEFORE[_Kind(one.kind)]


def _found_here(found: Finding | None, one: Measure) -> bool:
    return found is not None and found.lease_id == one.lease_id


@audit("closed stalls")
def closed_stalls_follow_their_closures() -> Iterator[str]:
    """Leases whose closed days are not those of the closure that stands; offers that stand at a closed stall."""
    day = today()
    closures = Measure.objects.filter(kind=_Kind.CLOSURE).exclude(followed_by__kind=_Kind.LIFTING)
    leases = (
        Lease.objects.filter(measures__kind=_Kind.CLOSURE).distinct()
        | Lease.objects.exclude(closed_from=None).distinct()
    )
    standing = Prefetch("measures", queryset=closures.order_by("-pk"), to_attr="standing")
    for lease in leases.select_related("stall").prefetch_related(standing, "crafts").order_by("pk"):
        due = [(one.starts_on, one.ends_on) for one in lease.standing[:1]]
        stored = [(lease.closed_from, lease.closed_until)] if lease.closed_from else []
        if due != stored:
            yield f"Lease {lease.pk}: its closed days are not those of its closure."
        if lease.is_closed_on(day) and lease.is_running_on(day):
            yield from _offered(lease)


def _offered(lease: Lease) -> Iterator[str]:
    day, venue = today(), lease.stall.venue_id
    others = Lease.objects.running_on(day).filter(stall__venue=venue, tenant=lease.tenant_id).exclude(pk=lease.pk)
    open_trades = {craft.pk for other in others if not other.is_closed_on(day) for craft in other.crafts.all()}
    offers = StockRecord.objects.active().filter(venue=venue, product__maker=lease.tenant_id)
    for offer in offers.exclude(product__craft__in=open_trades).order_by("pk"):
        yield f"Offer {offer.pk} stands at the closed stall of lease {lease.pk}."
