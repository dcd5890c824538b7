"""After a dispute that the bank decided for the buyer: what was not sent is cancelled, and nobody's money is sent twice."""

from collections import Counter
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import start_purchase
from marketplace.core.models import Notice
from marketplace.core.registry import MARKET, MONEY, audits
from marketplace.ledger import queries
from marketplace.ledger.books import record_split
from marketplace.order import giving_back
from marketplace.order.models import Letter, MoneyBack, SellerOrder
from marketplace.order.returns import accept_return, ask_return, received_back
from marketplace.order.rules import BUYER, SELLER
from marketplace.order.steps import cancel_pieces
from marketplace.partner.models import StockRecord
from marketplace.payments.disputes import take_dispute
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import store_refund
from tests.cast import DAY
from tests.checkout.crowd import at_once
from tests.checkout.sale import allocated, basket_of
from tests.order.sold import arrived, line_of, sent

PRICE, TRAY = 180_000_000, 45_000_000
CLEARING = "clearing:sandbox"


def dispute(part: SellerOrder, rial: int, status: str = "lost", number: str = "dp_1") -> None:
    """The bank's word on the payment of an order, which it gives twice."""
    for _nth in range(2):
        take_dispute(part.order.payment, number=number, rial=rial, status=status)


def cancel(part: SellerOrder, pieces: int, artisan=None) -> MoneyBack:
    lines = {line_of(part).pk: pieces}
    return cancel_pieces(part=part, pieces=lines, who=SELLER, by=artisan, reason="بانک")


def promised() -> list[int]:
    return list(Refund.objects.order_by("pk").values_list("amount_rial", flat=True))


def silent() -> bool:
    return not [word for of in (MONEY, MARKET) for walk in audits(of).values() for word in walk()]


def test_what_was_not_sent_is_cancelled_and_no_money_goes_a_second_time(sold, workshop_offer, artisan):
    dispute(sold, 3 * PRICE)
    assert queries.balances() == {f"payable:{sold.seller_id}": -3 * PRICE, "losses": 3 * PRICE}
    back = cancel(sold, 3, artisan)
    assert (back.amount_rial, back.taken_rial, back.refund, promised()) == (3 * PRICE, 3 * PRICE, "", [])
    assert (queries.balances(), allocated(workshop_offer), silent()) == ({}, 0, True)
    sold.refresh_from_db()
    assert (sold.state, PaymentAttempt.objects.get().refunded_rial) == ("cancelled", 0)
    assert Letter.objects.latest("pk").text_en.endswith("Your bank gave you the money before.")


def test_the_pieces_of_one_order_are_cancelled_one_after_another(sold, workshop_offer, artisan):
    dispute(sold, 3 * PRICE)
    for left in (2, 1, 0):
        cancel(sold, 1, artisan)
        assert (promised(), allocated(workshop_offer), silent()) == ([], left, True)
    assert queries.balances() == {}


def test_what_the_bank_left_is_refunded_and_what_it_took_is_not(sold, artisan):
    dispute(sold, PRICE)
    first, second, third = (cancel(sold, 1, artisan) for _nth in range(3))
    assert [back.taken_rial for back in (first, second, third)] == [PRICE, 0, 0]
    assert (promised(), PaymentAttempt.objects.get().refunded_rial) == ([PRICE, PRICE], 2 * PRICE)
    assert queries.balances() == {CLEARING: 2 * PRICE, "refunds": -2 * PRICE}
    assert silent()


def test_a_sum_that_is_no_whole_piece_is_covered_to_the_rial(sold, artisan):
    dispute(sold, 100_000_001)
    back = cancel(sold, 3, artisan)
    assert (back.taken_rial, promised(), silent()) == (100_000_001, [3 * PRICE - 100_000_001], True)


def test_of_what_the_bank_took_nothing_else_is_refunded(sold):
    dispute(sold, 2 * PRICE)
    with pytest.raises(ValidationError) as error:
        store_refund(attempt=sold.order.payment, amount_rial=PRICE + 1, source="x:1")
    assert (error.value.code, promised(), silent()) == ("refund_too_much", [], True)


def test_while_a_bank_has_not_decided_nothing_is_cancelled(sold, workshop_offer, artisan):
    dispute(sold, PRICE, "lost")
    dispute(sold, PRICE, "needs_response", "dp_2")
    with pytest.raises(ValidationError) as error:
        cancel(sold, 1, artisan)
    assert (error.value.code, MoneyBack.objects.count(), promised()) == ("disputed", 0, [])
    assert (allocated(workshop_offer), line_of(sold).cancelled, silent()) == (3, 0, True)


def test_a_dispute_that_was_won_is_refunded_as_ever(sold, artisan):
    dispute(sold, 3 * PRICE, "won")
    assert (cancel(sold, 1, artisan).taken_rial, promised(), silent()) == (0, [PRICE], True)


def test_what_was_refunded_before_stays_the_markets_loss(sold, artisan):
    cancel(sold, 1, artisan)
    dispute(sold, 3 * PRICE)
    assert cancel(sold, 2, artisan).taken_rial == 2 * PRICE
    assert (promised(), queries.balances()["losses"]) == ([PRICE], PRICE)


def test_what_was_sent_is_not_cancelled(sold, artisan):
    sent(sold, artisan)
    dispute(sold, 3 * PRICE)
    with pytest.raises(ValidationError) as error:
        cancel(sold, 1, artisan)
    assert (error.value.code, promised(), queries.balances()["losses"]) == ("too_late", [], 3 * PRICE)


def test_a_piece_that_comes_back_is_covered_too(sold, artisan, buyer):
    arrived(sold, artisan)
    dispute(sold, 3 * PRICE)
    given = ask_return(part=sold, pieces={line_of(sold).pk: 1}, reason="withdrawal", by=buyer)
    accept_return(given=given, by=artisan)
    assert received_back(given=given, by=artisan).taken_rial == PRICE
    assert (promised(), queries.balances()["losses"], silent()) == ([], 2 * PRICE, True)


def test_a_maker_who_was_paid_with_the_payment_owes_it_back(sold, artisan):
    paid = sold.order.payment
    split = [{"iban": "IR0", "amount_rial": 3 * PRICE, "description": "x", "seller": sold.seller_id}]
    PaymentAttempt.objects.update(split=split)
    record_split(source=paid.number, gateway="sandbox", parts={sold.seller_id: 3 * PRICE}, on=DAY)
    dispute(sold, 3 * PRICE)
    cancel(sold, 3, artisan)
    assert (queries.owed_by(), promised(), silent()) == ({sold.seller_id: 3 * PRICE}, [], True)


def told(user) -> list[str]:
    return [one.text_en for one in Notice.objects.filter(user=user) if "took the payment" in one.text_en]


def test_makers_are_told_once_and_only_of_what_they_have_not_sent(sold, artisan):
    dispute(sold, 3 * PRICE, "needs_response")
    assert told(artisan) == []
    dispute(sold, 3 * PRICE)
    assert told(artisan) == [
        f"The buyer's bank took the payment of {sold.number} back for good. Do not send it; cancel what is not sent."
    ]


def test_a_maker_who_sent_it_is_not_told(sold, artisan):
    sent(sold, artisan)
    dispute(sold, 3 * PRICE)
    assert told(artisan) == []


@pytest.fixture
def two_parts(workshop_offer, foreign_tray, contact) -> list[SellerOrder]:
    """Two kilims and two trays of two makers in one order, of which the bank took the price of a tray."""
    basket = basket_of(workshop_offer, 2)
    StockRecord.objects.filter(product=foreign_tray).update(num_in_stock=2)
    add_to_basket(basket=basket, offer=offer_to_sell(foreign_tray.stockrecords.get().pk), quantity=2)
    purchase = start_purchase(basket=basket, user=None, contact=contact)
    paid = PaymentAttempt.objects.create(
        number="PAY-TWO",
        gateway="sandbox",
        payable_kind="purchase",
        payable_id=purchase.pk,
        amount_rial=purchase.total_rial,
        state="finished",
        authority="A-2",
    )
    parts = list(place_order(purchase, paid).seller_orders.order_by("pk"))
    dispute(parts[0], TRAY)
    return parts


def covered_at_once(parts, monkeypatch) -> Counter:
    """Two makers cancel a piece; each has read what the bank took before either writes it down. What it covered for each."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")
    both_have_read, read = Barrier(2), giving_back._taken_and_not_covered

    def read_and_wait(*args) -> int:
        found = read(*args)
        with suppress(BrokenBarrierError):  # under the lock the other one cannot come
            both_have_read.wait(1)
        return found

    monkeypatch.setattr(giving_back, "_taken_and_not_covered", read_and_wait)
    return Counter(at_once(*(lambda part=part: cancel(part, 1).taken_rial for part in parts)))


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_of_two_makers_who_cancel_at_once_the_banks_money_covers_one(two_parts, monkeypatch):
    assert covered_at_once(two_parts, monkeypatch) == {TRAY: 1, 0: 1}
    assert sum(promised()) == PRICE
    assert silent()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_with_the_lock_off_it_is_counted_for_both(two_parts, monkeypatch):
    monkeypatch.setattr(giving_back, "_held_payment", lambda part: part.order.payment)
    assert covered_at_once(two_parts, monkeypatch) == {TRAY: 2}
    assert sum(promised()) < PRICE


def test_the_buyers_own_cancelling_says_what_the_bank_did(sold, client, buyer):
    dispute(sold, 3 * PRICE)
    client.force_login(buyer)
    page = f"/en/checkout/order/{sold.order.number}/{sold.pk}/cancel/"
    answer = client.post(page, {f"pieces_{line_of(sold).pk}": "1"}, follow=True)
    assert "Your bank gave you the money before." in answer.content.decode()
    assert "Given to you by your bank before:" in answer.content.decode()
    assert cancel_pieces(part=sold, pieces={line_of(sold).pk: 1}, who=BUYER, by=buyer).refunded_rial == 0
