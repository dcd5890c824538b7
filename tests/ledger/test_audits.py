"""`manage.py audit_money`: silent over sound books, and names the row of every kind of breach. Rows are broken with the rules off."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from marketplace.core.registry import MARKET, MONEY, audits
from marketplace.ledger import books, payouts
from marketplace.ledger.models import Account, Entry, PayoutItem
from marketplace.partner.models import StockRecord
from tests.cast import DAY
from tests.ledger.conftest import found, own_audits, written
from tests.listing.test_state_machine import drop

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _of_these_rooms(monkeypatch):
    mine = own_audits()
    monkeypatch.setattr("marketplace.core.auditing.audits", lambda of: mine)


def audit() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("audit_money", stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


def broken(rule: str, sql: str, *params) -> list[str]:
    """What the audit says after a statement that the rule would have refused; the lost rule itself left out."""
    drop(rule)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
    return [line for line in found() if "does not hold" not in line]


def test_sound_books_are_silent(banked, two_parts):
    made = payouts.prepare(on=DAY).payout
    first, second = made.items.all()
    payouts.confirm(item=first, on=DAY)
    payouts.fail(item=second, because="?", on=DAY)
    payouts.fail(item=first, because="came back", on=DAY)
    books.record_return(source="return:1", parts=two_parts, amount_rial=1_400_000, on=DAY)
    code, said = audit()
    assert (code, said.splitlines()[-1]) == (0, "Every rial adds up.")
    assert said.count("in order") == len(own_audits()) == 6


def test_the_audits_of_the_market_and_of_money_are_apart():
    assert not set(audits(MONEY)) & set(audits(MARKET))
    assert {"entries", "reserved pieces"} <= set(audits(MONEY))
    assert "baskets" in audits(MARKET)


def test_an_open_entry_is_named(db):
    entry = Entry.objects.create(source="x", event="y", on=DAY)
    code, said = audit()
    assert code == 1
    assert f"Entry {entry.pk} (x y): 0 postings come to 0 rial, not sealed." in said


def test_a_changed_amount_is_named(sold):
    posting = sold.postings.get(account__code="commission")
    said = broken("postings_grow_only", "UPDATE ledger_posting SET amount_rial = -1 WHERE id = %s", posting.pk)
    assert said == [f"Entry {sold.pk} (attempt:PAY-1 sale): 11 postings come to 101499 rial."]


def test_a_lost_rule_is_named(sold):
    drop("postings_grow_only")
    assert "The database does not hold postings_grow_only on ledger_posting." in found()


def test_an_account_of_another_kind_is_named(sold):
    account = Account.objects.get(code="tax")
    said = broken("accounts_grow_only", "UPDATE ledger_account SET kind = 'income' WHERE code = 'tax'")
    assert said == [f"Account {account.pk}, tax: its kind or seller is not what its code says."]


def test_a_leg_of_a_seller_without_a_purpose_is_named(sold, weaver_seller):
    posting = sold.postings.get(account__seller=weaver_seller, what="delivery")
    said = broken("postings_grow_only", "UPDATE ledger_posting SET what = '' WHERE id = %s", posting.pk)
    assert said == [f"Posting {posting.pk} of entry {sold.pk}: -50000 rial of a seller, neither earned nor paid."]


def test_a_line_that_the_books_do_not_know_is_named(banked, weaver_seller):
    item = payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout.items.get()
    said = broken("payouts_go_forward", "UPDATE ledger_payoutitem SET amount_rial = 1 WHERE id = %s", item.pk)
    assert said[0] == f"Payout line {item.pk} ({item.trace}, prepared): the books have {{'payout': 973000}} for 1 rial."
    assert said[1] == "Account payouts: 973000 rial are on their way, files hold 1."


def test_a_line_marked_paid_by_hand_is_named(banked, weaver_seller):
    item = payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout.items.get()
    PayoutItem.objects.update(state="paid")
    assert (
        found()[0]
        == f"Payout line {item.pk} ({item.trace}, paid): the books have {{'payout': 973000}} for 973000 rial."
    )


def test_a_payout_in_no_file_is_named(sold, weaver_seller):
    books.record_payout(source="payout:1", seller_id=weaver_seller.pk, amount_rial=10, on=DAY)
    assert found() == [
        "payout:1: the books have {'payout': 10}, and no payout has such a line.",
        "Account payouts: 10 rial are on their way, files hold 0.",
    ]


def test_more_pieces_reserved_than_there_are_is_named(kilim):
    offer = kilim.stockrecords.get()
    StockRecord.objects.filter(pk=offer.pk).update(num_allocated=4)
    assert found() == [f"Offer {offer.pk} ({offer.partner_sku}): 4 pieces are reserved, 3 are there."]


def test_looking_costs_the_same_for_any_number_of_entries(two_parts, django_assert_num_queries):
    def sell(first: int, last: int) -> None:
        for nth in range(first, last):
            books.record_sale(
                source=f"attempt:{nth}", gateway="sandbox", amount_rial=1_400_000, parts=two_parts, on=DAY
            )

    sell(0, 1)
    with django_assert_num_queries(9) as few:  # one asks the database for its rules
        assert found() == []
    sell(1, 9)
    with django_assert_num_queries(len(few)):
        assert found() == []
    assert written() == (9, 9 * 11)
