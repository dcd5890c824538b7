"""Months of a lease by the Jalali calendar: 31 and 30 days, Esfand of 29 and of 30, shares of a month."""

from datetime import date

import pytest

from marketplace.rents.months import due_on, month_of, months, rent_of

ABAN = month_of(date(2026, 11, 10))
AZAR = month_of(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("day", "first", "last", "days"),
    [
        (date(2026, 3, 21), date(2026, 3, 21), date(2026, 4, 20), 31),
        (date(2026, 11, 22), date(2026, 11, 22), date(2026, 12, 21), 30),
        (date(2027, 3, 1), date(2027, 2, 20), date(2027, 3, 20), 29),
        (date(2030, 3, 1), date(2030, 2, 19), date(2030, 3, 20), 30),
    ],
)
def test_a_month_has_its_own_days(day, first, last, days):
    month = month_of(day)
    assert (month.first, month.last, month.days) == (first, last, days)


def test_months_of_a_span_begin_and_end_with_its_days():
    found = [month.first for month in months(date(2026, 12, 21), date(2027, 2, 20))]
    assert found == [date(2026, 11, 22), date(2026, 12, 22), date(2027, 1, 21), date(2027, 2, 20)]


def test_an_empty_span_has_no_month():
    assert list(months(date(2026, 12, 21), date(2026, 12, 20))) == []


@pytest.mark.parametrize(
    ("starts_on", "last_on", "rial"),
    [
        (date(2026, 1, 1), date(2027, 1, 1), 1_000_000),
        (date(2026, 12, 21), date(2027, 1, 1), 33_330),
        (date(2026, 1, 1), date(2026, 12, 6), 500_000),
        (date(2026, 12, 22), date(2027, 1, 1), 0),
        (date(2026, 1, 1), date(2026, 11, 21), 0),
    ],
)
def test_part_of_a_month_costs_its_days(starts_on, last_on, rial):
    assert rent_of(AZAR, starts_on=starts_on, last_on=last_on, rent_rial=1_000_000) == rial


@pytest.mark.parametrize(
    ("starts_on", "due_day", "due"),
    [
        (date(2026, 1, 1), 1, date(2026, 11, 22)),
        (date(2026, 1, 1), 29, date(2026, 12, 20)),
        (date(2026, 12, 10), 5, date(2026, 12, 10)),
    ],
)
def test_rent_is_due_on_its_day_or_on_the_first_of_the_lease(starts_on, due_day, due):
    assert due_on(AZAR, starts_on=starts_on, due_day=due_day) == due
