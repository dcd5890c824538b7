"""The rule as dates."""

from datetime import date

import pytest

from marketplace.bazaars.models import Venue
from marketplace.search.windows import FIRST, LAST, MOST_WINDOWS, holds_on, kept, lawful_windows, merged, next_turn

BOUND, FREED, CLOSED, PROVEN = date(2026, 6, 1), date(2026, 9, 1), date(2026, 12, 1), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("venue", "domestic_until", "windows"),
    [
        (None, None, [(FIRST, LAST)]),
        (Venue(), None, [(FIRST, LAST)]),
        (Venue(is_planned=True), LAST, []),
        (Venue(open_until=CLOSED), None, [(FIRST, CLOSED)]),
        (Venue(bound_since=BOUND), None, [(FIRST, date(2026, 5, 31))]),
        (Venue(bound_since=BOUND), LAST, [(FIRST, LAST)]),
        (Venue(bound_since=BOUND), PROVEN, [(FIRST, PROVEN)]),
        (Venue(bound_since=BOUND, bound_until=FREED), None, [(FIRST, date(2026, 5, 31)), (FREED, LAST)]),
        (Venue(bound_since=BOUND, bound_until=FREED), PROVEN, [(FIRST, PROVEN), (FREED, LAST)]),
        (Venue(bound_since=BOUND, bound_until=FREED), date(2026, 8, 31), [(FIRST, LAST)]),
        (
            Venue(bound_since=BOUND, bound_until=FREED, open_until=CLOSED),
            None,
            [(FIRST, date(2026, 5, 31)), (FREED, CLOSED)],
        ),
        (Venue(bound_since=CLOSED, open_until=FREED), None, [(FIRST, FREED)]),
    ],
)
def test_windows_of_an_offer(venue, domestic_until, windows):
    assert lawful_windows(venue, domestic_until) == windows


def test_windows_that_touch_become_one():
    one, two = (date(2026, 1, 1), date(2026, 1, 31)), (date(2026, 2, 1), date(2026, 2, 3))
    assert merged([two, one, (date(2026, 1, 5), date(2026, 1, 6))]) == [(date(2026, 1, 1), date(2026, 2, 3))]
    assert merged([(FIRST, LAST), two]) == [(FIRST, LAST)]
    assert merged([(FREED, BOUND)]) == []


def test_both_ends_belong_to_a_window():
    windows = [(BOUND, FREED)]
    days = (date(2026, 5, 31), BOUND, FREED, date(2026, 9, 2))
    assert [holds_on(windows, day) for day in days] == [False, True, True, False]


def test_the_next_turn_is_the_day_a_window_opens_or_has_closed():
    windows = [(FIRST, BOUND), (FREED, LAST)]
    assert next_turn(windows, date(2026, 1, 1)) == date(2026, 6, 2)
    assert next_turn(windows, date(2026, 6, 2)) == FREED
    assert next_turn(windows, FREED) is None


def test_of_too_many_windows_those_that_are_over_go_first():
    windows = [(date(2026, month, 1), date(2026, month, 5)) for month in range(1, 7)]
    assert kept(windows, date(2026, 3, 1)) == windows[2:]
    assert kept(windows, date(2025, 1, 1)) == windows[:MOST_WINDOWS]
