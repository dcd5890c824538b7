"""What `manage.py audit_money` looks at in stock."""

from collections.abc import Iterator

from django.db.models import F
from django.db.models.functions import Coalesce

from marketplace.core.registry import MONEY, audit
from marketplace.partner.models import StockRecord


@audit("reserved pieces", of=MONEY)
def reserved_is_in_stock() -> Iterator[str]:
    """Offers that promise more pieces than they have."""
    over = StockRecord.objects.filter(num_allocated__gt=Coalesce(F("num_in_stock"), 0)).order_by("pk")
    for offer in over.iterator():
        yield f"Offer {offer.pk} ({offer.partner_sku}): {offer.num_allocated} pieces are reserved, {offer.num_in_stock} are there."
