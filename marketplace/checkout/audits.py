"""What `manage.py audit_money` looks at in stock: what is promised to buyers is there, and nothing is held for nobody."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F, Q

from marketplace.checkout.models import Purchase
from marketplace.core.registry import MONEY, audit
from marketplace.order.models import Line
from marketplace.order.rules import BEFORE_DISPATCH
from marketplace.partner.models import StockRecord


@audit("reserved stock", of=MONEY)
def reserved_is_there() -> Iterator[str]:
    """Offers with more pieces reserved than in stock, or other than purchases hold and orders wait for."""
    wanted: Counter[int] = Counter()
    for held in Purchase.objects.filter(state=Purchase.State.RESERVED).values_list("held", flat=True):
        wanted.update(dict(held))
    waiting = Line.objects.filter(seller_order__state__in=BEFORE_DISPATCH, stockrecord__isnull=False)
    for offer, quantity, cancelled in waiting.values_list("stockrecord_id", "quantity", "cancelled"):
        wanted[offer] += quantity - cancelled
    offers = StockRecord.objects.filter(
        Q(num_allocated__gt=0) | Q(pk__in=wanted), product__product_class__track_stock=True
    )
    offers |= StockRecord.objects.filter(
        Q(num_allocated__gt=0) | Q(pk__in=wanted), product__parent__product_class__track_stock=True
    )
    found = list(offers.select_related("product").order_by("pk"))
    single = {offer.product_id: offer.pk for offer in found if offer.product.is_single_piece and wanted[offer.pk]}
    for offer in found:
        reserved = offer.num_allocated or 0
        if reserved and not wanted[offer.pk]:  # held at another of its doors
            wanted[offer.pk] = wanted[single.get(offer.product_id, offer.pk)]
        if reserved != wanted[offer.pk]:
            yield f"Offer {offer.pk} ({offer.partner_sku}): {reserved} pieces are reserved, buyers wait for {wanted[offer.pk]}."
    for offer in StockRecord.objects.filter(num_allocated__gt=F("num_in_stock")).order_by("pk"):
        yield f"Offer {offer.pk} ({offer.partner_sku}): {offer.num_allocated} pieces are reserved, {offer.num_in_stock} are there."


@audit("purchases", of=MONEY)
def purchases_and_orders_agree() -> Iterator[str]:
    """Purchases that say they are ordered and have no order, or the other way round."""
    ordered = Purchase.State.ORDERED
    for purchase in Purchase.objects.filter(
        Q(state=ordered, order=None) | (~Q(state=ordered) & Q(order__isnull=False))
    ):
        yield f"Purchase {purchase.number} is {purchase.state}, its order is {purchase.order_id}."
