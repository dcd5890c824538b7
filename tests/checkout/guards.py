"""The rules of a sale taken away, in Python and in the database: what would happen if nothing asked a last time."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from marketplace.core import dbrules

ASKED_AT = (
    "marketplace.partner.rules.require_lawful_offer",
    "marketplace.partner.rules.require_active_offer",
    "marketplace.checkout.services.require_lawful_offer",
    "marketplace.order.creator.forbid_foreign_goods",
    "marketplace.order.creator.require_open_venue",
    "marketplace.order.creator.require_import_permit",
    "marketplace.order.creator.require_not_closed",
    "marketplace.checkout.services.require_none_closed",
)


@contextmanager
def guards_off() -> Iterator[None]:
    """Inside, an unlawful sale goes through."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ASKED_AT:
            patch.setattr(name, lambda *args, **kwargs: None)
        _without_triggers()
        try:
            yield
        finally:
            _with_triggers()


def _without_triggers() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE order_line DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'order_line'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def _with_triggers() -> None:
    if connection.vendor != "postgresql":
        dbrules.install()
    elif not connection.in_atomic_block:  # a test in a transaction is rolled back, and its table with it
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE order_line ENABLE TRIGGER USER")
