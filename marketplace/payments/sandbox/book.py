"""The sandbox gateway's book: one row a payment, in a small SQLite file, so that a restart forgets nothing."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

TABLE = """
CREATE TABLE IF NOT EXISTS payment (
    id INTEGER PRIMARY KEY,
    authority TEXT NOT NULL UNIQUE,
    merchant TEXT NOT NULL,
    amount_rial INTEGER NOT NULL,
    callback_url TEXT NOT NULL,
    description TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'paid', 'cancelled', 'verified'))
)
"""
#: When a payment was paid, and when it was reversed; a reversed one keeps its row in the first table as it was.
MOMENTS = """
CREATE TABLE IF NOT EXISTS moment (
    payment INTEGER NOT NULL REFERENCES payment (id),
    what TEXT NOT NULL CHECK (what IN ('paid', 'reversed')),
    at REAL NOT NULL,
    PRIMARY KEY (payment, what)
)
"""
#: What a payment carries beside its row: `paid_rial` when another amount was paid, `wages` as JSON, `due` for one that is paid later.
NOTES = """
CREATE TABLE IF NOT EXISTS note (
    payment INTEGER NOT NULL REFERENCES payment (id), what TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (payment, what)
)
"""
REFUNDS = """
CREATE TABLE IF NOT EXISTS refund (
    id INTEGER PRIMARY KEY, payment INTEGER NOT NULL REFERENCES payment (id), amount_rial INTEGER NOT NULL, description TEXT NOT NULL
)
"""
_MOMENT = "(SELECT at FROM moment WHERE payment = payment.id AND what = '{}')"
COLUMNS = (
    "id, authority, merchant, amount_rial, callback_url, description, "  # noqa: S608  our own names
    f"CASE WHEN {_MOMENT.format('reversed')} IS NULL THEN state ELSE 'reversed' END, {_MOMENT.format('paid')}, "
    "COALESCE((SELECT CAST(value AS INTEGER) FROM note WHERE payment = payment.id AND what = 'paid_rial'), amount_rial), "
    "COALESCE((SELECT value FROM note WHERE payment = payment.id AND what = 'wages'), '[]'), "
    "(SELECT COALESCE(SUM(amount_rial), 0) FROM refund WHERE payment = payment.id)"
)


@dataclass(frozen=True)
class Payment:
    id: int
    authority: str
    merchant: str
    amount_rial: int
    callback_url: str
    description: str
    state: str
    paid_at: float | None
    paid_rial: int
    wages: str
    refunded_rial: int


class Book:
    """Every method opens the file anew: threads share nothing. `now` gives seconds since the epoch."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.path, self.now = path, now
        with self._open() as connection:
            connection.execute(TABLE)
            for table in (MOMENTS, NOTES, REFUNDS):
                connection.execute(table)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
            yield connection

    def add(self, *, authority: str, merchant: str, amount_rial: int, callback_url: str, description: str) -> None:
        with self._open() as connection:
            connection.execute(
                "INSERT INTO payment (authority, merchant, amount_rial, callback_url, description) VALUES (?, ?, ?, ?, ?)",
                (authority, merchant, amount_rial, callback_url, description),
            )

    def find(self, authority: str) -> Payment | None:
        return self._one("authority = ?", authority)

    def find_by_id(self, number: str) -> Payment | None:
        """By the number that a verification names as its reference."""
        return self._one("id = ?", number)

    def _one(self, where: str, value: str) -> Payment | None:
        self._settle_what_is_due()
        with self._open() as connection:
            one = f"SELECT {COLUMNS} FROM payment WHERE {where}"  # noqa: S608  our own names
            row = connection.execute(one, (value,)).fetchone()
        return Payment(*row) if row else None

    def note(self, authority: str, what: str, value: object) -> None:
        """Write down something about a payment; the last one stands."""
        with self._open() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO note (payment, what, value) SELECT id, ?, ? FROM payment WHERE authority = ?",
                (what, str(value), authority),
            )

    def _settle_what_is_due(self) -> None:
        """A payment that its buyer put off becomes a paid one when its time has come."""
        with self._open() as connection:
            late = (
                "SELECT authority FROM payment JOIN note ON payment = id "
                "WHERE what = 'due' AND state = 'open' AND CAST(value AS REAL) <= ?"
            )
            due = [authority for (authority,) in connection.execute(late, (self.now(),))]
        for authority in due:
            self.move(authority, "open", "paid")

    def refund(self, payment: Payment, amount_rial: int, description: str) -> int | None:
        """A refund's number, or None when it would be more than was paid; of two at once both count."""
        with self._open() as connection:
            made = connection.execute(
                "INSERT INTO refund (payment, amount_rial, description) SELECT ?, ?, ? WHERE ? + "
                "(SELECT COALESCE(SUM(amount_rial), 0) FROM refund WHERE payment = ?) <= ?",
                (payment.id, amount_rial, description, amount_rial, payment.id, payment.paid_rial),
            )
            return made.lastrowid if made.rowcount else None

    def move(self, authority: str, before: str, after: str) -> bool:
        """Whether this call changed the state; of two at once one does."""
        with self._open() as connection:
            moved = connection.execute(
                "UPDATE payment SET state = ? WHERE authority = ? AND state = ?", (after, authority, before)
            )
            if moved.rowcount and after == "paid":
                self._note(connection, authority, after)
            return bool(moved.rowcount)

    def reverse(self, authority: str) -> bool:
        """Whether this call reversed the payment; of two at once one does."""
        with self._open() as connection:
            return self._note(connection, authority, "reversed")

    def _note(self, connection: sqlite3.Connection, authority: str, what: str) -> bool:
        noted = connection.execute(
            "INSERT OR IGNORE INTO moment (payment, what, at) SELECT id, ?, ? FROM payment WHERE authority = ?",
            (what, self.now(), authority),
        )
        return bool(noted.rowcount)

    def unverified(self, merchant: str) -> list[Payment]:
        """The last hundred that were paid and never verified."""
        self._settle_what_is_due()
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM payment WHERE merchant = ? AND state = 'paid' "  # noqa: S608  our own names
                "AND id NOT IN (SELECT payment FROM moment WHERE what = 'reversed') ORDER BY id DESC LIMIT 100",
                (merchant,),
            ).fetchall()
        return [Payment(*row) for row in rows]
