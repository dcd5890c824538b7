"""Buyers who want the same thing at the same moment: pieces in rival order, one basket twice, a voucher's last use, money back in parts."""

from collections import Counter
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Lock

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from oscar.apps.basket.abstract_models import AbstractBasket

from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.services import send_to_gateway, start_purchase
from marketplace.checkout.sweeper import sweep
from marketplace.order.models import MoneyBack, SellerOrder
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.partner.models import StockRecord, take_pieces
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.services import finish_attempt
from marketplace.voucher.models import Voucher
from tests.checkout.crowd import at_once
from tests.checkout.sale import allocated, basket_of, purchase_of
from tests.checkout.test_late_payments import somebody_waits
from tests.faults.processes import killed
from tests.faults.test_killed import CALLBACK, PRICE, later
from tests.offer.discounts import a_range, a_voucher, an_offer

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
BUYERS = 10


@pytest.fixture
def two_offers(workshop_offer, foreign_tray) -> list[StockRecord]:
    """The kilim and the tray, enough of each."""
    StockRecord.objects.update(num_in_stock=100)
    return [offer_to_sell(workshop_offer.pk), offer_to_sell(foreign_tray.stockrecords.get().pk)]


def code_of(act) -> str:
    try:
        act()
    except ValidationError as error:
        return error.code
    return "done"


def test_baskets_with_the_same_works_in_opposite_order_never_wait_for_each_other(two_offers, contact):
    def basket(nth: int) -> Basket:
        made = Basket()
        for offer in two_offers if nth % 2 else reversed(two_offers):
            add_to_basket(basket=made, offer=offer)
        return made

    baskets = [basket(nth) for nth in range(BUYERS)]
    became = at_once(*(lambda one=one: start_purchase(basket=one, user=None, contact=contact).state for one in baskets))
    assert became == ["reserved"] * BUYERS
    assert [allocated(offer) for offer in two_offers] == [BUYERS] * 2


def test_without_one_order_of_taking_two_such_baskets_lock_each_other_out(two_offers, end):
    both_hold_one = Barrier(2)

    def take(offers) -> None:
        with transaction.atomic():
            for offer in offers:
                offer_to_sell(offer.pk).allocate(1)
                if not both_hold_one.broken and both_hold_one.n_waiting < 2 and offer is offers[0]:
                    both_hold_one.wait(10)

    became = at_once(lambda: take(two_offers), lambda: take(two_offers[::-1]))
    assert sorted(type(one).__name__ for one in became) == ["NoneType", "OperationalError"]
    assert "deadlock" in str(next(one for one in became if isinstance(one, OperationalError)))
    end.broken = True


def pieces_are_taken_while_an_order_is_written(offers) -> list:
    """The order refers to the second offer, then, when somebody waits or has taken both, to the first."""
    second_is_named = Event()

    def refer(cursor, offer) -> None:
        """As a line of an order does by its foreign key."""
        cursor.execute("SELECT 1 FROM partner_stockrecord WHERE id = %s FOR KEY SHARE", [offer.pk])

    def write_order() -> str:
        with transaction.atomic(), connection.cursor() as cursor:
            refer(cursor, offers[1])
            second_is_named.set()
            somebody_waits(1)
            refer(cursor, offers[0])
        return "written"

    def take() -> str:
        assert second_is_named.wait(10)
        with transaction.atomic():
            return "short" if take_pieces((offer_to_sell(offer.pk), 1) for offer in offers) else "taken"

    return at_once(write_order, take)


def test_taking_pieces_never_waits_for_orders_that_only_refer_to_their_offers(two_offers, end):
    offers = sorted(two_offers, key=lambda offer: offer.pk)
    assert pieces_are_taken_while_an_order_is_written(offers) == ["written", "taken"]
    assert [allocated(offer) for offer in offers] == [1, 1]
    end.broken = True


def test_with_a_lock_that_keeps_references_out_the_two_lock_each_other_out(two_offers, end, monkeypatch):
    offers = sorted(two_offers, key=lambda offer: offer.pk)
    lock = QuerySet.select_for_update
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, *, no_key=False, **more: lock(self, **more))
    became = pieces_are_taken_while_an_order_is_written(offers)
    assert ["deadlock" in str(one) for one in became].count(True) == 1
    end.broken = True


def test_a_vouchers_last_use_goes_to_one_of_ten(two_offers, kilim, contact):
    voucher = a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), usage=Voucher.SINGLE_USE)
    baskets = [basket_of(two_offers[0]) for _nth in range(BUYERS)]
    for basket in baskets:
        basket.vouchers.set([voucher])

    def buy(basket) -> str:
        """With the total that the page showed: nobody pays the full price without having seen it."""
        return code_of(lambda: start_purchase(basket=basket, user=None, contact=contact, seen_rial=PRICE * 9 // 10))

    became = at_once(*(lambda one=one: buy(one) for one in baskets))
    assert Counter(became) == {"done": 1, "total_changed": BUYERS - 1}
    assert allocated(two_offers[0]) == 1


def test_a_guests_basket_merged_by_ten_requests_at_once_is_merged_once(two_offers, buyer):
    guest = Client()
    guest.post(reverse("basket:add"), {"offer": two_offers[0].pk, "quantity": "2"})
    kept = {name: morsel.value for name, morsel in guest.cookies.items()}
    mine = basket_of(two_offers[0], 1, owner=buyer)
    add_to_basket(basket=mine, offer=two_offers[1])

    def come_signed_in() -> int:
        browser = Client()
        browser.force_login(buyer)
        for name, value in kept.items():
            if name != "sessionid":
                browser.cookies[name] = value
        return browser.get(reverse("basket:summary")).status_code

    assert at_once(*[come_signed_in] * BUYERS) == [200] * BUYERS
    lines = Line.objects.filter(basket__status=Basket.OPEN, basket__owner=buyer)
    assert sorted(lines.values_list("stockrecord_id", "quantity")) == sorted(
        [(two_offers[0].pk, 2), (two_offers[1].pk, 1)]
    )
    assert Basket.objects.filter(status=Basket.OPEN).count() == 1


def merged_twice(two_offers, buyer, monkeypatch) -> list[int]:
    """Two requests bring the same guest's basket; each has read its lines before either moves one. What the buyer then has."""
    guest, mine = basket_of(two_offers[1]), Basket.objects.create(owner=buyer)
    both_have_read, one_by_one = Barrier(2), Lock()
    merge_line = Basket.merge_line

    def read_then_move(self, line, add_quantities=True) -> None:
        with suppress(BrokenBarrierError):  # under the lock the other one cannot come
            both_have_read.wait(1)
        with one_by_one:
            merge_line(self, line, add_quantities)

    monkeypatch.setattr(Basket, "merge_line", read_then_move)

    def come() -> None:
        Basket.objects.get(pk=mine.pk).merge(Basket.objects.get(pk=guest.pk), add_quantities=False)

    assert at_once(come, come) == [None, None]
    return list(mine.lines.values_list("quantity", flat=True))


def test_a_guests_work_is_still_there_after_two_requests_merged_it(two_offers, buyer, monkeypatch):
    assert merged_twice(two_offers, buyer, monkeypatch) == [1]


def test_with_the_lock_off_the_second_merge_deletes_the_work(two_offers, buyer, monkeypatch):
    monkeypatch.setattr(Basket, "merge", AbstractBasket.merge)
    assert merged_twice(two_offers, buyer, monkeypatch) == []


def test_pieces_cancelled_at_once_give_their_money_back_once_each(workshop_offer, contact, bank, buyer):
    part = sold_three(workshop_offer, contact, bank, buyer)
    line = part.lines.get().pk
    cancel = lambda: code_of(lambda: cancel_pieces(part=part, pieces={line: 1}, who=BUYER, by=buyer))  # noqa: E731
    became = Counter(at_once(*[cancel] * 6))
    assert became["done"] == 3
    sweep()
    later()
    sweep()
    given = sum(MoneyBack.objects.values_list("amount_rial", flat=True))
    assert (given, PaymentAttempt.objects.get().refunded_rial, allocated(workshop_offer)) == (3 * PRICE, 3 * PRICE, 0)
    for _nth in range(3):
        later()
        sweep()
    assert set(Refund.objects.values_list("state", flat=True)) == {"given"}


@pytest.mark.parametrize("place", ["refund claimed, not asked", "refunded, not written"])
def test_a_worker_killed_while_a_refund_is_asked_gives_it_once(workshop_offer, contact, bank, buyer, place):
    part = sold_three(workshop_offer, contact, bank, buyer)
    cancel_pieces(part=part, pieces={part.lines.get().pk: 1}, who=BUYER, by=buyer)
    refund = Refund.objects.get()
    killed("give", refund.number, halt=place)
    refund.refresh_from_db()
    assert refund.state == "sent"
    later()
    sweep()
    refund.refresh_from_db()
    assert (refund.state, PaymentAttempt.objects.get().refunded_rial) == ("given", PRICE)


def sold_three(offer, contact, bank, buyer) -> SellerOrder:
    """Three kilims, paid at the gateway."""
    purchase = purchase_of(offer, contact, 3, user=buyer)
    bank.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url)
    finish_attempt(PaymentAttempt.objects.get().number)
    return SellerOrder.objects.get()
