"""What `manage.py audit_market` looks at in open baskets."""

from collections.abc import Iterator

from marketplace.basket.models import Basket, Line, framed, offer_of
from marketplace.core.clock import today
from marketplace.core.registry import audit
from marketplace.partner.strategy import refusal


@audit("baskets")
def payable_lines_keep_the_rule() -> Iterator[str]:
    """Lines that the checkout would let through though their work is not domestic in a bound venue."""
    day = today()
    lines = Line.objects.filter(
        basket__status__in=(Basket.OPEN, Basket.FROZEN, Basket.SAVED), stockrecord__venue__isnull=False
    )
    for line in framed(lines).order_by("pk").iterator(chunk_size=1000):
        venue = line.stockrecord.venue
        if venue.is_bound_on(day) and not line.product.is_domestic_on(day) and refusal(offer_of(line)) is None:
            yield f"Basket {line.basket_id}, line {line.pk}: payable against the foreign-goods rule in {venue.slug}."
