"""Uses of offers and vouchers by an order that is cancelled whole are given back, once; by one that stands in part they are not."""

from collections.abc import Callable
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import start_purchase
from marketplace.core.registry import MONEY, audits
from marketplace.offer.models import ConditionalOffer, OfferUse
from marketplace.order import steps
from marketplace.order.models import Order, SellerOrder
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.voucher.models import Voucher
from tests.checkout.crowd import at_once
from tests.checkout.sale import basket_of
from tests.offer.discounts import a_range, a_voucher, an_offer

pytestmark = pytest.mark.django_db
KILIM, TRAY = 180_000_000, 45_000_000


@pytest.fixture
def once() -> ConditionalOffer:
    """Ten percent off everything: one use for each buyer, one in all."""
    every = a_range(includes_all_products=True)
    return an_offer(every, max_user_applications=1, max_global_applications=1, max_basket_applications=1)


@pytest.fixture
def order(workshop_offer, foreign_tray, contact, buyer) -> Callable[..., Order]:
    """An order of the kilim and the tray, of two makers."""

    def place(voucher: Voucher | None = None) -> Order:
        basket = basket_of(workshop_offer, owner=buyer)
        add_to_basket(basket=basket, offer=offer_to_sell(foreign_tray.stockrecords.get().pk), quantity=1)
        if voucher is not None:
            basket.vouchers.add(voucher)
        return place_order(start_purchase(basket=basket, user=buyer, contact=contact))

    return place


def cancel(part: SellerOrder) -> None:
    line = part.lines.get()
    cancel_pieces(part=part, pieces={line.pk: line.standing}, who=BUYER, by=None)


def uses() -> list[str]:
    return list(OfferUse.objects.order_by("pk").values_list("state", flat=True))


def silent() -> bool:
    return not [word for walk in audits(MONEY).values() for word in walk()]


def test_the_last_cancelled_part_gives_the_uses_back_and_they_can_be_used_again(once, order):
    first, second = order().seller_orders.order_by("pk")
    cancel(first)
    once.refresh_from_db()
    assert (uses(), once.num_applications) == (["final"], 1)
    cancel(second)
    once.refresh_from_db()
    assert (uses(), once.num_applications, once.total_discount) == (["given_back"], 0, 0)
    again = order()
    once.refresh_from_db()
    assert (uses(), once.num_applications, again.total_incl_tax) == (
        ["given_back", "final"],
        1,
        (KILIM + TRAY) * 9 // 10,
    )
    assert silent()


def test_an_order_cancelled_before_gives_nothing_back_twice(once, order):
    placed = order()
    for part in placed.seller_orders.order_by("pk"):
        cancel(part)
    with pytest.raises(ValidationError):
        cancel(placed.seller_orders.first())
    steps.give_order_uses_back(source=placed.number, order=placed)
    once.refresh_from_db()
    assert (once.num_applications, uses()) == (0, ["given_back"])


def test_a_voucher_once_for_each_customer_can_be_used_again(order):
    voucher = a_voucher(
        an_offer(a_range(includes_all_products=True), offer_type="Voucher"), usage=Voucher.ONCE_PER_CUSTOMER
    )
    placed = order(voucher)
    voucher.refresh_from_db()
    assert (voucher.num_orders, voucher.is_available_to_user(placed.user)[0]) == (1, False)
    for part in placed.seller_orders.order_by("pk"):
        cancel(part)
    voucher.refresh_from_db()
    assert (voucher.num_orders, voucher.applications.count()) == (0, 0)
    assert voucher.is_available_to_user(placed.user)[0] is True
    assert silent()


def cancelled_at_once(placed: Order, monkeypatch, give: Callable[[SellerOrder, Barrier], None]) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")
    both = Barrier(2)
    monkeypatch.setattr(steps, "_give_uses_back", lambda last: give(last, both))
    parts = list(placed.seller_orders.order_by("pk"))
    became = at_once(*(lambda part=part: cancel(part) for part in parts))
    assert [one for one in became if isinstance(one, Exception)] == []
    assert set(placed.seller_orders.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_two_parts_cancelled_at_once_give_the_uses_back_once(once, order, monkeypatch):
    real = steps._give_uses_back

    def give(last: SellerOrder, both: Barrier) -> None:
        both.wait(30)
        real(last)

    cancelled_at_once(order(), monkeypatch, give)
    once.refresh_from_db()
    assert (uses(), once.num_applications, silent()) == (["given_back"], 0, True)


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_with_the_lock_off_neither_sees_the_other_and_the_use_is_lost(once, order, monkeypatch):
    def give(last: SellerOrder, both: Barrier) -> None:
        stands = last.order.seller_orders.exclude(pk=last.pk).exclude(state="cancelled").exists()
        both.wait(30)
        if not stands:
            steps.give_order_uses_back(source=last.order.number, order=last.order)

    cancelled_at_once(order(), monkeypatch, give)
    once.refresh_from_db()
    assert (uses(), once.num_applications) == (["final"], 1)
