"""What `manage.py audit_market` looks at on the floor."""

from collections.abc import Iterator
from itertools import combinations

from django.db.models import F

from marketplace.bazaars.models import Venue
from marketplace.core.registry import audit
from marketplace.stalls.models import Lease
from marketplace.stalls.rules import overlap


@audit("leases of stalls")
def stalls_have_one_tenant() -> Iterator[str]:
    """Leases of one stall that share a day."""
    both = Lease.objects.filter(
        stall__leases__starts_on__lte=F("last_on"),
        stall__leases__last_on__gte=F("starts_on"),
        stall__leases__pk__gt=F("pk"),
    )
    for lease, other in both.order_by("pk").values_list("pk", "stall__leases__pk"):
        yield f"Leases {lease} and {other} hold one stall on one day."


@audit("plans of venues")
def stalls_stand_apart() -> Iterator[str]:
    """Stalls that stand on the same floor."""
    for venue in Venue.objects.prefetch_related("stalls").order_by("pk"):
        for one, other in combinations(venue.stalls.all(), 2):
            if overlap(one, other):
                yield f"Stalls {one.pk} and {other.pk} of venue {venue.pk} stand on the same floor."
