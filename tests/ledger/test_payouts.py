"""Payouts by Sheba file: prepared once, confirmed or failed line by line; a refusal changes nothing."""

import csv
import io

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from marketplace.core.models import Notice
from marketplace.ledger import books, payouts
from marketplace.ledger.models import Payout, PayoutItem
from marketplace.partner.ibans import set_iban, verify_iban
from tests.cast import DAY
from tests.ledger.conftest import IBAN, balances, written
from tests.ledger.conftest import OTHER_IBAN as OTHER

pytestmark = pytest.mark.django_db


def lines(payout: Payout) -> list[tuple]:
    return list(payout.items.values_list("seller__code", "amount_rial", "iban", "state"))


def test_a_file_holds_what_each_is_owed_and_they_are_owed_it_no_more(banked, officer):
    made = payouts.prepare(on=DAY, by=officer)
    assert lines(made.payout) == [("weaver", 973_000, IBAN, "prepared"), ("copper", 415_350, OTHER, "prepared")]
    assert made.unverified == {}
    assert balances() == {"clearing:sandbox": 1_400_000, "discounts": 100_000, "commission": -101_500, "tax": -10_150,
                          "payouts": -1_388_350}  # fmt: skip


def test_a_second_file_is_refused_and_changes_nothing(banked):
    payouts.prepare(on=DAY)
    before = written(), balances()
    with pytest.raises(ValidationError) as error:
        payouts.prepare(on=DAY)
    assert error.value.code == "nothing_to_pay"
    assert ((written(), balances()), Payout.objects.count()) == (before, 1)


def test_what_is_not_due_yet_and_who_is_not_named_stay_out(banked, weaver_seller, copper_seller):
    made = payouts.prepare(on=DAY, sellers=[weaver_seller.pk], held={weaver_seller.pk: 900_000})
    assert lines(made.payout) == [("weaver", 73_000, IBAN, "prepared")]
    with pytest.raises(ValidationError):
        payouts.prepare(on=DAY, sellers=[weaver_seller.pk], held={weaver_seller.pk: 900_000})
    assert balances()[f"payable:{copper_seller.pk}"] == -415_350


def test_who_has_no_verified_account_is_named_and_not_paid(sold, weaver_seller, copper_seller):
    set_iban(seller=weaver_seller, iban=OTHER, owner="رضا")
    verify_iban(seller=set_iban(seller=copper_seller, iban=IBAN, owner="مریم"), on=DAY)
    made = payouts.prepare(on=DAY)
    assert lines(made.payout) == [("copper", 415_350, IBAN, "prepared")]
    assert made.unverified == {weaver_seller.pk: 973_000}


def test_who_owes_the_market_is_in_no_file(banked, two_parts, weaver_seller):
    books.record_split(source="attempt:PAY-1", gateway="sandbox", parts={weaver_seller.pk: 973_000}, on=DAY)
    books.record_return(source="return:1", parts=two_parts[:1], amount_rial=950_000, on=DAY)
    assert lines(payouts.prepare(on=DAY).payout) == [("copper", 415_350, OTHER, "prepared")]


def test_the_banks_file(banked, weaver_seller):
    made = payouts.prepare(on=DAY, sellers=[weaver_seller.pk])
    data = payouts.sheba_file(made.payout)
    head, line = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert data.startswith(b"\xef\xbb\xbf")
    assert tuple(head) == payouts.COLUMNS
    item = made.payout.items.get()
    assert line == [IBAN, "973000", "رضا کرمانی", made.payout.number, item.trace]
    assert item.trace.isdigit()
    payouts.confirm(item=item, on=DAY)
    assert len(payouts.sheba_file(made.payout).splitlines()) == 1


@pytest.mark.parametrize("name", ["=1+1", "+98", "-1", "@x"])
def test_no_name_is_a_formula(name):
    assert payouts.plain(name) == f"'{name}"


def test_a_confirmed_line_is_paid_once_and_its_maker_told(banked, weaver_seller, artisan):
    item = payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout.items.get()
    for _twice in range(2):
        assert payouts.confirm(item=item, on=DAY).state == "paid"
    assert (balances()["bank"], "payouts" in balances()) == (-973_000, False)
    notice = Notice.objects.get()
    assert notice.user == artisan
    assert notice.text_en == f"97,300 toman was sent to your account. Payout {item.payout.number}."


@pytest.mark.parametrize("was_paid", [False, True])
def test_a_failed_line_is_owed_again_and_paid_in_another_file(was_paid, banked, weaver_seller):
    before = balances()
    item = payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout.items.get()
    if was_paid:
        payouts.confirm(item=item, on=DAY)
    for _twice in range(2):
        failed = payouts.fail(item=item, because="حساب بسته است", on=DAY)
    assert (failed.state, failed.failed_because) == ("failed", "حساب بسته است")
    assert balances() == before
    with pytest.raises(ValidationError) as error:
        payouts.confirm(item=item, on=DAY)
    assert error.value.code == "payout_failed"
    assert balances() == before
    assert lines(payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout) == [("weaver", 973_000, IBAN, "prepared")]


@pytest.mark.parametrize(
    "change",
    [
        {"amount_rial": 1},
        {"iban": OTHER + "x"},
        {"iban_owner": "x"},
        {"trace": "1"},
        {"seller_id": 99},
        {"state": "prepared"},
    ],
)
def test_what_was_sent_stays_as_it_was_sent(change, banked, weaver_seller):
    item = payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout.items.get()
    payouts.confirm(item=item, on=DAY)
    before = PayoutItem.objects.values().get()
    for broken in (
        lambda: PayoutItem.objects.update(**change),
        lambda: PayoutItem.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="payouts_go_forward"), transaction.atomic():
            broken()
    assert PayoutItem.objects.values().get() == before


def test_a_failed_line_is_never_paid_not_even_by_hand(banked, weaver_seller):
    item = payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout.items.get()
    payouts.fail(item=item, because="", on=DAY)
    with pytest.raises(DatabaseError, match="payouts_go_forward"), transaction.atomic():
        PayoutItem.objects.update(state="paid")
    assert PayoutItem.objects.get().state == "failed"
