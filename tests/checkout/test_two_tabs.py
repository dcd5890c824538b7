"""A second tab changes a basket that the first is paying for: what was agreed on stays, so that the payment becomes an order."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from marketplace.basket.gifts import Gift
from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, change_quantity, offer_to_sell, set_gift
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import start_purchase
from marketplace.order.models import Order
from tests.checkout.sale import allocated, basket_of

pytestmark = pytest.mark.django_db
PRICE = 180_000_000


def held(basket: Basket, contact) -> tuple[Purchase, Basket]:
    """The purchase of a basket, and the basket as another request has read it before."""
    stale = Basket.objects.get(pk=basket.pk)
    assert [line.quantity for line in stale.all_lines()] == [2]
    return start_purchase(basket=basket, user=None, contact=contact), stale


CHANGES: dict[str, Callable[[Basket, object], object]] = {
    "added": lambda stale, offer: add_to_basket(basket=stale, offer=offer),
    "one more": lambda stale, _offer: change_quantity(basket=stale, line=stale.all_lines()[0], quantity=3),
    "taken out": lambda stale, _offer: change_quantity(basket=stale, line=stale.all_lines()[0], quantity=0),
    "wrapped": lambda stale, _offer: set_gift(basket=stale, line=stale.all_lines()[0], gift=Gift(wrap=True)),
    "other words": lambda stale, _offer: set_gift(basket=stale, line=stale.all_lines()[0], gift=Gift(text="نه")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_basket_that_is_being_paid_for_is_not_changed_by_another_tab(gift_offer, contact, change):
    purchase, stale = held(basket_of(gift_offer, 2, gift=Gift(text="برای مینا")), contact)
    with pytest.raises(ValidationError) as refused:
        CHANGES[change](stale, gift_offer)
    assert refused.value.code == "basket_frozen"
    line = place_order(purchase).lines.get()
    assert (line.quantity, line.personal_text, line.wrap_rial, int(line.order.total_incl_tax)) == (
        2,
        "برای مینا",
        0,
        2 * PRICE,
    )
    assert allocated(gift_offer) == 2


@pytest.mark.parametrize("change", [name for name in CHANGES if name != "added"])
def test_a_line_that_is_paid_for_alone_is_not_changed_in_the_basket_it_left(gift_offer, foreign_tray, contact, change):
    basket = basket_of(gift_offer, 2, gift=Gift(text="برای مینا"))
    add_to_basket(basket=basket, offer=offer_to_sell(foreign_tray.stockrecords.get().pk))
    stale = Basket.objects.get(pk=basket.pk)
    assert len(stale.all_lines()) == 2
    sellers = [gift_offer.partner_id]
    purchase = start_purchase(basket=basket, user=None, contact=contact, sellers=sellers)
    with pytest.raises(ValidationError) as refused:
        CHANGES[change](stale, gift_offer)
    assert refused.value.code == "basket_frozen"
    line = place_order(purchase).lines.get()
    assert (line.quantity, line.personal_text, allocated(gift_offer)) == (2, "برای مینا", 2)


def test_a_basket_that_is_being_paid_for_is_not_merged_away(gift_offer, contact, buyer):
    purchase, stale = held(basket_of(gift_offer, 2), contact)
    mine = Basket.objects.create(owner=buyer)
    mine.merge(stale)
    assert (mine.num_items, Basket.objects.get(pk=stale.pk).status) == (0, Basket.FROZEN)
    assert place_order(purchase).lines.get().quantity == 2


def test_nothing_is_merged_into_a_basket_that_is_being_paid_for(gift_offer, contact, buyer):
    purchase, stale = held(basket_of(gift_offer, 2, owner=buyer), contact)
    guest = basket_of(gift_offer)
    stale.merge(guest)
    assert (Basket.objects.get(pk=guest.pk).status, guest.lines.count()) == (Basket.OPEN, 1)
    assert (place_order(purchase).lines.get().quantity, Order.objects.count()) == (2, 1)
