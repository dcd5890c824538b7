"""A payment that comes after its time: its pieces are taken anew, in the order in which everybody takes them, or not at all."""

from collections import Counter
from threading import Event
from time import monotonic, sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout import placing
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import give_back, start_purchase
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from tests.checkout.crowd import at_once
from tests.checkout.sale import allocated, basket_of, purchase_of
from tests.checkout.test_single_pieces import doors, silent, stock  # noqa: F401


def late(offer, contact) -> Purchase:
    """A purchase that was let go, whose buyer pays all the same."""
    purchase = purchase_of(offer, contact)
    give_back(purchase, "released")
    return purchase


def test_a_late_payment_takes_its_pieces_anew(doors, contact):  # noqa: F811
    assert place_order(late(doors[1], contact)).number
    assert (stock(), silent()) == ([(1, 1), (1, 1)], True)


@pytest.mark.parametrize("is_ordered", [False, True])
def test_a_late_payment_for_what_another_has_by_now_is_no_order(doors, contact, is_ordered):  # noqa: F811
    purchase = late(doors[1], contact)
    other = purchase_of(doors[0], contact)
    if is_ordered:
        place_order(other)
    with pytest.raises(ValidationError) as error:
        place_order(purchase)
    purchase.refresh_from_db()
    assert (error.value.code, purchase.state) == ("sold_out", "released")
    assert (Order.objects.count(), stock(), silent()) == (int(is_ordered), [(1, 1), (1, 1)], True)


def test_a_late_payment_takes_all_of_its_pieces_or_none(workshop_offer, foreign_tray, contact):
    tray = offer_to_sell(foreign_tray.stockrecords.get().pk)
    basket = basket_of(workshop_offer)
    add_to_basket(basket=basket, offer=tray)
    purchase = start_purchase(basket=basket, user=None, contact=contact)
    give_back(purchase, "released")
    StockRecord.objects.filter(pk=tray.pk).update(num_in_stock=0)
    with pytest.raises(ValidationError) as error:
        place_order(purchase)
    assert (error.value.code, Order.objects.count(), allocated(workshop_offer)) == ("sold_out", 0, 0)


def somebody_waits(seconds: float = 5) -> bool:
    """Whether another session waits for a lock, within that time."""
    until = monotonic() + seconds
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        sleep(0.02)
    return False


def late_at_the_stall_and_a_buyer_at_the_workshop(doors, contact, monkeypatch) -> Counter:  # noqa: F811
    """The buyer comes while the late payment has taken the piece at its own door, and not at the other yet."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")
    purchase, basket = late(doors[1], contact), basket_of(doors[0])
    one_door_is_taken, other_doors = Event(), StockRecord.other_doors

    def wait_between_doors(offer: StockRecord):
        if offer.pk == doors[1].pk and not one_door_is_taken.is_set():
            one_door_is_taken.set()
            assert somebody_waits()
        return other_doors(offer)

    monkeypatch.setattr(StockRecord, "other_doors", wait_between_doors)

    def pay_late() -> str:
        return "late ordered" if place_order(purchase).pk else ""

    def come() -> str:
        assert one_door_is_taken.wait(30)
        return start_purchase(basket=basket, user=None, contact=contact).state

    def said(act) -> str:
        try:
            return act()
        except ValidationError as error:
            return error.code or ""
        except OperationalError as error:
            return "deadlock" if "deadlock" in str(error) else str(error)

    return Counter(at_once(lambda: said(pay_late), lambda: said(come)))


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_late_payment_at_one_door_and_a_buyer_at_the_other_do_not_lock_each_other_out(
    doors,  # noqa: F811
    contact,
    monkeypatch,
):
    became = late_at_the_stall_and_a_buyer_at_the_workshop(doors, contact, monkeypatch)
    assert became == {"late ordered": 1, "sold_out": 1}
    assert (Order.objects.count(), stock(), silent()) == (1, [(1, 1), (1, 1)], True)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_with_its_ordered_lock_off_a_late_payment_and_a_buyer_lock_each_other_out(
    doors,  # noqa: F811
    contact,
    monkeypatch,
):
    """Each has the row that the other wants next; the database ends one of the two."""

    def take_one_by_one(basket: Basket) -> None:
        for line in basket.all_lines():
            offer_to_sell(line.stockrecord_id).allocate(line.quantity)

    monkeypatch.setattr(placing, "take_again", take_one_by_one)
    became = late_at_the_stall_and_a_buyer_at_the_workshop(doors, contact, monkeypatch)
    assert became["deadlock"] == 1
