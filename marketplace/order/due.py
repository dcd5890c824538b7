"""What sellers are owed but not due yet: a buyer may still cancel it or give it back. In rial."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from marketplace.bookings.queries import not_due
from marketplace.core.clock import TEHRAN
from marketplace.order.models import Return, SellerOrder
from marketplace.order.money import Share, sent_straight, share_of
from marketplace.order.rules import BEFORE_DISPATCH, last_day_to_return

State = SellerOrder.State
#: Longer than the working days of withdrawal ever last, with the longest holidays among them.
LOOK_BACK = timedelta(days=40)


def held_back(on: date) -> dict[int, int]:
    """Rial by seller of what did not arrive, whose days of withdrawal last, of which a return is open, or which visits to come earn.

    Four queries. What the gateway sent straight to the seller with the payment is not held: it is not there.
    """
    held = not_due(on)
    for part in _open_on(on):
        held[part.seller_id] = held.get(part.seller_id, 0) + _left_with_us(part)
    return {seller: rial for seller, rial in held.items() if rial}


def _open_on(on: date) -> Iterator[SellerOrder]:
    lately = datetime.combine(on - LOOK_BACK, time.min, TEHRAN)
    in_question = Q(pk__in=Return.objects.filter(ended_at__isnull=True).values("seller_order"))
    on_its_way = Q(state__in=(*BEFORE_DISPATCH, State.DISPATCHED))
    parts = SellerOrder.objects.filter(on_its_way | in_question | Q(delivered_at__gte=lately))
    asked = set(Return.objects.filter(ended_at__isnull=True).values_list("seller_order", flat=True))
    for part in parts.select_related("order__payment").prefetch_related("lines"):
        last = last_day_to_return(part, Return.Reason.WITHDRAWAL)
        if part.pk in asked or last is None or last >= on:
            yield part


def _left_with_us(part: SellerOrder) -> int:
    """What its seller earns by the pieces that still stand, less what was sent with the payment."""
    share = sum((share_of(line, line.standing) for line in part.lines.all()), Share())
    stands = share.goods - share.commission - share.tax
    delivery = int(part.delivery_rial) - int(part.delivery_given_back_rial)
    payment = part.order.payment
    sent = sent_straight(payment).get(part.seller_id, 0) if payment else 0
    return max(0, stands + delivery - sent)
