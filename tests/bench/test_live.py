"""A market as production runs it: on a server that is named, in a database of its own, with the settings of production."""

import os
import sys
import urllib.request

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from marketplace.bench import live


@pytest.mark.parametrize("what", ["verify", "orders"])
@pytest.mark.parametrize("named", ["", "sqlite:///x"])
def test_without_a_postgresql_the_command_says_what_to_set(what, named, monkeypatch):
    monkeypatch.delenv(live.PART, raising=False)
    monkeypatch.setenv("DATABASE_URL", named)
    with pytest.raises(CommandError, match="set DATABASE_URL"):
        call_command("bench", what)


def test_a_program_is_waited_for_and_ended(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    (tmp_path / "healthz").write_text("ok")
    port = live.free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", live.HOST, "--directory", str(tmp_path)]
    with live.program(command, port=port) as pid:
        assert urllib.request.urlopen(f"http://{live.HOST}:{port}/healthz").read() == b"ok"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.services
def test_a_database_of_its_own_is_gone_afterwards(db):
    at = connection.settings_dict
    named = f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/postgres"
    with live.own_database(named) as own, psycopg.connect(own) as session:
        [name] = session.execute("SELECT current_database()").fetchone()
    with psycopg.connect(named) as session:
        assert session.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [name]).fetchone() == (0,)
