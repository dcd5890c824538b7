"""A payment that failed is tried once more, by the same way or another: the same purchase, so that it can become one order only. Or its
buyer gives it up and takes the works back: then it becomes none."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from marketplace.basket.gifts import Gift, require_possible, wrap_price
from marketplace.basket.models import Basket, offer_of
from marketplace.checkout.models import Purchase
from marketplace.checkout.rules import require_payable_again, require_same_prices
from marketplace.checkout.services import PAYABLE_KIND, give_back, lines_of, take_again
from marketplace.core import outbox
from marketplace.core.clock import today
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.offer.uses import take_uses_again
from marketplace.partner.rules import require_active_offer, require_open_workshop
from marketplace.payments.models import PaymentAttempt

State = Purchase.State
_Attempt = PaymentAttempt.State
#: Attempts that their gateway has not decided.
UNDECIDED = (_Attempt.STORED, _Attempt.SENT, _Attempt.PAID)


@transaction.atomic
def hold_again(purchase: Purchase) -> None:
    """Hold the works of a purchase that was let go, and its discounts, for minutes more; one that is held is left as it is.

    What its makers took back since is not held. Raises ValidationError with code `purchase_closed`, `total_changed`, `sold_out` or a
    rule's own; then nothing is held.
    """
    kept = Purchase.objects.select_for_update().get(pk=purchase.pk)
    if kept.state == State.RESERVED:
        purchase.refresh_from_db()
        return
    basket = Basket.objects.select_for_update().get(pk=kept.basket_id)
    require_payable_again(kept, basket_is_kept=basket.status == Basket.FROZEN, now=timezone.now())
    lines = list(lines_of(basket.pk))
    for line in lines:
        require_active_offer(offer_of(line))
        require_open_workshop(offer_of(line), on=today())
        require_possible(Gift.of(line), line.product)
    require_same_prices((line.price_incl_tax, line.stockrecord.price) for line in lines)
    require_same_prices((line.wrap_rial, wrap_price(Gift.of(line), line.product)) for line in lines)
    take_again(basket)
    take_uses_again(kept.number)
    until = timezone.now() + timedelta(minutes=settings.RESERVATION_MINUTES)
    Purchase.objects.filter(pk=kept.pk).update(state=State.RESERVED, held_until=until)
    outbox.post_many(WORK_CHANGED, {line.product.parent_id or line.product_id for line in lines})
    purchase.refresh_from_db()


@transaction.atomic
def take_back(purchase: Purchase) -> Basket | None:
    """Give a purchase up for good, once: the basket whose works its buyer takes back; None where it was ordered, or that was done before.

    A payment that still comes for it is given back (`require_works_kept`).
    """
    give_back(purchase, State.RELEASED)
    purchase.refresh_from_db()
    mine = Basket.objects.filter(pk=purchase.basket_id, status=Basket.FROZEN)
    if purchase.state == State.ORDERED or not mine.update(status=Basket.MERGED):
        return None
    return Basket.objects.get(pk=purchase.basket_id)


def may_be_held_again(purchase: Purchase) -> bool:
    """Whether its page offers another try; what may be gone or dearer by then is asked when it is pressed."""
    basket_is_kept = (
        purchase.state == State.RELEASED and Basket.objects.filter(pk=purchase.basket_id, status=Basket.FROZEN).exists()
    )
    try:
        require_payable_again(purchase, basket_is_kept=basket_is_kept, now=timezone.now())
    except ValidationError:
        return False
    return True


def is_being_paid(purchase_id: int) -> bool:
    """Whether another attempt of a purchase is at a gateway."""
    mine = PaymentAttempt.objects.filter(payable_kind=PAYABLE_KIND, payable_id=purchase_id)
    return mine.filter(state__in=UNDECIDED).exists()
