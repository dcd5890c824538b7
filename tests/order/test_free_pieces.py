"""A piece that an offer gave for nothing: it is cancelled and returned like any other, and no money moves for it."""

import pytest

from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.core.registry import MONEY, audits
from marketplace.order.models import MoneyBack, SellerOrder
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.payments.models import Refund
from tests.checkout.sale import allocated, basket_of
from tests.offer.discounts import a_range, an_offer
from tests.order.sold import paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def free(workshop_offer, foreign_tray, contact, buyer) -> SellerOrder:
    """The tray's part of an order: an offer took its whole price off."""
    an_offer(a_range(foreign_tray), value=100)
    basket = basket_of(workshop_offer, owner=buyer)
    add_to_basket(basket=basket, offer=offer_to_sell(foreign_tray.stockrecords.get().pk))
    order = paid(None, contact, user=buyer, basket=basket)
    return order.seller_orders.get(lines__product=foreign_tray)


def test_a_piece_for_nothing_is_cancelled_without_a_refund(free, buyer):
    line = free.lines.get()
    assert (free.total_rial, free.delivery_rial, int(line.line_price_incl_tax)) == (0, 0, 0)
    back = cancel_pieces(part=free, pieces={line.pk: 1}, who=BUYER, by=buyer)
    free.refresh_from_db()
    assert (back.amount_rial, free.state, allocated(line.stockrecord)) == (0, "cancelled", 0)
    assert (MoneyBack.objects.count(), Refund.objects.count()) == (1, 0)
    assert [word for walk in audits(MONEY).values() for word in walk()] == []
