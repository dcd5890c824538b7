"""The last door: the rule, the snapshot, one seller order per maker, stock taken conditionally."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from oscar.core.loading import get_class

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.placing import _rial, place_order
from marketplace.checkout.services import start_purchase
from marketplace.core import clock
from marketplace.listing.services import offer_in_venue
from marketplace.order.creator import OrderCreator
from marketplace.order.models import Line, Order, SellerOrder
from marketplace.partner.models import StockRecord
from marketplace.partner.strategy import Selector
from marketplace.shipping.methods import AsChosen
from tests.checkout.sale import allocated, basket_of, purchase_of


def place(basket: Basket, number: str = "T-1") -> Order:
    """Oscar's own way of placing, without any purchase of ours."""
    basket = Basket.objects.get(pk=basket.pk)
    basket.strategy = Selector().strategy()
    with transaction.atomic():
        return OrderCreator().place_order(
            basket=basket,
            total=_rial(1),
            shipping_method=AsChosen(),
            shipping_charge=_rial(0),
            order_number=number,
        )


def test_oscar_finds_ours():
    assert get_class("order.utils", "OrderCreator") is OrderCreator


def test_one_seller_order_per_maker(workshop_offer, unproven_tray, contact):
    basket = basket_of(workshop_offer, 2)
    add_to_basket(basket=basket, offer=offer_to_sell(unproven_tray.stockrecords.get().pk), quantity=1)
    order = place_order(start_purchase(basket=basket, user=None, contact=contact))
    assert list(SellerOrder.objects.order_by("id").values_list("number", "seller__code", "total_rial", "state")) == [
        (f"{order.number}-1", "weaver", 360_000_000, "placed"),
        (f"{order.number}-2", "coppersmith", 50_000_000, "placed"),
    ]
    assert order.total_incl_tax == 410_000_000


def test_a_line_keeps_what_was_true_when_it_was_sold(kilim, bazaar, contact, licence):
    offer = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1).pk)
    line = place_order(purchase_of(offer, contact)).lines.get()
    assert (line.maker, line.venue, line.origin_state) == (kilim.maker, bazaar, "domestic")
    label = line.snapshot["origin"].pop("label")
    assert set(label) == {"fa", "en"}
    assert line.snapshot == {
        "title": {"fa": "گلیم شیریکی‌پیچ", "en": "Shiriki-pich kilim"},
        "maker": {"fa": "کارگاه گلیم", "en": "Kilim workshop", "slug": "weaver"},
        "city": {"fa": "سیرجان", "en": "Sirjan"},
        "craft": {"fa": "گلیم‌بافی", "en": "Kilim weaving"},
        "venue": {
            "name": {"fa": "بازار قلعه محمود", "en": "Qaleh Mahmoud bazaar"},
            "slug": "qaleh-mahmoud",
            "city": {"fa": "کرمان", "en": "Kerman"},
            "bound": True,
            "licences": ["K-1"],
        },
        "origin": {"state": "domestic", "country": "IR", "basis": "declared", "domestic_until": "2027-06-01"},
        "licences": ["T-1"],
        "seals": [],
        "made_to_order": False,
        "personalised": False,
        "one_of_a_kind": kilim.one_of_a_kind,
        "lead_days": 2,
        "on": "2026-11-22",
    }


def test_a_held_piece_is_handed_over_and_not_taken_twice(workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact, 3)
    place_order(purchase)
    assert allocated(workshop_offer) == 3


def test_without_a_hold_stock_is_taken_conditionally(workshop_offer):
    one, two = basket_of(workshop_offer, 2), basket_of(workshop_offer, 2)
    place(one)
    with pytest.raises(ValidationError) as error:
        place(two, "T-2")
    assert error.value.code == "sold_out"
    assert (Order.objects.count(), allocated(workshop_offer), SellerOrder.objects.count()) == (1, 2, 1)


def test_a_work_that_lapsed_in_a_bound_venue_is_not_ordered(kilim, bazaar):
    offer = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1).pk)
    basket = basket_of(offer)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    with pytest.raises(ValidationError) as error:
        place(basket)
    assert error.value.code == "foreign_goods"
    assert (Order.objects.count(), Line.objects.count(), allocated(offer)) == (0, 0, 0)


def test_a_purchase_is_ordered_once(workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    place_order(purchase)
    with pytest.raises(ValidationError) as error:
        place_order(purchase)
    assert error.value.code == "purchase_closed"
    assert (Order.objects.count(), allocated(workshop_offer)) == (1, 1)


def test_a_foreign_work_is_sold_outside_under_its_label(foreign_tray, contact):
    line = place_order(purchase_of(offer_to_sell(foreign_tray.stockrecords.get().pk), contact)).lines.get()
    assert (line.origin_state, line.snapshot["venue"], line.snapshot["licences"]) == ("foreign", None, [])
    assert StockRecord.objects.get(pk=line.stockrecord_id).num_allocated == 1
