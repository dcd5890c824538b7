"""Jobs by the clock: run when due, each for itself."""

import pytest

from marketplace.core import jobs


@pytest.fixture
def clean_register(monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {})
    monkeypatch.setattr(jobs, "_last", {})
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)


def test_a_job_runs_at_once_and_then_after_its_seconds(clean_register):
    runs = []
    jobs.every("sweep", seconds=60, run=lambda: runs.append(1))
    assert jobs.run_due(now=1000.0) == ["sweep"]
    assert jobs.run_due(now=1059.9) == []
    assert jobs.run_due(now=1060.0) == ["sweep"]
    assert len(runs) == 2


def test_a_job_that_fails_stops_no_other_and_has_another_turn(clean_register):
    runs = []

    def broken():
        raise RuntimeError

    jobs.every("a broken one", seconds=60, run=broken)
    jobs.every("b whole one", seconds=60, run=lambda: runs.append(1))
    assert jobs.run_due(now=0.0) == ["a broken one", "b whole one"]
    assert runs == [1]
    assert "a broken one" in jobs.run_due(now=60.0)


def test_the_same_name_again_replaces_a_job(clean_register):
    runs = []
    jobs.every("sweep", seconds=1, run=lambda: runs.append("old"))
    jobs.every("sweep", seconds=1, run=lambda: runs.append("new"))
    jobs.run_due(now=0.0)
    assert runs == ["new"]


def test_payments_are_swept_every_minute_and_the_index_follows_the_calendar():
    seconds = {job.name: job.seconds for job in jobs.registered()}
    assert seconds["sweep payments"] == 60
    assert "search_by_the_calendar" in seconds
