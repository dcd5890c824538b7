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
_MOMENT = "(SELECT at FROM moment WHERE payment = payment.id AND what = '{}')"
COLUMNS = (
    "id, authority, merchant, amount_rial, callback_url, description, "
    f"CASE WHEN {_MOMENT.format('reversed')} IS NULL THEN state ELSE 'reversed' END, {_MOMENT.format('paid')}"
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


class Book:
    """Every method opens the file anew: threads share nothing. `now` gives seconds since the epoch."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self.path, self.now = path, now
        with self._open() as connection:
            connection.execute(TABLE)
            connection.execute(MOMENTS)

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
        with self._open() as connection:
            one = f"SELECT {COLUMNS} FROM payment WHERE authority = ?"  # noqa: S608  our own names
            row = connection.execute(one, (authority,)).fetchone()
        return Payment(*row) if row else None

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
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM payment WHERE merchant = ? AND state = 'paid' "  # noqa: S608  our own names
                "AND id NOT IN (SELECT payment FROM moment WHERE what = 'reversed') ORDER BY id DESC LIMIT 100",
                (merchant,),
            ).fetchall()
        return [Payment(*row) for row in rows]
