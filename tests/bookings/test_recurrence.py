"""Days that come again by the Jalali calendar, held against jdatetime over leap years and Nowruz."""

from datetime import date, timedelta

import jdatetime
import pytest

from marketplace.bookings.recurrence import (
    EachWeekday,
    EachYear,
    EveryMonths,
    EveryWeeks,
    LastWeekday,
    days,
    holiday_on,
)

THURSDAY, FRIDAY = 3, 4
#: 1399, 1403 and 1408 are leap years; five years lie between the last two.
YEARS = range(1398, 1410)


def _gregorian(year: int, month: int, day: int) -> date:
    return jdatetime.date(year, month, day).togregorian()


def _in_years(rule) -> list[date]:
    return days(rule, first=_gregorian(YEARS[0], 1, 1), last=_gregorian(YEARS[-1] + 1, 1, 1) - timedelta(days=1))


def test_ordibehesht_1404_has_these_four_fridays():
    found = days(EachWeekday(FRIDAY, month=2), first=date(2025, 3, 21), last=date(2026, 3, 20))
    assert [jdatetime.date.fromgregorian(date=day).day for day in found] == [5, 12, 19, 26]


def test_fridays_of_a_month_are_those_of_the_calendar_in_every_year():
    expected = [_gregorian(y, 2, d) for y in YEARS for d in range(1, 32) if _gregorian(y, 2, d).weekday() == FRIDAY]
    assert _in_years(EachWeekday(FRIDAY, month=2)) == expected


def test_every_friday_without_a_month_crosses_nowruz_week_by_week():
    found = days(EachWeekday(FRIDAY), first=date(2025, 3, 14), last=date(2025, 3, 28))
    assert found == [date(2025, 3, 14), date(2025, 3, 21), date(2025, 3, 28)]


@pytest.mark.parametrize(("month", "day"), [(1, 1), (6, 15), (6, 31), (12, 29)])
def test_a_day_of_the_year_comes_once_in_every_year(month, day):
    assert _in_years(EachYear(month, day)) == [_gregorian(year, month, day) for year in YEARS]


def test_the_thirtieth_of_esfand_comes_in_leap_years_only():
    assert _in_years(EachYear(12, 30)) == [date(2021, 3, 20), date(2025, 3, 20), date(2030, 3, 20)]


@pytest.mark.parametrize("weekday", range(7))
def test_a_last_weekday_comes_once_a_month_and_in_its_last_seven_days(weekday):
    found = [jdatetime.date.fromgregorian(date=day) for day in _in_years(LastWeekday(weekday))]
    assert [(day.year, day.month) for day in found] == [(year, month) for year in YEARS for month in range(1, 13)]
    for day in found:
        assert day.togregorian().weekday() == weekday
        assert (day + timedelta(days=7)).month != day.month


def test_the_last_thursday_of_esfand_in_a_leap_year_is_the_day_before_nowruz():
    assert days(LastWeekday(THURSDAY), first=date(2025, 3, 1), last=date(2025, 3, 31)) == [date(2025, 3, 20)]


def test_every_two_weeks_counts_from_the_first_day_over_nowruz_and_ends_with_the_last():
    rule = EveryWeeks(2, first=date(2025, 3, 13), until=date(2025, 4, 10))
    expected = [date(2025, 3, 13), date(2025, 3, 27), date(2025, 4, 10)]
    assert days(rule, first=date(2025, 1, 1), last=date(2025, 12, 31)) == expected


def test_a_span_that_ends_before_it_begins_has_no_day():
    assert days(EachWeekday(FRIDAY), first=date(2025, 3, 28), last=date(2025, 3, 14)) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: EachWeekday(7),
        lambda: EachWeekday(FRIDAY, month=13),
        lambda: EachYear(7, 31),
        lambda: EachYear(12, 31),
        lambda: EachYear(0, 1),
        lambda: LastWeekday(-1),
        lambda: EveryWeeks(0, first=date(2025, 1, 1), until=date(2025, 2, 1)),
    ],
)
def test_a_rule_no_calendar_can_keep_is_refused(make):
    with pytest.raises(ValueError, match=r"no |one week"):
        make()


def test_nowruz_is_an_official_holiday_in_both_languages_and_a_plain_day_is_none():
    assert "نوروز" in holiday_on(date(2025, 3, 21), language="fa")
    assert "Nowruz" in holiday_on(date(2025, 3, 21), language="en")
    assert holiday_on(date(2025, 5, 6), language="en") == ""


def _jalali(found: list[date]) -> list[str]:
    return [f"{jdatetime.date.fromgregorian(date=day):%Y-%m-%d}" for day in found]


def test_every_second_month_keeps_its_day_over_nowruz_of_a_leap_year():
    rule = EveryMonths(2, _gregorian(1403, 9, 15))
    found = days(rule, first=_gregorian(1403, 9, 1), last=_gregorian(1404, 6, 31))
    assert _jalali(found) == ["1403-09-15", "1403-11-15", "1404-01-15", "1404-03-15", "1404-05-15"]


def test_the_thirtieth_of_every_month_skips_esfand_but_in_leap_years():
    rule = EveryMonths(1, _gregorian(1403, 11, 30))
    found = days(rule, first=_gregorian(1403, 1, 1), last=_gregorian(1405, 1, 31))
    assert _jalali(found)[:3] == ["1403-11-30", "1403-12-30", "1404-01-30"]
    assert "1404-12-30" not in _jalali(found)
    assert _jalali(found)[-2:] == ["1404-11-30", "1405-01-30"]


def test_the_thirty_first_comes_in_the_first_six_months_only():
    found = days(EveryMonths(1, _gregorian(1404, 1, 31)), first=_gregorian(1404, 1, 1), last=_gregorian(1405, 1, 31))
    assert _jalali(found) == [f"1404-0{month}-31" for month in range(1, 7)] + ["1405-01-31"]


def test_a_step_of_no_months_is_refused():
    with pytest.raises(ValueError, match="one month or more"):
        EveryMonths(0, date(2026, 1, 1))
