"""The start: what is done once is not done again, children are kept alive and all ended, refusals are one sentence."""

import os
import signal
import socket
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from marketplace.core import preparation
from marketplace.core.message_catalogues import compile_catalogues
from marketplace.core.supervisor import Child, Supervisor

ROOT = Path(__file__).parents[2]
#: A program that starts another and outlives it only when asked politely.
WITH_A_CHILD = (
    "import subprocess, sys, time; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "
    "open(sys.argv[1], 'w').write(str(p.pid)); time.sleep(60)"
)
STUBBORN = "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open(sys.argv[1], 'w').write('1'); time.sleep(60)"
SHORT = "import sys; open(sys.argv[1], 'a').write('x')"


def child(name: str, program: str, file: Path) -> Child:
    return Child(name, [sys.executable, "-c", program, str(file)], dict(os.environ))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def wait_for(file: Path, seconds: float = 20) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if file.exists() and file.read_text():
            return file.read_text()
        time.sleep(0.02)
    raise AssertionError(f"{file.name} was not written")


def test_a_stop_ends_children_and_grandchildren(tmp_path):
    supervisor = Supervisor([child("one", WITH_A_CHILD, tmp_path / "pid")], print)
    supervisor.start()
    grandchild = int(wait_for(tmp_path / "pid"))
    supervisor.stop()
    assert not supervisor.children[0].is_running
    deadline = time.monotonic() + 5
    while is_alive(grandchild) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(grandchild)


def test_a_child_that_will_not_end_is_ended_after_the_patience(tmp_path):
    supervisor = Supervisor([child("stubborn", STUBBORN, tmp_path / "up")], print, patience=0.3)
    supervisor.start()
    wait_for(tmp_path / "up")
    supervisor.stop()
    assert supervisor.children[0].process.returncode == -signal.SIGKILL


def test_a_child_that_dies_is_started_again_and_said_so(tmp_path):
    said = []
    supervisor = Supervisor([child("short", SHORT, tmp_path / "runs")], said.append)
    supervisor.start()
    deadline = time.monotonic() + 30
    runs = tmp_path / "runs"
    supervisor.watch(until=lambda: (runs.exists() and len(runs.read_text()) >= 2) or time.monotonic() > deadline)
    supervisor.stop()
    assert runs.read_text() == "xx"
    assert said[0] == "short ended (code 0); starting it again in 2 s"


def test_asked_to_stop_the_watch_ends_without_a_restart(tmp_path):
    supervisor = Supervisor([child("short", SHORT, tmp_path / "runs")], print)
    supervisor.ask_to_stop()
    assert supervisor.watch() is False
    assert not (tmp_path / "runs").exists()


def test_a_port_that_is_taken_is_one_sentence_and_nothing_is_made_ready(monkeypatch):
    monkeypatch.setattr(
        "marketplace.core.management.commands.run.prepare", lambda _out: pytest.fail("began to prepare")
    )
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError) as refusal:
            call_command("run", port=port, stdout=StringIO())
    assert str(refusal.value) == (
        f"Port {port} is taken by another program; choose another, for example: make run PORT={port + 10}"
    )


def test_catalogues_are_compiled_once_and_again_after_a_change(tmp_path):
    folder = tmp_path / "fa" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "work"\nmsgstr "اثر"\n')
    assert compile_catalogues([tmp_path]) == [folder / "django.mo"]
    assert compile_catalogues([tmp_path]) == []
    later = time.time() + 10
    os.utime(source, (later, later))
    assert compile_catalogues([tmp_path]) == [folder / "django.mo"]


def test_a_process_that_read_a_sentence_before_reads_the_compiled_one(tmp_path, settings):
    folder = tmp_path / "fa" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    (folder / "django.po").write_text(header + 'msgid "a word of this test"\nmsgstr "واژه"\n')
    settings.LOCALE_PATHS = [tmp_path]
    with translation.override("fa"):
        assert translation.gettext("a word of this test") == "a word of this test"
        compile_catalogues([tmp_path])
    with translation.override("fa"):
        assert translation.gettext("a word of this test") == "واژه"


@pytest.fixture
def few_static_files(tmp_path, settings, monkeypatch):
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "one.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
    yield sources
    finders.get_finder.cache_clear()


def test_static_files_are_collected_again_only_when_a_source_changed(few_static_files, settings):
    assert preparation._static_files() == "collected"
    assert preparation._static_files() == preparation.NOTHING
    (few_static_files / "two.css").write_text("b { color: blue }")
    assert preparation._static_files() == "collected"
    assert (settings.STATIC_ROOT / "two.css").exists()


@pytest.mark.django_db
def test_tables_that_stand_are_not_migrated_again(monkeypatch):
    from django.db.migrations.executor import MigrationExecutor

    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args: [])
    monkeypatch.setattr(preparation, "_migrate", lambda **_how: pytest.fail("migrated"))
    monkeypatch.setattr(preparation, "call_command", lambda *_args, **_how: None)
    assert preparation.make_tables() == preparation.NOTHING


def test_production_prepares_base_data_and_no_demo(settings):
    settings.DEMO = False
    labels = [step.label for step in preparation.steps()]
    assert "base data" in labels
    assert "demo" not in labels


@pytest.mark.django_db
def test_an_index_of_an_older_shape_is_built_anew(settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path
    old = tmp_path / f"works-{settings.SEARCH_INDEX_SHAPE - 1}"
    old.mkdir()
    (old / "meta.json").write_text("{}")
    index = next(step for step in preparation.steps() if step.label == "search index")
    assert index.run() == "built"
    assert index.run() == preparation.NOTHING
    current = (tmp_path / f"works-{settings.SEARCH_INDEX_SHAPE}.current").read_text()
    assert (tmp_path / current / "meta.json").exists()
