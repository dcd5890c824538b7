"""The cast is at hand in every test, and so are the browser, the checkers and a search index of its own."""

import pytest
from django.db import connections
from django.test import TransactionTestCase
from django.utils import translation

from marketplace.core import dbrules
from marketplace.core.swift_migrations import swift_migrations

pytest_plugins = [
    "tests.cast",
    "tests.browser.fixtures",
    "tests.search.index",
    "tests.writing",
    "tests.authenticity.passports",
]


@pytest.fixture(autouse=True)
def _read_in_persian():
    """A request leaves its language active in the thread; no test begins in the one another ended in."""
    translation.activate("fa")


def _let_truncate(connection) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname LIKE '%%\\_tru'"
        )
        for name, table in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')


_tear_down = TransactionTestCase._fixture_teardown


def _empty_the_tables(self) -> None:
    """After a test with transactions of its own every table is emptied, which the tables that only grow refuse, so their
    triggers go first. The flush itself brings them back (`post_migrate`)."""
    for alias in self._databases_names(include_mirrors=False):
        dbrules.uninstall(alias)
        if connections[alias].vendor == "postgresql":
            _let_truncate(connections[alias])
    _tear_down(self)


TransactionTestCase._fixture_teardown = _empty_the_tables  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """Where the test database is migrated, it takes the short way of a first start (`tests/core/test_swift_migrations.py`)."""
    with swift_migrations():
        yield
