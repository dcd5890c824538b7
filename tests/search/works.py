"""Offers as the services would refuse to make them: written on a day before any venue is bound."""

from marketplace.listing.oscar_parts import seller_of
from marketplace.partner.models import StockRecord


def offer(work, venue, *, price_rial=10_000_000, pieces=1, maker=None):
    """An active offer, written past the rules' own doors."""
    count = StockRecord.objects.count()
    return StockRecord.objects.create(
        product=work,
        partner=seller_of(maker or work.maker),
        partner_sku=f"past-rules-{count}",
        price_currency="IRR",
        price=price_rial,
        num_in_stock=pieces,
        venue=venue,
    )
