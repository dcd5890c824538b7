"""A maker's break is asked at the basket, before paying and at the order; with `later` the days promised move."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.basket.lines import show
from marketplace.basket.models import Basket
from marketplace.basket.promises import confirm_day, latest_day
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.again import hold_again
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import give_back, send_to_gateway, start_purchase
from marketplace.core import clock
from marketplace.listing.services import offer_in_venue
from marketplace.order.models import Order, SellerOrder
from tests.cast import DAY
from tests.checkout.sale import allocated, basket_of, purchase_of
from tests.makers.resting import rest

BACK = DAY + timedelta(days=10)


def of(basket: Basket) -> Basket:
    return Basket.objects.get(pk=basket.pk)


def fresh(offer):
    return offer_to_sell(offer.pk)


def refused_by(act) -> str | None:
    with pytest.raises(ValidationError) as refused:
        act()
    return refused.value.code


def test_nothing_is_put_into_a_basket(workshop_offer, weaver, buyer):
    rest(weaver)
    basket = Basket.objects.create(owner=buyer)
    assert refused_by(lambda: add_to_basket(basket=basket, offer=fresh(workshop_offer))) == "maker_rests"
    assert not basket.lines.exists()


def test_a_saved_basket_says_so_and_is_paid_for_after(workshop_offer, weaver, contact):
    basket = basket_of(workshop_offer)
    holiday = rest(weaver)
    shown = show(of(basket))
    [line] = shown.groups[0].lines
    assert (shown.payable, shown.groups[0].rest, bool(line.problem)) == (False, holiday.rest, True)
    assert refused_by(lambda: start_purchase(basket=of(basket), user=None, contact=contact)) == "maker_rests"
    assert (of(basket).status, allocated(workshop_offer), Purchase.objects.count()) == (Basket.OPEN, 0, 0)
    clock.set_today(BACK)
    assert show(of(basket)).payable
    assert start_purchase(basket=of(basket), user=None, contact=contact).total_rial == 180_000_000


def test_a_break_told_while_works_are_held_is_asked_before_paying(workshop_offer, weaver, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    rest(weaver)
    assert refused_by(lambda: send_to_gateway(purchase=purchase, callback_url="http://testserver/")) == "maker_rests"
    purchase.refresh_from_db()
    assert (purchase.state, allocated(workshop_offer)) == (Purchase.State.REFUSED, 0)


def test_a_purchase_let_go_is_not_held_again(workshop_offer, weaver, contact):
    purchase = purchase_of(workshop_offer, contact)
    give_back(purchase, Purchase.State.RELEASED)
    rest(weaver)
    assert refused_by(lambda: hold_again(purchase)) == "maker_rests"
    purchase.refresh_from_db()
    assert (purchase.state, allocated(workshop_offer)) == (Purchase.State.RELEASED, 0)


def test_a_break_told_while_the_buyer_paid_makes_no_order(workshop_offer, weaver, contact):
    purchase = purchase_of(workshop_offer, contact)
    rest(weaver)
    assert refused_by(lambda: place_order(purchase)) == "maker_rests"
    purchase.refresh_from_db()
    assert (Order.objects.count(), purchase.state, allocated(workshop_offer)) == (0, Purchase.State.RESERVED, 1)


def test_orders_taken_meanwhile_count_from_the_day_after(workshop_offer, weaver, contact):
    rest(weaver, way="later")
    lead = workshop_offer.product.lead_days
    basket = basket_of(fresh(workshop_offer))
    assert show(of(basket)).groups[0].leaves_by == latest_day(BACK, lead)
    place_order(start_purchase(basket=of(basket), user=None, contact=contact))
    part = SellerOrder.objects.get()
    assert (part.confirm_by, part.dispatch_by) == (confirm_day(BACK), latest_day(BACK, lead))


def test_an_order_before_the_break_keeps_its_days(workshop_offer, weaver, contact):
    rest(weaver, begins_in=1, way="later")
    place_order(purchase_of(fresh(workshop_offer), contact))
    part = SellerOrder.objects.get()
    promised = latest_day(DAY, workshop_offer.product.lead_days)
    assert (part.confirm_by, part.dispatch_by) == (confirm_day(DAY), promised)


def test_what_stands_in_a_venue_is_sold_unless_the_maker_said_otherwise(kilim, weaver, bazaar, contact):
    stall = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=2)
    holiday = rest(weaver)
    part = place_order(purchase_of(fresh(stall), contact)).seller_orders.get()
    assert part.confirm_by == confirm_day(DAY)
    holiday.delete()
    rest(weaver, in_venues=True)
    assert refused_by(lambda: basket_of(fresh(stall))) == "maker_rests"


def test_a_basket_offers_the_venue_instead_of_the_workshop_that_rests(workshop_offer, kilim, weaver, bazaar):
    basket = basket_of(workshop_offer)
    stall = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=2)
    holiday = rest(weaver)
    [line] = show(of(basket)).groups[0].lines
    assert line.instead == stall
    holiday.delete()
    rest(weaver, in_venues=True)
    [line] = show(of(basket)).groups[0].lines
    assert line.instead is None
