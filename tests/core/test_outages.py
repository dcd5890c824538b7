"""A database that is away, and what only looks so."""

import sqlite3

from django.db import OperationalError

from marketplace.core.outages import database_is_away


def test_a_missing_table_is_no_database_that_is_away():
    missing = OperationalError("no such table")
    missing.__cause__ = sqlite3.OperationalError("no such table")
    missing.__cause__.sqlite_errorcode = sqlite3.SQLITE_ERROR
    assert not database_is_away(missing)
