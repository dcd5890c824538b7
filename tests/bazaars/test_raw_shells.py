"""From outside Django: a bare SQLite connection, and the `psql` shell, meet the rule's name."""

import os
import sqlite3
import subprocess

import pytest
from django.db import connection

NO_MOVE = "SELECT count(*) FROM partner_stockrecord WHERE venue_id IS NOT NULL"


def _move(foreign_tray, bazaar) -> str:
    offer = foreign_tray.stockrecords.get()
    return f"UPDATE partner_stockrecord SET venue_id = {bazaar.pk} WHERE id = {offer.pk}"


def _ask_sqlite(sql: str, path) -> str:
    """A copy of the test database as a file, opened without any of Django's functions."""
    with sqlite3.connect(path) as copy:
        connection.connection.backup(copy)
    raw = sqlite3.connect(path, isolation_level=None)
    try:
        raw.execute(sql)
    except sqlite3.IntegrityError as error:
        assert raw.execute(NO_MOVE).fetchone() == (0,)
        return str(error)
    finally:
        raw.close()
    return "accepted"


def _ask_psql(sql: str) -> str:
    facts = connection.settings_dict
    command = ["psql", "-h", facts["HOST"], "-p", str(facts["PORT"]), "-U", facts["USER"], "-d", facts["NAME"], "-At"]
    environment = os.environ | {"PGPASSWORD": facts.get("PASSWORD") or "", "LC_ALL": "C"}
    refused = subprocess.run([*command, "-c", sql], capture_output=True, text=True, env=environment)
    count = subprocess.run([*command, "-c", NO_MOVE], capture_output=True, text=True, env=environment)
    assert count.stdout.strip() == "0", count.stderr
    return refused.stderr or "accepted"


@pytest.mark.django_db(transaction=True)
def test_raw_sql_from_a_shell_is_refused_by_the_rules_name(foreign_tray, bazaar, tmp_path):
    sql = _move(foreign_tray, bazaar)
    said = _ask_sqlite(sql, tmp_path / "copy.sqlite3") if connection.vendor == "sqlite" else _ask_psql(sql)
    assert "forbid_foreign_goods" in said
