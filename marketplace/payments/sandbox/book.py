"""The sandbox gateway's book: one row a payment, in a small SQLite file, so that a restart forgets nothing."""

import sqlite3
from collections.abc import Iterator
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
COLUMNS = "id, authority, merchant, amount_rial, callback_url, description, state"


@dataclass(frozen=True)
class Payment:
    id: int
    authority: str
    merchant: str
    amount_rial: int
    callback_url: str
    description: str
    state: str


class Book:
    """Every method opens the file anew: threads share nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as connection:
            connection.execute(TABLE)

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
            return bool(moved.rowcount)

    def unverified(self, merchant: str) -> list[Payment]:
        """The last hundred that were paid and never verified."""
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT {COLUMNS} FROM payment WHERE merchant = ? AND state = 'paid' "  # noqa: S608  our own names
                "ORDER BY id DESC LIMIT 100",
                (merchant,),
            ).fetchall()
        return [Payment(*row) for row in rows]
