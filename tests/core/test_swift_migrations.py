"""The short way through the migrations, which a first start and these tests take, makes what Django's own way makes."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]
SCHEMA = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


@pytest.mark.plain_migration
@pytest.mark.django_db
def test_the_short_way_makes_the_same_tables_as_djangos_own(tmp_path):
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
        "RASTEH_VAR": str(tmp_path),
        "RASTEH_ENV": "test",
    }
    for arguments in (["--verbosity", "0"], ["--check"]):
        command = [sys.executable, str(ROOT / "manage.py"), "migrate", *arguments]
        subprocess.run(command, env=environment, cwd=ROOT, check=True, timeout=600)
    with sqlite3.connect(tmp_path / "rasteh.sqlite3") as plain:
        expected = dict(plain.execute(SCHEMA))
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)
        found = dict(cursor.fetchall())
    assert found.keys() - {"table core_cache"} == expected.keys() - {"table core_cache"}
    assert [name for name in expected if name in found and found[name] != expected[name]] == []
