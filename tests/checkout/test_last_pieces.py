"""Twenty buyers at once on the last five pieces, on PostgreSQL; and the proof that the race is real: the same with the guard off."""

from collections import Counter
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from oscar.apps.partner.abstract_models import AbstractStockRecord

from marketplace.checkout import services
from marketplace.checkout.models import Purchase
from marketplace.checkout.services import send_to_gateway, start_purchase
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt
from tests.checkout.crowd import at_once
from tests.checkout.sale import basket_of, purchase_of

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
BUYERS, PIECES = 20, 5
CALLBACK = "http://testserver/pay/fa/{attempt}/"


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


def sell_the_last_pieces(offer, contact, gateway, monkeypatch) -> Counter:
    """Every buyer has read that pieces are left before anyone takes one; then each goes all the way. What became of them."""
    StockRecord.objects.filter(pk=offer.pk).update(num_in_stock=PIECES)
    offer.refresh_from_db()
    baskets = [basket_of(offer) for _ in range(BUYERS)]
    everyone_has_looked = Barrier(BUYERS)
    look = services.require_sellable

    def look_and_wait(*args, **kwargs) -> None:
        look(*args, **kwargs)
        everyone_has_looked.wait(30)

    monkeypatch.setattr(services, "require_sellable", look_and_wait)

    def buy(basket) -> str:
        try:
            purchase = start_purchase(basket=basket, user=None, contact=contact)
        except ValidationError as error:
            return error.code
        back = gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
        return finish_attempt(back.split("/")[3]).state

    return Counter(at_once(*(lambda basket=basket: buy(basket) for basket in baskets)))


def test_five_pieces_give_five_orders(workshop_offer, contact, gateway, monkeypatch):
    became = sell_the_last_pieces(workshop_offer, contact, gateway, monkeypatch)
    assert became == {"finished": PIECES, "sold_out": BUYERS - PIECES}
    assert (Order.objects.count(), Purchase.objects.count(), PaymentAttempt.objects.count()) == (PIECES,) * 3
    workshop_offer.refresh_from_db()
    assert (workshop_offer.num_allocated, workshop_offer.net_stock_level) == (PIECES, 0)


def test_with_the_guard_off_the_same_crowd_is_oversold(workshop_offer, contact, gateway, monkeypatch):
    def as_oscar_takes_them(wanted) -> None:
        for offer, quantity in wanted:
            AbstractStockRecord.allocate(offer, quantity)

    monkeypatch.setattr(services, "take_pieces", as_oscar_takes_them)
    became = sell_the_last_pieces(workshop_offer, contact, gateway, monkeypatch)
    assert became == {"finished": BUYERS}
    workshop_offer.refresh_from_db()
    assert (Order.objects.count(), workshop_offer.net_stock_level) == (BUYERS, PIECES - BUYERS)


def test_one_basket_posted_ten_times_is_one_purchase(workshop_offer, contact):
    basket = basket_of(workshop_offer)
    post = type(basket).objects.get
    became = at_once(*[lambda: start_purchase(basket=post(pk=basket.pk), user=None, contact=contact)] * 10)
    assert Counter(getattr(one, "code", "held") for one in became) == {"held": 1, "basket_frozen": 9}
    workshop_offer.refresh_from_db()
    assert (Purchase.objects.count(), workshop_offer.num_allocated) == (1, 1)


def test_callbacks_and_sweepers_at_once_finish_once(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    number = PaymentAttempt.objects.get().number
    became = at_once(*[lambda: finish_attempt(number)] * 10)
    assert [one for one in became if isinstance(one, Exception)] == []
    purchase.refresh_from_db()
    workshop_offer.refresh_from_db()
    assert (Order.objects.count(), purchase.state, PaymentAttempt.objects.get().state) == (1, "ordered", "finished")
    assert workshop_offer.num_allocated == 1


def test_a_release_and_a_payment_at_once_leave_stock_that_adds_up(workshop_offer, contact, gateway):
    purchases = [purchase_of(workshop_offer, contact) for _ in range(3)]
    actions = []
    for purchase in purchases:
        gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
        number = PaymentAttempt.objects.latest("id").number
        actions += [lambda number=number: finish_attempt(number)]
        actions += [lambda purchase=purchase: services.give_back(purchase, "released")]
    became = at_once(*actions)
    assert [one for one in became if isinstance(one, Exception)] == []
    workshop_offer.refresh_from_db()
    assert Order.objects.count() == 3
    assert workshop_offer.num_allocated == 3
