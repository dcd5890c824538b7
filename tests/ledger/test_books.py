"""Each verb of the books: exact legs; twice is once; what cannot be is refused and writes nothing."""

import pytest

from marketplace.ledger import books
from marketplace.ledger.books import SalePart
from marketplace.ledger.journal import OtherLegs, Unbalanced, credit, debit, record
from tests.cast import DAY
from tests.ledger.conftest import balances, written

pytestmark = pytest.mark.django_db
ATTEMPT = "attempt:PAY-1"


def sale(parts, **changes):
    facts = {"source": ATTEMPT, "gateway": "sandbox", "amount_rial": 1_400_000, "parts": parts, "on": DAY} | changes
    return books.record_sale(**facts)


def test_a_sale_owes_each_seller_its_part_less_commission(two_parts, weaver_seller, copper_seller):
    entry = sale(two_parts, reference="RST-1")
    assert balances() == {
        "clearing:sandbox": 1_400_000,
        "discounts": 100_000,
        f"payable:{weaver_seller.pk}": -973_000,
        f"payable:{copper_seller.pk}": -415_350,
        "commission": -101_500,
        "tax": -10_150,
    }
    assert entry.sealed_at is not None
    assert (entry.reference, entry.on) == ("RST-1", DAY)
    legs = entry.postings.filter(account__seller=weaver_seller).values_list("what", "amount_rial")
    assert dict(legs) == {"goods": -1_000_000, "delivery": -50_000, "commission": 70_000, "tax": 7_000}


def test_the_same_sale_again_is_the_first_one(two_parts):
    first = sale(two_parts)
    before = written(), balances()
    assert sale(list(reversed(two_parts)), on=DAY.replace(day=23)).pk == first.pk
    assert (written(), balances()) == before


def test_the_same_event_with_other_amounts_is_refused(two_parts):
    sale(two_parts)
    before = written(), balances()
    with pytest.raises(OtherLegs):
        sale(two_parts[:1], amount_rial=950_000)
    assert (written(), balances()) == before


@pytest.mark.parametrize("amount", [1_399_999, 14_000_000, 140_000, 0, -1])
def test_a_sale_of_another_amount_is_refused(amount, two_parts):
    with pytest.raises(ValueError, match="rial"):
        sale(two_parts, amount_rial=amount)
    assert written() == (0, 0)


@pytest.mark.parametrize(
    "part",
    [
        {"goods_rial": 10, "delivery_rial": -1},
        {"goods_rial": 10, "commission_rial": 11},
        {"goods_rial": 10, "commission_rial": 10, "tax_rial": 1},
        {"goods_rial": -10, "delivery_rial": 19},
    ],
)
def test_a_part_below_nothing_is_refused(part, weaver_seller, copper_seller):
    odd, even = SalePart(weaver_seller.pk, **part), SalePart(copper_seller.pk, goods_rial=100)
    with pytest.raises(ValueError, match="below nothing"):
        sale([odd, even], amount_rial=odd.paid_rial + 100)
    assert written() == (0, 0)


def test_a_part_that_the_discount_pays_in_full_still_earns(weaver_seller, copper_seller):
    parts = [SalePart(weaver_seller.pk, goods_rial=500, discount_rial=500), SalePart(copper_seller.pk, goods_rial=100)]
    sale(parts, amount_rial=100)
    assert balances()[f"payable:{weaver_seller.pk}"] == -500


def test_no_part_of_a_rial_is_recorded(db):
    with pytest.raises(Unbalanced, match="whole number"):
        record(source="x", event="y", on=DAY, legs=[debit("bank", 1.5), credit("refunds", 1.5)])
    assert written() == (0, 0)


@pytest.mark.parametrize("legs", [[], [debit("bank", 5)], [debit("bank", 5), credit("refunds", 4)],
                                  [debit("bank", 5), credit("bank", 5)]])  # fmt: skip
def test_legs_that_do_not_balance_or_move_nothing_are_refused(legs, db):
    with pytest.raises(Unbalanced):
        record(source="x", event="y", on=DAY, legs=legs)
    assert written() == (0, 0)


def test_a_full_return_leaves_only_what_was_paid_and_promised_back(two_parts):
    sale(two_parts)
    books.record_return(source="return:1", parts=two_parts, amount_rial=1_400_000, on=DAY)
    assert balances() == {"clearing:sandbox": 1_400_000, "refunds": -1_400_000}
    books.record_refund_given(source=ATTEMPT, event="given:1", gateway="sandbox", amount_rial=1_400_000, on=DAY)
    assert balances() == {}


def test_a_return_after_the_money_went_leaves_the_seller_owing(two_parts, weaver_seller):
    sale(two_parts)
    books.record_split(source=ATTEMPT, gateway="sandbox", parts={weaver_seller.pk: 973_000}, on=DAY)
    assert f"payable:{weaver_seller.pk}" not in balances()
    books.record_return(source="return:1", parts=two_parts[:1], amount_rial=950_000, on=DAY)
    assert balances()[f"payable:{weaver_seller.pk}"] == 973_000
    assert balances()["refunds"] == -950_000


def test_a_refused_payment_is_promised_and_given_back(db):
    books.record_refused(source=ATTEMPT, gateway="sandbox", amount_rial=700, on=DAY)
    assert balances() == {"clearing:sandbox": 700, "refunds": -700}
    for event, rial in (("given:1", 300), ("given:2", 400), ("given:2", 400)):
        books.record_refund_given(source=ATTEMPT, event=event, gateway="sandbox", amount_rial=rial, on=DAY)
    assert balances() == {}
    assert written()[0] == 3


def test_suspense_is_promised_back_or_taken_back_to_its_gateway(db):
    books.record_suspense(source=ATTEMPT, gateway="stripe", amount_rial=900, on=DAY)
    assert balances() == {"clearing:stripe": 900, "suspense": -900}
    books.resolve_suspense(source=ATTEMPT, amount_rial=400, on=DAY, event="resolved:1")
    assert balances() == {"clearing:stripe": 900, "suspense": -500, "refunds": -400}
    books.resolve_suspense(source=ATTEMPT, amount_rial=500, on=DAY, event="resolved:2", gateway="stripe")
    assert balances() == {"clearing:stripe": 400, "refunds": -400}


def test_a_payout_is_on_its_way_then_paid(two_parts, copper_seller):
    sale(two_parts)
    source = "payout:1"
    books.record_payout(source=source, seller_id=copper_seller.pk, amount_rial=415_350, on=DAY)
    assert f"payable:{copper_seller.pk}" not in balances()
    assert balances()["payouts"] == -415_350
    books.record_payout_paid(source=source, amount_rial=415_350, on=DAY)
    assert "payouts" not in balances()
    assert balances()["bank"] == -415_350


@pytest.mark.parametrize("was_paid", [False, True])
def test_a_payout_that_fails_is_owed_again(was_paid, two_parts, copper_seller):
    sale(two_parts)
    before = balances()
    facts = {"source": "payout:1", "amount_rial": 415_350, "on": DAY}
    books.record_payout(seller_id=copper_seller.pk, **facts)
    if was_paid:
        books.record_payout_paid(**facts)
    books.record_payout_failed(seller_id=copper_seller.pk, was_paid=was_paid, **facts)
    assert balances() == before


def test_a_gateway_settles_what_it_held_less_its_fee(two_parts):
    sale(two_parts)
    books.record_clearing_settled(
        source="settlement:1", gateway="sandbox", amount_rial=1_400_000, fee_rial=12_000, on=DAY
    )
    left = balances()
    assert (left["bank"], left["fees"], "clearing:sandbox" in left) == (1_388_000, 12_000, False)


@pytest.mark.parametrize("fee", [-1, 101])
def test_a_fee_above_the_amount_or_below_nothing_is_refused(fee, db):
    with pytest.raises(ValueError, match="fee"):
        books.record_clearing_settled(source="s", gateway="sandbox", amount_rial=100, fee_rial=fee, on=DAY)
    assert written() == (0, 0)


def test_a_sale_costs_the_same_queries_for_any_number_of_lines(two_parts, django_assert_num_queries):
    sale(two_parts)
    with django_assert_num_queries(9):  # look, two savepoints, entry, accounts, postings, seal
        sale(two_parts, source="attempt:PAY-2")
