"""Several at once on PostgreSQL; each race is first shown with its guard off."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Event, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from marketplace.core import dbrules
from marketplace.ledger import books, payouts, queries
from marketplace.ledger.accounts import accounts, payable
from marketplace.ledger.models import Entry, PayoutItem, Posting
from marketplace.ledger.rules import POSTINGS_JOIN_OPEN_ENTRIES
from tests.cast import DAY
from tests.checkout.crowd import at_once
from tests.ledger.conftest import balances, written

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


def in_thread(action) -> tuple[Thread, list]:
    """Start an action on a connection of its own; its exception, if any, lands in the list."""
    met: list = []

    def run() -> None:
        try:
            action()
        except Exception as error:
            met.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, met


def seal_while_a_posting_is_on_its_way() -> tuple[int, bool]:
    """An open entry that balances; a third posting is written, not committed, and the entry sealed meanwhile.

    What the postings of the entry come to, and whether it is sealed.
    """
    by_code = accounts(["bank", "refunds"])
    entry = Entry.objects.create(source="x", event="y", on=DAY)
    for code, rial in (("bank", 5), ("refunds", -5)):
        Posting.objects.create(entry=entry, account=by_code[code], amount_rial=rial)
    written_down, go_on = Event(), Event()

    def slip_one_in() -> None:
        with transaction.atomic():
            Posting.objects.create(entry=entry, account=by_code["bank"], what="paid", amount_rial=3)
            written_down.set()
            go_on.wait(10)

    def seal() -> None:
        Entry.objects.filter(pk=entry.pk).update(sealed_at=timezone.now())

    slipping, _slipped = in_thread(slip_one_in)
    assert written_down.wait(10)
    sealing, refused = in_thread(seal)
    sealing.join(1)
    go_on.set()
    slipping.join(10)
    sealing.join(10)
    assert not refused or isinstance(refused[0], DatabaseError)
    entry.refresh_from_db()
    return sum(entry.postings.values_list("amount_rial", flat=True)), entry.sealed_at is not None


def test_no_posting_slips_in_while_its_entry_is_sealed():
    assert seal_while_a_posting_is_on_its_way() == (3, False)


def test_without_the_lock_a_posting_slips_under_the_seal():
    with connection.cursor() as cursor:
        for guard in POSTINGS_JOIN_OPEN_ENTRIES.guards:
            for statement in dbrules._postgresql(POSTINGS_JOIN_OPEN_ENTRIES.name, guard):
                cursor.execute(statement.replace(" FOR UPDATE", ""))
    try:
        assert seal_while_a_posting_is_on_its_way() == (3, True)
    finally:
        dbrules.install()


def test_one_sale_told_ten_times_at_once_is_one_entry(two_parts):
    def tell() -> Entry:
        return books.record_sale(
            source="attempt:PAY-1", gateway="sandbox", amount_rial=1_400_000, parts=two_parts, on=DAY
        )

    told = at_once(*[tell] * 10)
    assert len({entry.pk for entry in told}) == 1
    assert written() == (1, 11)
    assert balances()["clearing:sandbox"] == 1_400_000


def nobody_locks(monkeypatch) -> None:
    for module in (books, payouts):
        monkeypatch.setattr(module, "held_payables", lambda ids: {})


def overpaid(seller_id: int) -> int:
    """By how much a payout exceeded what was owed in the moment it was written, in rial."""
    owed = worst = 0
    postings = Posting.objects.filter(account__code=payable(seller_id)).select_related("entry").order_by("pk")
    for posting in postings:
        if posting.entry.event == "payout":
            worst = max(worst, posting.amount_rial - owed)
        owed -= posting.amount_rial
    return worst


def pay_out_while_it_is_returned(weaver_seller, two_parts, monkeypatch) -> int:
    """A payout has read what is owed; before it writes, the buyer's return is recorded, if anything lets it."""
    looked, returned = Event(), Event()
    look = queries.owed_to

    def look_and_wait(sellers=None):
        found = look(sellers)
        if sellers is not None:
            looked.set()
            returned.wait(1)
        return found

    monkeypatch.setattr(queries, "owed_to", look_and_wait)
    paying, refused = in_thread(lambda: payouts.prepare(on=DAY))
    assert looked.wait(10)

    def give_back() -> None:
        books.record_return(source="return:1", parts=two_parts[:1], amount_rial=950_000, on=DAY)
        returned.set()

    returning, failed = in_thread(give_back)
    paying.join(10)
    returning.join(10)
    assert (refused, failed) == ([], [])
    assert PayoutItem.objects.get(seller=weaver_seller).amount_rial == 973_000
    assert queries.owed_by() == {weaver_seller.pk: 973_000}
    return overpaid(weaver_seller.pk)


def test_a_payout_and_a_return_at_once_come_one_after_the_other(banked, weaver_seller, two_parts, monkeypatch):
    assert pay_out_while_it_is_returned(weaver_seller, two_parts, monkeypatch) == 0


def test_without_the_lock_money_is_sent_that_was_just_promised_back(banked, weaver_seller, two_parts, monkeypatch):
    nobody_locks(monkeypatch)
    assert pay_out_while_it_is_returned(weaver_seller, two_parts, monkeypatch) == 973_000


def two_files(monkeypatch) -> tuple[list, int]:
    """Two operators make a file at once, each after both have looked who is owed. Refusals, and rial in the files."""
    look, both_looked, both_hold = queries.owed_to, Barrier(2), Barrier(2)

    def look_together(sellers=None):
        found = look(sellers)
        if sellers is None:
            both_looked.wait(10)
        else:
            with suppress(BrokenBarrierError):  # under the lock the other one cannot come
                both_hold.wait(1)
        return found

    monkeypatch.setattr(queries, "owed_to", look_together)
    made = at_once(*[lambda: payouts.prepare(on=DAY)] * 2)
    codes = [one.code for one in made if isinstance(one, ValidationError)]
    return codes, sum(PayoutItem.objects.values_list("amount_rial", flat=True))


def test_two_files_at_once_hold_the_money_once(banked, monkeypatch):
    assert two_files(monkeypatch) == (["nothing_to_pay"], 1_388_350)


def test_without_the_lock_two_files_hold_it_twice(banked, monkeypatch):
    nobody_locks(monkeypatch)
    assert two_files(monkeypatch) == ([], 2 * 1_388_350)


def test_a_line_confirmed_and_failed_at_once_ends_in_one_state(banked, weaver_seller):
    item = payouts.prepare(on=DAY, sellers=[weaver_seller.pk]).payout.items.get()
    at_once(
        *[lambda: payouts.confirm(item=item, on=DAY)] * 3,
        *[lambda: payouts.fail(item=item, because="?", on=DAY)] * 3,
    )
    item.refresh_from_db()
    assert (item.state, balances()[payable(weaver_seller.pk)]) == ("failed", -973_000)
    assert not {"payouts", "bank"} & set(balances())


def test_a_sale_does_not_wait_for_a_payout(banked, two_parts):
    """A seller's account is held by a payout that takes its time; buyers go on buying."""
    with transaction.atomic():
        payouts.prepare(on=DAY)

        def sell() -> None:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '2s'")
                books.record_sale(
                    source="attempt:PAY-2", gateway="sandbox", amount_rial=1_400_000, parts=two_parts, on=DAY
                )

        selling, failed = in_thread(sell)
        selling.join(10)
        assert failed == []
    assert balances()["clearing:sandbox"] == 2_800_000
