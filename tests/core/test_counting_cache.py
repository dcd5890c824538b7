"""Counting in the database: one statement, exact, and a window that ends."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.core import counting_cache
from marketplace.core.throttle import too_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def counts(settings, monkeypatch):
    settings.CACHES = {
        "default": {
            "BACKEND": "marketplace.core.counting_cache.CountingDatabaseCache",
            "LOCATION": "core_cache_of_test",
        }
    }
    call_command("createcachetable", verbosity=0)
    return caches["default"]


def at(monkeypatch, moment) -> None:
    monkeypatch.setattr(counting_cache.timezone, "now", lambda: moment)


def test_each_count_is_one_more_in_one_statement(counts):
    with CaptureQueriesContext(connection) as seen:
        assert [counts.count("a", 60) for _nth in range(3)] == [1, 2, 3]
    assert len(seen) == 3
    assert counts.count("b", 60) == 1


def test_a_count_ends_with_the_window_of_its_first_and_begins_anew(counts, monkeypatch):
    begun = timezone.now().replace(microsecond=0)
    told = []
    for later in (0, 30, 59, 62, 63):
        at(monkeypatch, begun + timedelta(seconds=later))
        told.append(counts.count("a", 60))
    assert told == [1, 2, 3, 1, 2]


def test_what_is_over_is_swept_out_by_and_by(counts, monkeypatch):
    monkeypatch.setattr(counting_cache, "SWEEPS", 1)
    begun = timezone.now()
    counts.count("old", 60)
    at(monkeypatch, begun + timedelta(hours=1))
    counts.count("new", 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM core_cache_of_test")
        assert [key for (key,) in cursor.fetchall()] == [":1:new"]


def test_the_throttle_counts_in_it(counts):
    with CaptureQueriesContext(connection) as seen:
        assert [too_many("door", "a", limit=2, seconds=60) for _nth in range(3)] == [False, False, True]
    assert len(seen) == 3


def test_a_count_given_back_is_one_less_and_never_below_nothing(counts):
    assert [counts.count("a", 60) for _nth in range(2)] == [1, 2]
    for _nth in range(3):
        counts.uncount("a")
    assert counts.count("a", 60) == 1
    counts.uncount("never-counted")
    assert counts.count("never-counted", 60) == 1


def test_a_count_that_has_ended_is_not_given_back(counts, monkeypatch):
    begun = timezone.now()
    counts.count("a", 60)
    at(monkeypatch, begun + timedelta(minutes=2))
    counts.uncount("a")
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM core_cache_of_test")
        assert cursor.fetchall() == [("1",)]
