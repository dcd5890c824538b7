"""Twenty buyers at once on five uses, on the money of an offer, and on one voucher, on PostgreSQL; and each race with its guard off."""

from collections import Counter
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from marketplace.checkout import services
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import give_back, start_purchase
from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.voucher.models import Voucher
from tests.checkout.crowd import at_once
from tests.checkout.sale import basket_of, purchase_of
from tests.offer.discounts import a_range, a_voucher, an_offer

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
BUYERS, USES = 20, 5


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


@pytest.fixture
def stock(workshop_offer) -> StockRecord:
    StockRecord.objects.filter(pk=workshop_offer.pk).update(num_in_stock=100)
    workshop_offer.refresh_from_db()
    return workshop_offer


def let_all_look_first(monkeypatch) -> None:
    """Nobody takes a piece or a use before every buyer has read that uses are left."""
    everyone_has_looked = Barrier(BUYERS)
    look = services.work_out

    def look_and_wait(**facts):
        found = look(**facts)
        assert len(found) == 1
        everyone_has_looked.wait(60)
        return found

    monkeypatch.setattr(services, "work_out", look_and_wait)
    # the stock row is taken before offers are looked at, and would let the buyers through one by one
    monkeypatch.setattr(services, "take_pieces", lambda wanted: None)


def buy_at_once(stock, contact, monkeypatch, *, user=None, voucher=None) -> Counter:
    """Every buyer goes all the way to an order. What became of them."""
    baskets = [basket_of(stock, owner=user) for _ in range(BUYERS)]
    for basket in baskets:
        basket.vouchers.set([voucher] if voucher else [])
    let_all_look_first(monkeypatch)

    def buy(basket) -> str:
        try:
            purchase = start_purchase(basket=basket, user=user, contact=contact)
        except ValidationError as error:
            return error.code
        return "ordered" if place_order(purchase).pk else ""

    return Counter(at_once(*(lambda basket=basket: buy(basket) for basket in baskets)))


def without_guard(model, monkeypatch) -> None:
    """Nothing is asked and nothing counted before the order, as in stock Oscar."""
    monkeypatch.setattr(model, "take", lambda self, **facts: None)


def five_uses(kilim) -> ConditionalOffer:
    return an_offer(a_range(kilim), max_global_applications=USES, max_basket_applications=1)


def one_voucher(kilim, usage) -> Voucher:
    return a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), usage=usage)


def test_five_uses_are_given_to_five_buyers(kilim, stock, contact, monkeypatch):
    offer = five_uses(kilim)
    assert buy_at_once(stock, contact, monkeypatch) == {"ordered": USES, "offer_used_up": BUYERS - USES}
    offer.refresh_from_db()
    assert (Order.objects.count(), OfferUse.objects.filter(state="final").count()) == (USES, USES)
    assert (offer.num_applications, offer.total_discount) == (USES, USES * 18_000_000)


def test_with_the_guard_off_twenty_get_what_five_may(kilim, stock, contact, monkeypatch):
    offer = five_uses(kilim)
    without_guard(ConditionalOffer, monkeypatch)
    assert buy_at_once(stock, contact, monkeypatch) == {"ordered": BUYERS}
    assert (offer.uses.filter(state="final").count(), offer.max_global_applications) == (BUYERS, USES)


def test_the_money_of_an_offer_is_never_passed(kilim, stock, contact, monkeypatch):
    offer = an_offer(a_range(kilim), max_discount=5 * 18_000_000 + 1)
    assert buy_at_once(stock, contact, monkeypatch) == {"ordered": USES, "offer_used_up": BUYERS - USES}
    offer.refresh_from_db()
    assert offer.total_discount == 90_000_000


def test_one_user_in_many_windows_uses_an_offer_as_often_as_each_may(kilim, stock, contact, buyer, monkeypatch):
    an_offer(a_range(kilim), max_user_applications=2, max_basket_applications=1)
    became = buy_at_once(stock, contact, monkeypatch, user=buyer)
    assert became == {"ordered": 2, "offer_used_by_you": BUYERS - 2}
    assert OfferUse.objects.times_of(buyer) == 2


def test_a_voucher_of_one_use_is_given_once(kilim, stock, contact, monkeypatch):
    voucher = one_voucher(kilim, Voucher.SINGLE_USE)
    became = buy_at_once(stock, contact, monkeypatch, voucher=voucher)
    assert became == {"ordered": 1, "voucher_used": BUYERS - 1}
    voucher.refresh_from_db()
    assert (voucher.num_orders, voucher.applications.count(), Order.objects.count()) == (1, 1, 1)


def test_with_the_guard_off_a_voucher_of_one_use_is_given_twenty_times(kilim, stock, contact, monkeypatch):
    voucher = one_voucher(kilim, Voucher.SINGLE_USE)
    without_guard(Voucher, monkeypatch)
    assert buy_at_once(stock, contact, monkeypatch, voucher=voucher) == {"ordered": BUYERS}
    assert voucher.applications.count() == BUYERS


def test_a_voucher_once_a_customer_is_given_once_to_one_customer(kilim, stock, contact, buyer, monkeypatch):
    voucher = one_voucher(kilim, Voucher.ONCE_PER_CUSTOMER)
    became = buy_at_once(stock, contact, monkeypatch, user=buyer, voucher=voucher)
    assert became == {"ordered": 1, "voucher_used_by_you": BUYERS - 1}
    assert voucher.applications.count() == 1


def test_uses_given_back_and_made_final_at_once_add_up(kilim, stock, contact):
    offer = an_offer(a_range(kilim), max_global_applications=3, max_basket_applications=1)
    purchases = [purchase_of(stock, contact) for _ in range(3)]
    actions = []
    for purchase in purchases:
        actions += [lambda purchase=purchase: place_order(purchase).number]
        actions += [lambda purchase=purchase: give_back(purchase, "released")]
    became = at_once(*actions)
    assert [one for one in became if isinstance(one, Exception)] == []
    offer.refresh_from_db()
    assert (Order.objects.count(), offer.num_applications) == (3, 3)
    assert set(OfferUse.objects.values_list("state", flat=True)) == {"final"}
