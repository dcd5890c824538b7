"""The operator's page of payouts: who may see it, what a file holds, and what the bank and a person say."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from marketplace.core import clock
from marketplace.core.registry import MONEY, audits
from marketplace.ledger import books, queries
from marketplace.ledger.models import Payout, PayoutItem
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import store_refund
from tests.cast import DAY
from tests.checkout.sale import contact, workshop_offer  # noqa: F401
from tests.ledger.conftest import IBAN
from tests.order.sold import arrived, sold  # noqa: F401

EVERY = "/en/desk/payouts/"
YES = {"confirmed": "1"}
WHOLE = 540_000_000


@pytest.fixture
def at_cash(client, officer, settings):
    """An officer who also pays sellers."""
    settings.SECOND_FACTOR_REQUIRED = False
    officer.user_permissions.add(Permission.objects.get(codename="pay_sellers"))
    client.force_login(officer)
    return client


@pytest.fixture
def due(sold, artisan):  # noqa: F811
    """Three kilims that arrived long ago: 540,000,000 rial to a verified account."""
    verify_iban(seller=set_iban(seller=sold.seller, iban=IBAN, owner="رضا کرمانی"), on=DAY)
    arrived(sold, artisan)
    clock.set_today(DAY + timedelta(30))
    return sold.seller


@pytest.fixture
def item(at_cash, due) -> PayoutItem:
    """A file of one line."""
    at_cash.post(EVERY, YES)
    return PayoutItem.objects.get()


def found() -> list[str]:
    return [sentence for walk in audits(MONEY).values() for sentence in walk()]


def line(item: PayoutItem) -> str:
    return f"{EVERY}{item.payout.number}/{item.pk}/"


@pytest.mark.parametrize("address", [EVERY, f"{EVERY}PO-1/", f"{EVERY}PO-1/sheba.csv", f"{EVERY}refund/R/"])
def test_nobody_else_sees_it(client, officer, settings, address):
    settings.SECOND_FACTOR_REQUIRED = False
    assert client.get(address).status_code == 302
    client.force_login(officer)
    assert client.get(address).status_code == 403


def test_what_may_still_be_given_back_is_shown_as_held(at_cash, sold):  # noqa: F811
    page = at_cash.get(EVERY)
    (row,) = page.context["found"].rows
    assert (row.owed_rial, row.held_rial, row.due_rial) == (WHOLE, WHOLE, 0)
    assert "none given" in page.content.decode()
    answer = at_cash.post(EVERY, YES, follow=True)
    assert "no maker with a verified account is owed money" in answer.content.decode()
    assert Payout.objects.count() == 0


def test_a_file_is_made_once_it_is_confirmed(at_cash, due, officer):
    asked = at_cash.post(EVERY)
    assert "A file for 1 makers is made, of 54,000,000 toman." in asked.content.decode()
    assert Payout.objects.count() == 0
    made = at_cash.post(EVERY, YES)
    payout = Payout.objects.get()
    assert (made.headers["location"], payout.made_by) == (f"{EVERY}{payout.number}/", officer)
    assert (queries.owed_to(), found()) == ({}, [])
    assert IBAN in at_cash.get(made.headers["location"]).content.decode()


def test_the_file_for_the_bank_holds_rial_and_the_traces(at_cash, item):
    answer = at_cash.get(f"{EVERY}{item.payout.number}/sheba.csv")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.content.decode("utf-8-sig").splitlines()[1].split(",") == [
        IBAN, str(WHOLE), "رضا کرمانی", item.payout.number, item.trace,
    ]  # fmt: skip


def test_a_line_is_paid_once_it_is_confirmed(at_cash, item):
    assert "it counts as paid" in at_cash.post(line(item), {"act": "paid"}).content.decode()
    item.refresh_from_db()
    assert item.state == "prepared"
    at_cash.post(line(item), {"act": "paid", **YES})
    item.refresh_from_db()
    assert (item.state, queries.balance("bank"), found()) == ("paid", -WHOLE, [])


def test_a_line_that_failed_says_why_and_is_owed_again(at_cash, item, due):
    answer = at_cash.post(line(item), {"act": "failed", **YES})
    assert (answer.status_code, PayoutItem.objects.get().state) == (422, "prepared")
    at_cash.post(line(item), {"act": "failed", "because": "حساب بسته است", **YES})
    item.refresh_from_db()
    assert (item.state, item.failed_because, queries.owed_to()) == ("failed", "حساب بسته است", {due.pk: WHOLE})
    assert at_cash.post(line(item), {"act": "paid", **YES}).status_code == 422
    assert found() == []


def test_the_page_takes_the_same_queries_for_any_number_of_files(at_cash, item, django_assert_max_num_queries):
    at_cash.get(EVERY)
    for nth in range(5):
        Payout.objects.create(number=f"PO-{nth}", on=DAY)
    with django_assert_max_num_queries(17):
        assert len(at_cash.get(EVERY).context["page"].object_list) == 6


@pytest.fixture
def by_hand(sold) -> Refund:  # noqa: F811
    """A refund of 180,000,000 rial that the gateway gives no more."""
    refund = store_refund(attempt=sold.order.payment, amount_rial=180_000_000, source="test:1")
    Refund.objects.update(state="by_hand")
    return refund


def test_a_refund_is_paid_by_hand_to_an_account(at_cash, by_hand, officer):
    address = f"{EVERY}refund/{by_hand.number}/"
    assert "a refund to be paid to the buyer" in at_cash.get(EVERY).content.decode()
    typed = {"iban": IBAN, "holder": "مینا", "reference": "77"}
    assert at_cash.post(address, {**typed, "iban": "IR12", **YES}).status_code == 422
    assert "The refund was paid by hand" in at_cash.post(address, typed).content.decode()
    assert Refund.objects.get().state == "by_hand"
    at_cash.post(address, {**typed, **YES})
    by_hand.refresh_from_db()
    assert (by_hand.state, by_hand.iban, by_hand.reference, by_hand.by) == ("given", IBAN, "77", officer)
    assert queries.balance("bank") == -180_000_000
    assert at_cash.get(address).status_code == 404


@pytest.mark.parametrize(("found_", "state"), [("given", "given"), ("not_given", "by_hand")])
def test_an_unclear_refund_is_looked_up_first(at_cash, by_hand, found_, state):
    Refund.objects.update(state="suspense")
    at_cash.post(f"{EVERY}refund/{by_hand.number}/", {"found": found_, **YES})
    assert Refund.objects.get().state == state


def test_a_payment_in_suspense_is_promised_back_once(at_cash, day):
    held = PaymentAttempt.objects.create(
        number="PAY-9", gateway="sandbox", payable_kind="purchase", payable_id=1, amount_rial=50_000, paid_rial=5_000,
        state="suspense", authority="A", reason_code="amount_mismatch", reason_en="Another amount was paid.",
    )  # fmt: skip
    books.record_suspense(source="PAY-9", gateway="sandbox", amount_rial=5_000, on=DAY)
    address = f"{EVERY}payment/PAY-9/"
    assert "Another amount was paid." in at_cash.get(address).content.decode()
    at_cash.post(address)
    assert Refund.objects.count() == 0
    at_cash.post(address, YES)
    assert at_cash.post(address, YES).status_code == 404
    assert (Refund.objects.get().amount_rial, queries.balance("suspense"), queries.balance("refunds")) == (
        5_000,
        0,
        -5_000,
    )
    held.refresh_from_db()
    assert (held.refunded_rial, found()) == (5_000, [])
