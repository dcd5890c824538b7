"""A paid order of the kilim, as several tests begin with it."""

import pytest

from marketplace.basket.gifts import PLAIN, Gift
from marketplace.basket.models import Basket
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import start_purchase
from marketplace.core.numbers import random_number
from marketplace.order.models import Line, Order, SellerOrder
from marketplace.order.rules import SELLER
from marketplace.order.steps import advance, dispatch
from marketplace.payments.models import PaymentAttempt
from tests.checkout.sale import purchase_of

State = SellerOrder.State


def paid(offer, contact, pieces: int = 1, user=None, gift: Gift = PLAIN, basket: Basket | None = None) -> Order:
    """An order placed by a payment that is finished."""
    purchase = (
        start_purchase(basket=basket, user=user, contact=contact)
        if basket is not None
        else purchase_of(offer, contact, pieces, user=user, gift=gift)
    )
    attempt = PaymentAttempt.objects.create(
        number=random_number("PAY"),
        gateway="sandbox",
        payable_kind="purchase",
        payable_id=purchase.pk,
        amount_rial=purchase.total_rial,
        state=PaymentAttempt.State.FINISHED,
        authority=f"A-{purchase.pk}",
    )
    return place_order(purchase, attempt)


@pytest.fixture
def sold(workshop_offer, contact, buyer) -> SellerOrder:
    """Three kilims of 180,000,000 rial, sold to the buyer and paid."""
    return paid(workshop_offer, contact, 3, user=buyer).seller_orders.get()


def line_of(part: SellerOrder) -> Line:
    return part.lines.get()


def sent(part: SellerOrder, artisan) -> SellerOrder:
    advance(part=part, to=State.CONFIRMED, who=SELLER, by=artisan)
    return dispatch(part=part, by=artisan, carrier="پست", tracking="12345")


def arrived(part: SellerOrder, artisan) -> SellerOrder:
    sent(part, artisan)
    return advance(part=part, to=State.DELIVERED, who=SELLER, by=artisan)
