"""Several at once on PostgreSQL; each race is first shown with its guard off."""

from threading import Event, Thread

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from marketplace.core import dbrules
from marketplace.ledger import books
from marketplace.ledger.accounts import accounts
from marketplace.ledger.models import Entry, Posting
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
