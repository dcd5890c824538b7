"""The bench of orders: what is put into baskets, what is counted, and that a missing order is told."""

import random

import pytest

from marketplace.bench import orders
from marketplace.bench.buyers import Seen
from marketplace.bench.live import NoServer
from marketplace.bench.orders import SALES, Counts, Sale, audited, baskets, figures, lines, shelves, stock_up
from marketplace.partner.models import StockRecord
from tests.checkout.sale import purchase_of

SHELF = [[1, 2, 3, 4], [5, 6, 7], [8, 9, 10], [11, 12, 13]]


def test_a_basket_holds_so_many_lines_of_so_many_makers():
    for sale in SALES:
        for basket in baskets(sale, 20, SHELF, random.Random(1)):
            makers = {nth for offer in basket for nth, offers in enumerate(SHELF) if offer in offers}
            assert (len(makers), len(set(basket))) == (sale.makers, sale.makers * sale.lines)


def test_baskets_differ_unless_all_want_the_same():
    chance = random.Random(1)
    assert len({tuple(one) for one in baskets(Sale("", 3, 3), 20, SHELF, chance)}) > 1
    assert {tuple(one) for one in baskets(Sale("", 2, 2, alike=True), 20, SHELF, chance)} == {(1, 2, 5, 6)}


def test_what_is_one_of_a_kind_stays_so_and_the_rest_is_stocked_up(kilim, workshop_offer):
    kilim.one_of_a_kind = False
    kilim.save()
    stock_up()
    assert StockRecord.objects.get(pk=workshop_offer.pk).num_in_stock == orders.PIECES
    assert set(StockRecord.objects.filter(product__one_of_a_kind=True).values_list("num_in_stock", flat=True)) <= {
        0,
        1,
        2,
        3,
    }


def test_too_few_makers_are_told(workshop_offer):
    with pytest.raises(NoServer, match="Only 0 makers"):
        shelves()


def test_a_line_says_the_figures_of_the_whole_and_of_each_step_and_what_went_wrong():
    seen = Seen([[float(n), 1.0, 2.0, 3.0] for n in range(1, 101)], ["late", "late"])
    first, second = lines("three", seen)
    assert first.split() == ["three", "100", "57.0", "101.0", "106.0", "95,", "1,", "2,", "3"]
    assert second == "    2 not sold: late"


def test_figures_are_middle_late_and_most():
    assert figures([float(n) for n in range(1, 101)]) == (51.0, 95.0, 100.0)


def test_a_market_where_all_is_counted_is_clean(db):
    told = list(audited(3, Counts(orders=3, lines=27, payments=3, finished=3)))
    assert told == [
        "3 orders were bought; the market made 3 of 27 lines, and 3 of 3 payments finished",
        "audit_money: Every rial adds up.",
        "audit_market: Nothing breaks a rule.",
    ]


@pytest.mark.parametrize("made", [Counts(2, 18, 3, 3), Counts(3, 27, 3, 2), Counts(3, 27, 4, 3)])
def test_an_order_or_a_payment_that_is_missing_ends_with_an_error(made, db):
    with pytest.raises(SystemExit):
        list(audited(3, made))


def test_a_breach_that_an_audit_finds_is_told_and_ends_with_an_error(workshop_offer, contact):
    purchase_of(workshop_offer, contact)
    StockRecord.objects.filter(pk=workshop_offer.pk).update(num_allocated=0)
    told = audited(0, Counts(0, 0, 0, 0))
    assert ["0 pieces are reserved, buyers wait for 1." in next(told) for _nth in range(3)] == [False, True, False]
    with pytest.raises(SystemExit):
        next(told)


def test_counts_are_what_came_since(db):
    assert Counts.now() - Counts(0, 0, 0, 0) == Counts(0, 0, 0, 0)
    assert Counts(5, 9, 4, 3) - Counts(1, 2, 3, 3) == Counts(4, 7, 1, 0)
