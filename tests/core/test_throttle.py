"""So many tries a window, then a clear no."""

import pytest
from django.core.cache import cache

from marketplace.core.throttle import give_back, too_many


@pytest.fixture(autouse=True)
def _fresh_cache():
    cache.clear()


def test_the_fourth_try_of_three_is_too_many():
    answers = [too_many("door", "a", limit=3, seconds=60) for _ in range(4)]
    assert answers == [False, False, False, True]


def test_the_next_window_begins_anew_although_tries_go_on(monkeypatch):
    moment = 1_800_000_000.0
    for later in (0, 20, 40, 59):
        monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: moment + later)  # noqa: B023
        too_many("door", "a", limit=3, seconds=60)
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: moment + 61)
    assert not too_many("door", "a", limit=3, seconds=60)


def test_a_window_begins_with_its_first_try_and_not_at_a_full_minute(monkeypatch):
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: 1_800_000_059.0)
    for _ in range(3):
        too_many("door", "a", limit=3, seconds=60)
    monkeypatch.setattr("django.core.cache.backends.locmem.time.time", lambda: 1_800_000_061.0)
    assert too_many("door", "a", limit=3, seconds=60)


def test_another_address_and_another_door_are_counted_apart():
    for _ in range(3):
        too_many("door", "a", limit=3, seconds=60)
    assert not too_many("door", "b", limit=3, seconds=60)
    assert not too_many("window", "a", limit=3, seconds=60)


def test_the_key_holds_nothing_of_what_was_typed():
    too_many("sign-in", "name", "09131110001", limit=3, seconds=60)
    assert not [key for key in cache._cache if "0913" in key]


def test_a_try_given_back_is_not_counted():
    for _ in range(3):
        too_many("door", "a", limit=3, seconds=60)
    give_back("door", "a")
    assert [too_many("door", "a", limit=3, seconds=60) for _ in range(2)] == [False, True]


def test_what_was_never_tried_is_not_given_back():
    give_back("door", "a")
    assert [too_many("door", "a", limit=1, seconds=60) for _ in range(2)] == [False, True]
