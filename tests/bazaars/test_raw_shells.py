"""From outside Django: a bare SQLite connection, and the `sqlite3` and `psql` shells, meet the rule's name.

`make test` needs no program beyond Python, so the shells run where the servers do; there a skip fails the run.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
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


DEMO = """
import django
django.setup()
from marketplace.core.preparation import make_tables
from marketplace.demo.services import make_demo
make_tables()
make_demo(works=60, pictures="none")
"""
TODAY = "date('now', '+3 hours', '+30 minutes')"
FOREIGN = "SELECT id FROM catalogue_product WHERE origin_state = 'foreign' LIMIT 1"
DOMESTIC = f"SELECT id FROM catalogue_product WHERE parent_id IS NULL AND domestic_until > {TODAY} LIMIT 1"
BOUND = f"SELECT id FROM bazaars_venue WHERE bound_since <= {TODAY} AND bound_until IS NULL LIMIT 1"


def _update(work: str, columns: list[str]) -> str:
    return f"UPDATE partner_stockrecord SET venue_id = ({BOUND}) WHERE product_id = ({work})"


def _insert(work: str, columns: list[str]) -> str:
    """A second offer of a work, in a bound venue, otherwise as the first."""
    changed = {"venue_id": f"({BOUND})", "partner_sku": "partner_sku || '-raw'"}
    values = ", ".join(changed.get(column, column) for column in columns)
    return (
        f"INSERT INTO partner_stockrecord ({', '.join(columns)}) SELECT {values} FROM partner_stockrecord "
        f"WHERE product_id = ({work}) LIMIT 1"
    )


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"the program {name} is not installed")
    return found


@pytest.fixture(scope="module")
def demo_market(tmp_path_factory) -> Path:
    """The SQLite file of a small demo, made by a process of its own."""
    folder = tmp_path_factory.mktemp("demo-market")
    servers = ("S3_", "AWS_", "REDIS_")
    environment = {
        name: value for name, value in os.environ.items() if not name.endswith("_URL") and not name.startswith(servers)
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "marketplace.settings", "RASTEH_ENV": "demo", "RASTEH_VAR": str(folder)}
    subprocess.run([sys.executable, "-c", DEMO], check=True, env=environment, cwd=settings.BASE_DIR)
    return folder / "rasteh.sqlite3"


@pytest.mark.services
@pytest.mark.parametrize("statement", [_update, _insert])
def test_the_sqlite3_shell_is_refused_in_a_demo_database(demo_market, tmp_path, statement):
    shell, copy = _program("sqlite3"), shutil.copy(demo_market, tmp_path)

    def ask(sql: str) -> subprocess.CompletedProcess:
        return subprocess.run([shell, copy, sql], capture_output=True, text=True)

    columns = ask("SELECT name FROM pragma_table_info('partner_stockrecord') WHERE name <> 'id'").stdout.split()
    refused = ask(statement(FOREIGN, columns))
    assert refused.returncode != 0
    assert "forbid_foreign_goods" in refused.stderr
    assert ask(f"{NO_MOVE} AND product_id = ({FOREIGN})").stdout.strip() == "0"
    # the same words about an Iranian work are accepted: it was the rule, and nothing else, that refused
    assert ask(statement(DOMESTIC, columns)).stderr == ""


@pytest.mark.services
def test_the_psql_shell_is_at_hand():
    assert _program("psql")
