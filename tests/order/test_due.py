"""What is held back: while a buyer may cancel, withdraw or argue; never what the gateway sent with the payment."""

from datetime import timedelta

import pytest

from marketplace.core import clock
from marketplace.ledger import payouts, queries
from marketplace.ledger.models import CommissionRule
from marketplace.order.due import held_back
from marketplace.order.models import Return
from marketplace.order.returns import ask_return, close_return
from marketplace.order.rules import BUYER, last_day_to_return
from marketplace.order.steps import cancel_pieces
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.payments.models import PaymentAttempt
from tests.cast import DAY
from tests.ledger.conftest import IBAN
from tests.order.sold import arrived, line_of, paid, sent

EARNED = 3 * 162_000_000


@pytest.fixture(autouse=True)
def _share(day):
    CommissionRule.objects.create(position=1, share_bp=1000, valid_from=DAY)


def test_what_was_not_sent_or_is_on_its_way_is_held(sold, artisan):
    assert held_back(DAY) == {sold.seller_id: EARNED}
    sent(sold, artisan)
    assert held_back(DAY + timedelta(60)) == {sold.seller_id: EARNED}


def test_cancelled_pieces_are_not_held_for_they_are_not_owed(sold, buyer):
    cancel_pieces(part=sold, pieces={line_of(sold).pk: 1}, who=BUYER, by=buyer)
    assert held_back(DAY) == {sold.seller_id: 324_000_000} == queries.owed_to()
    cancel_pieces(part=sold, pieces={line_of(sold).pk: 2}, who=BUYER, by=buyer)
    assert held_back(DAY) == {}


def test_what_arrived_is_held_until_the_days_of_withdrawal_are_over(sold, artisan, day):
    arrived(sold, artisan)
    sold.refresh_from_db()
    last = last_day_to_return(sold, Return.Reason.WITHDRAWAL)
    assert held_back(last) == {sold.seller_id: EARNED}
    assert held_back(last + timedelta(1)) == {}


def test_an_open_return_holds_on(sold, artisan, day):
    arrived(sold, artisan)
    given = ask_return(part=sold, pieces={line_of(sold).pk: 1}, reason="withdrawal")
    assert held_back(DAY + timedelta(60)) == {sold.seller_id: EARNED}
    close_return(given=given, by=None)
    assert held_back(DAY + timedelta(60)) == {}


def test_what_went_with_the_payment_is_not_held(sold):
    PaymentAttempt.objects.update(
        split=[{"iban": IBAN, "amount_rial": EARNED - 7, "description": "", "seller": sold.seller_id}]
    )
    assert held_back(DAY) == {sold.seller_id: 7}


def test_a_sale_while_the_balances_are_read_is_not_paid_too_early(sold, artisan, workshop_offer, contact):
    verify_iban(seller=set_iban(seller=sold.seller, iban=IBAN, owner="رضا"), on=DAY)
    arrived(sold, artisan)
    clock.set_today(DAY + timedelta(30))
    type(workshop_offer).objects.update(num_in_stock=5)
    paid(workshop_offer, contact, 1)
    made = payouts.prepare(on=DAY + timedelta(30), held=lambda: held_back(DAY + timedelta(30)))
    assert [item.amount_rial for item in made.payout.items.all()] == [EARNED]


def test_it_takes_the_same_queries_for_any_number_of_orders(sold, workshop_offer, contact, django_assert_num_queries):
    type(workshop_offer).objects.update(num_in_stock=9)
    with django_assert_num_queries(4):
        held_back(DAY)
    paid(workshop_offer, contact)
    with django_assert_num_queries(4):
        held_back(DAY)
