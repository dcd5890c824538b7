"""The books, held by the database on SQLite and PostgreSQL: raw SQL is refused by the rule's name, and nothing changes."""

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from marketplace.ledger import books
from marketplace.ledger.accounts import accounts
from marketplace.ledger.models import Account, Entry, Posting
from tests.cast import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(db):
    return books.record_refused(source="attempt:PAY-1", gateway="sandbox", amount_rial=700, on=DAY)


@pytest.fixture
def open_entry(db):
    return Entry.objects.create(source="attempt:PAY-2", event="refused", on=DAY)


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Account, Entry, Posting)]


def refused(rule: str, sql: str, *params) -> None:
    before = everything()
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
    assert rule in str(error.value)
    assert everything() == before


def post(entry: Entry, code: str, rial: int) -> None:
    Posting.objects.create(entry=entry, account=accounts([code])[code], amount_rial=rial)


INSERT = "INSERT INTO ledger_posting (entry_id, account_id, what, amount_rial) VALUES (%s, %s, '', %s)"
SEAL = "UPDATE ledger_entry SET sealed_at = CURRENT_TIMESTAMP WHERE id = %s"


def test_no_posting_joins_a_sealed_entry(entry):
    bank = accounts(["bank"])["bank"]
    refused("postings_join_open_entries", INSERT, entry.pk, bank.pk, 5)


def test_no_entry_is_written_sealed(entry):
    refused(
        "sealed_entries_balance",
        'INSERT INTO ledger_entry (source, event, "on", reference, made_at, sealed_at) '
        "VALUES ('x', 'y', '2026-11-22', '', CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)",
    )


@pytest.mark.parametrize("legs", [{}, {"bank": 5}, {"bank": 5, "refunds": -4}, {"bank": 9, "refunds": -4, "tax": -4}])
def test_no_seal_over_legs_that_do_not_balance(legs, open_entry):
    for code, rial in legs.items():
        post(open_entry, code, rial)
    refused("sealed_entries_balance", SEAL, open_entry.pk)


def test_a_seal_over_legs_that_balance_is_set_once(open_entry):
    post(open_entry, "bank", 5)
    post(open_entry, "refunds", -5)
    with connection.cursor() as cursor:
        cursor.execute(SEAL, [open_entry.pk])
    refused("entries_are_sealed_once", SEAL, open_entry.pk)
    refused("entries_are_sealed_once", "UPDATE ledger_entry SET sealed_at = NULL WHERE id = %s", open_entry.pk)


@pytest.mark.parametrize(
    "sets",
    ["source = 'z'", "event = 'z'", "\"on\" = '2026-01-01'", "reference = 'z'", "made_at = '2026-01-01'", "id = 99"],
)
@pytest.mark.parametrize("seal", ["", ", sealed_at = CURRENT_TIMESTAMP"])
def test_nothing_else_of_an_entry_changes_not_even_with_its_seal(sets, seal, entry, open_entry):
    post(open_entry, "bank", 5)
    post(open_entry, "refunds", -5)
    rule = (
        "entr" if sets.startswith("id") else "entries_are_sealed_once"
    )  # another number has other postings: two rules say no
    for row in (entry, open_entry):
        refused(rule, f"UPDATE ledger_entry SET {sets}{seal} WHERE id = %s", row.pk)


def test_no_posting_changes_nor_goes(entry):
    of = entry.postings.first()
    for sets in ("amount_rial = 1", "entry_id = entry_id", "account_id = account_id", "what = 'x'"):
        refused("postings_grow_only", f"UPDATE ledger_posting SET {sets} WHERE id = %s", of.pk)
    refused("postings_grow_only", "DELETE FROM ledger_posting WHERE id = %s", of.pk)


def test_no_entry_goes_open_or_sealed(entry, open_entry):
    for row in (entry, open_entry):
        refused("entries_are_sealed_once", "DELETE FROM ledger_entry WHERE id = %s", row.pk)


def test_no_account_changes_nor_goes(entry):
    refused("accounts_grow_only", "UPDATE ledger_account SET kind = 'income' WHERE code = 'refunds'")
    accounts(["bank"])
    refused("accounts_grow_only", "DELETE FROM ledger_account WHERE code = 'bank'")


def test_a_posting_of_nothing_is_refused(open_entry):
    bank = accounts(["bank"])["bank"]
    refused("posting_moves_something", INSERT, open_entry.pk, bank.pk, 0)


@pytest.mark.parametrize("table", ["ledger_posting", "ledger_entry", "ledger_account"])
def test_no_table_is_emptied(table, entry):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or what was written here keeps the tables busy
        refused("entries_are_sealed_once" if table == "ledger_entry" else "grow_only", f"TRUNCATE {table} CASCADE")
    else:
        refused("", f"DELETE FROM {table}")


if settings.SQLITE:  # REPLACE is SQLite's

    @pytest.mark.parametrize("way", ["INSERT OR REPLACE", "REPLACE"])
    def test_no_row_is_replaced(way, entry):
        of = entry.postings.first()
        refused(
            "no_row_is_replaced",
            f"{way} INTO ledger_posting (id, entry_id, account_id, what, amount_rial) VALUES (%s, %s, %s, '', 1)",
            of.pk, entry.pk, of.account_id,
        )  # fmt: skip
        refused(
            "no_row_is_replaced",
            f"{way} INTO ledger_entry (source, event, \"on\", reference, made_at) VALUES (%s, %s, '2026-11-22', '', '2026-11-22')",
            entry.source, entry.event,
        )  # fmt: skip
        refused("no_row_is_replaced", f"{way} INTO ledger_account (code, kind) VALUES ('refunds', 'asset')")
