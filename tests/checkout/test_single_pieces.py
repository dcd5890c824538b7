"""A piece of which there is one, offered in its workshop and in a bazaar at once, is one piece at both doors."""

from collections import Counter
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from catalogue.models import Product
from marketplace.basket.services import offer_to_sell
from marketplace.checkout import services
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import give_back, start_purchase
from marketplace.core.registry import MARKET, MONEY, audits
from marketplace.listing.services import edit_offer, offer_in_venue
from marketplace.order.models import Line, Order, SellerOrder
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.partner.models import StockRecord
from tests.checkout.crowd import at_once
from tests.checkout.sale import basket_of, purchase_of
from tests.order.sold import sent

PRICE = 180_000_000


@pytest.fixture
def doors(kilim, bazaar) -> tuple[StockRecord, StockRecord]:
    """The workshop's offer and the bazaar's, of one piece."""
    Product.objects.filter(pk=kilim.pk).update(one_of_a_kind=True)
    StockRecord.objects.filter(product=kilim).update(num_in_stock=1)
    kilim.refresh_from_db()
    stall = offer_in_venue(work=kilim, venue=bazaar, price_rial=PRICE, pieces=1)
    return offer_to_sell(kilim.stockrecords.get(venue=None).pk), offer_to_sell(stall.pk)


def stock() -> list[tuple[int, int]]:
    """Pieces there and pieces held, at each door."""
    rows = StockRecord.objects.order_by("pk").values_list("num_in_stock", "num_allocated")
    return [(there, held or 0) for there, held in rows]


def silent() -> bool:
    return not [word for of in (MONEY, MARKET) for walk in audits(of).values() for word in walk()]


def test_a_piece_held_at_one_door_is_sold_out_at_the_other_until_it_is_let_go(doors, contact):
    workshop, stall = doors
    waiting = basket_of(stall)
    purchase = purchase_of(workshop, contact)
    assert (stock(), silent()) == ([(1, 1), (1, 1)], True)
    with pytest.raises(ValidationError) as error:
        start_purchase(basket=waiting, user=None, contact=contact)
    assert (error.value.code, Purchase.objects.count(), stock()) == ("sold_out", 1, [(1, 1), (1, 1)])
    give_back(purchase, "released")
    assert stock() == [(1, 0), (1, 0)]
    waiting.refresh_from_db()
    assert start_purchase(basket=waiting, user=None, contact=contact).state == "reserved"
    assert silent()


def test_a_piece_that_is_sent_leaves_both_doors(doors, contact, artisan):
    order = place_order(purchase_of(doors[0], contact))
    assert stock() == [(1, 1), (1, 1)]
    sent(order.seller_orders.get(), artisan)
    assert (stock(), silent()) == ([(0, 0), (0, 0)], True)


def test_a_piece_whose_order_is_cancelled_can_be_bought_at_the_other_door(doors, contact):
    part = place_order(purchase_of(doors[0], contact)).seller_orders.get()
    cancel_pieces(part=part, pieces={part.lines.get().pk: 1}, who=BUYER, by=None)
    assert stock() == [(1, 0), (1, 0)]
    assert place_order(purchase_of(doors[1], contact)).number
    assert silent()


def test_a_piece_that_is_held_is_offered_at_no_new_door_and_not_counted_up(doors, kilim, contact):
    purchase_of(doors[0], contact)
    for act in (
        lambda: offer_in_venue(work=kilim, venue=None, price_rial=PRICE, pieces=1),
        lambda: edit_offer(offer=StockRecord.objects.get(pk=doors[1].pk), price_rial=PRICE, pieces=1),
    ):
        with pytest.raises(ValidationError) as error, transaction.atomic():
            act()
        assert (error.value.code, stock()) == ("piece_is_held", [(1, 1), (1, 1)])


def test_a_piece_that_was_sold_is_not_sold_again_however_the_stock_is_counted_up(doors, contact, artisan):
    sent(place_order(purchase_of(doors[0], contact)).seller_orders.get(), artisan)
    StockRecord.objects.update(num_in_stock=1)
    with pytest.raises(ValidationError) as error:
        purchase_of(doors[1], contact)
    assert (error.value.code, Purchase.objects.filter(state="reserved").count()) == ("sold_out", 0)


def test_the_database_writes_no_second_sale_of_it(doors, contact):
    line = Line.objects.get(order=place_order(purchase_of(doors[0], contact)))
    line.pk = None
    with pytest.raises(IntegrityError, match="require_one_sale"), transaction.atomic():
        line.save(force_insert=True)
    assert Line.objects.count() == 1


def two_buyers_at_two_doors(doors, contact, monkeypatch) -> Counter:
    """Both have read that the piece is there before either takes it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")
    baskets = [basket_of(offer) for offer in doors]
    both_have_looked, look = Barrier(2), services._hold_doors

    def look_and_wait(lines) -> None:
        both_have_looked.wait(30)
        look(lines)

    monkeypatch.setattr(services, "_hold_doors", look_and_wait)

    def buy(basket) -> str:
        try:
            purchase = start_purchase(basket=basket, user=None, contact=contact)
            return "ordered" if place_order(purchase).pk else ""
        except ValidationError as error:
            return error.code or ""
        except IntegrityError:
            return "database"

    return Counter(at_once(*(lambda basket=basket: buy(basket) for basket in baskets)))


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_two_buyers_at_two_doors_one_gets_it(doors, contact, monkeypatch):
    assert two_buyers_at_two_doors(doors, contact, monkeypatch) == {"ordered": 1, "sold_out": 1}
    assert (Order.objects.count(), stock(), silent()) == (1, [(1, 1), (1, 1)], True)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("rule_too", "became"), [(False, {"ordered": 1, "database": 1}), (True, {"ordered": 2})])
def test_with_the_guards_off_the_piece_is_sold_at_both(doors, contact, monkeypatch, rule_too, became):
    """Doors that do not know of each other: the database's rule stops the second order; without it there are two."""
    monkeypatch.setattr(Product, "is_single_piece", False)
    if rule_too and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE order_line DISABLE TRIGGER USER")
    try:
        assert two_buyers_at_two_doors(doors, contact, monkeypatch) == became
        assert SellerOrder.objects.count() == became["ordered"]
    finally:
        if rule_too and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ALTER TABLE order_line ENABLE TRIGGER USER")
