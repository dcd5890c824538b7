"""The worker's part in closures: on the first day offers are taken back, after the last they come back. Safe to repeat."""

from django.core.exceptions import ValidationError

from marketplace.core.clock import today
from marketplace.listing.withdrawals import Because
from marketplace.partner.models import StockRecord
from marketplace.rounds.models import Measure
from marketplace.rounds.services import begin_closure, end_by_its_days
from marketplace.stalls.models import Lease

#: How often the worker looks, in seconds.
SECONDS = 60.0


def keep_closures() -> int:
    """What the worker does every minute. Returns how many closures began or ended."""
    return _begin() + _end()


def _begin() -> int:
    """A closure begins once: offers that its first day took back are the sign of it, and none are left to take."""
    day, began = today(), 0
    for lease in (
        Lease.objects.filter(closed_from__lte=day, closed_until__gte=day).select_related("stall").order_by("pk")
    ):
        offers = StockRecord.objects.filter(venue=lease.stall.venue_id, product__maker=lease.tenant_id)
        before = offers.filter(withdrawn_because=Because.CLOSURE).count()
        if offers.active().exists():
            begin_closure(lease=lease)
            began += offers.filter(withdrawn_because=Because.CLOSURE).count() > before
    return began


def _end() -> int:
    over = Measure.objects.filter(
        kind=Measure.Kind.CLOSURE, ends_on__lt=today(), lease__closed_until__lt=today()
    ).exclude(followed_by__kind=Measure.Kind.LIFTING)
    ended = 0
    for closure in over.select_related("lease").order_by("pk"):
        try:
            end_by_its_days(closure=closure)
        except ValidationError:  # lifted by a person in the same moment
            continue
        ended += 1
    return ended
