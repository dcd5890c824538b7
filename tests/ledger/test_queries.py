"""Balances, debts and statements, from the seller's side."""

from datetime import date

import pytest

from marketplace.ledger import books, queries
from marketplace.ledger.books import SalePart
from marketplace.partner.models import Partner
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def test_balances_and_debts(sold, two_parts, weaver_seller, copper_seller):
    books.record_split(source="attempt:PAY-1", gateway="sandbox", parts={weaver_seller.pk: 973_000}, on=DAY)
    books.record_return(source="return:1", parts=two_parts[:1], amount_rial=950_000, on=DAY)
    assert queries.balance("refunds") == -950_000
    assert queries.balance("nothing") == 0
    assert queries.owed_to() == {copper_seller.pk: 415_350}
    assert queries.owed_by() == {weaver_seller.pk: 973_000}
    assert queries.owed_by([copper_seller.pk]) == {}
    assert queries.trial_balance() == {"clearing:sandbox": 427_000, "commission": -31_500, "payable": 557_650,
                                       "refunds": -950_000, "tax": -3_150}  # fmt: skip
    assert sum(queries.trial_balance().values()) == 0


def test_a_statement_runs_from_the_balance_before(two_parts, weaver_seller):
    def sell(source: str, on: date) -> None:
        books.record_sale(
            source=source, gateway="sandbox", amount_rial=1_400_000, parts=two_parts, on=on, reference=source
        )

    sell("attempt:1", date(2026, 10, 1))
    sell("attempt:3", date(2026, 11, 20))
    sell("attempt:2", date(2026, 11, 1))
    sell("attempt:4", date(2026, 12, 1))
    books.record_split(source="attempt:3", gateway="sandbox", parts={weaver_seller.pk: 1_500_000}, on=DAY)
    found = queries.statement(weaver_seller, since=date(2026, 11, 1), until=DAY)
    assert (found.opening_rial, found.closing_rial) == (973_000, 3 * 973_000 - 1_500_000)
    assert [(row.reference, row.event, row.sum_rial, row.balance_rial) for row in found.rows] == [
        ("attempt:2", "sale", 973_000, 1_946_000),
        ("attempt:3", "sale", 973_000, 2_919_000),
        ("", "split", -1_500_000, 1_419_000),
    ]
    first = found.rows[0]
    assert (first.goods_rial, first.delivery_rial, first.commission_rial, first.tax_rial) == (
        1_000_000,
        50_000,
        -70_000,
        -7_000,
    )
    assert (found.total("commission_rial"), found.total("paid_rial")) == (-140_000, -1_500_000)


def test_the_licence_of_those_days(weaver_seller, licence):
    def licensed(since: date, until: date) -> bool:
        return queries.statement(weaver_seller, since=since, until=until).licence == licence

    assert licensed(date(2025, 1, 1), date(2025, 6, 1))
    assert not licensed(date(2025, 1, 1), date(2025, 5, 31))
    assert licensed(date(2027, 6, 1), date(2027, 7, 1))
    assert not licensed(date(2027, 6, 2), date(2027, 7, 1))
    licence.revoked_on = date(2026, 1, 1)
    licence.save()
    assert licensed(date(2025, 12, 31), DAY)
    assert not licensed(date(2026, 1, 1), DAY)


def test_a_seller_who_never_sold_has_an_empty_statement(db):
    found = queries.statement(Partner(), since=DAY, until=DAY)
    assert (found.opening_rial, found.closing_rial, found.rows, found.licence) == (0, 0, [], None)


def test_a_statement_takes_three_queries(sold, weaver_seller, django_assert_num_queries):
    for nth in range(9):
        part = SalePart(weaver_seller.pk, goods_rial=100)
        books.record_sale(source=f"attempt:{nth}", gateway="sandbox", amount_rial=100, parts=[part], on=DAY)
    with django_assert_num_queries(3):
        assert len(queries.statement(weaver_seller, since=DAY, until=DAY).rows) == 10
