"""What `manage.py audit_market` looks at in what was sold."""

from collections.abc import Iterator

from marketplace.core.clock import TEHRAN
from marketplace.core.registry import audit
from marketplace.order.models import Line


@audit("order lines")
def sold_by_the_rule() -> Iterator[str]:
    """Lines sold in a venue that was bound on the day of the order, by a work that was not domestic then."""
    lines = Line.objects.filter(venue__isnull=False).exclude(origin_state="domestic").select_related("venue", "order")
    for line in lines.order_by("pk").iterator():
        day = line.order.date_placed.astimezone(TEHRAN).date()
        if line.venue is not None and line.venue.is_bound_on(day):
            yield f"Order {line.order.number}, line {line.pk}: a {line.origin_state} work was sold in bound venue {line.venue.slug}."
