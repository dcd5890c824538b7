"""The worker does what waits: events of the outbox, stored tasks, jobs by the clock."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from marketplace.core import jobs, outbox
from marketplace.core.models import OutboxEvent


@pytest.fixture
def readers(monkeypatch):
    """Topics and jobs of this test alone."""
    monkeypatch.setattr(outbox, "_readers", {})
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(jobs, "_last", {})
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)


@pytest.mark.django_db
def test_once_reads_every_event_and_runs_every_job(readers, monkeypatch):
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    read, ran = [], []
    outbox.reader("told", lambda events: read.extend(event.key for event in events))
    jobs.every("sweep", seconds=60, run=lambda: ran.append(1))
    outbox.post_many("told", range(1203))
    call_command("worker", once=True, stdout=StringIO())
    assert len(read) == 1203
    assert ran == [1]
    assert not OutboxEvent.objects.filter(done_at__isnull=True).exists()


@pytest.mark.django_db
def test_an_event_left_by_a_job_is_read_in_the_same_run(readers, monkeypatch):
    monkeypatch.setattr("django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None)
    read = []
    outbox.reader("told", lambda events: read.extend(event.key for event in events))
    jobs.every("sweep", seconds=60, run=lambda: outbox.post("told", "late"))
    call_command("worker", once=True, stdout=StringIO())
    assert read == ["late"]


def test_the_worker_ends_within_seconds_of_being_asked(tmp_path):
    """Even before a table is there: a supervisor may stop it at any moment."""
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"RASTEH_VAR": str(tmp_path), "RASTEH_ENV": "demo", "PYTHONUNBUFFERED": "1"}
    with (tmp_path / "log").open("w") as log:
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=Path(__file__).parents[2], env=environment, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    try:
        deadline = time.monotonic() + 60
        while not (tmp_path / "rasteh.sqlite3").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert worker.poll() is None
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=10) in {0, -signal.SIGTERM}
    finally:
        if worker.poll() is None:
            worker.kill()
