"""On which days something happens again by the Jalali calendar. No model, clock or network is asked, so a rule can be tried alone.

A rule says of one day whether it falls on it; `days` collects the days of a span. Days are Gregorian `date`s, weekdays are
Python's (Monday is 0, Friday is 4), months are Jalali numbers (Farvardin is 1).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

import holidays
import jdatetime

from marketplace.core.jalali import jalali

WEEK = timedelta(days=7)


class Rule(Protocol):
    """Anything that knows its days."""

    def falls_on(self, day: date) -> bool:
        """Whether it happens on this day."""


@dataclass(frozen=True)
class EachWeekday:
    """Every Friday, or with a month every Friday of Ordibehesht. ValueError where there is no such weekday or month."""

    weekday: int
    month: int | None = None

    def __post_init__(self) -> None:
        _require_weekday(self.weekday)
        if self.month is not None:
            _require_month(self.month)

    def falls_on(self, day: date) -> bool:
        """Whether the weekday is right, and the month where one was named."""
        return day.weekday() == self.weekday and self.month in (None, jalali(day).month)


@dataclass(frozen=True)
class EachYear:
    """15 Shahrivar each year. 30 Esfand happens in leap years only: it is not moved. ValueError for a day no year has."""

    month: int
    day: int

    def __post_init__(self) -> None:
        _require_month(self.month)
        if not 1 <= self.day <= jdatetime.j_days_in_month[self.month - 1] + (self.month == 12):
            raise ValueError(f"month {self.month} has no day {self.day}")

    def falls_on(self, day: date) -> bool:
        """Whether it is that day of that month."""
        read = jalali(day)
        return (read.month, read.day) == (self.month, self.day)


@dataclass(frozen=True)
class LastWeekday:
    """The last Thursday of each Jalali month."""

    weekday: int

    def __post_init__(self) -> None:
        _require_weekday(self.weekday)

    def falls_on(self, day: date) -> bool:
        """Whether the weekday is right and comes no more in this month."""
        return day.weekday() == self.weekday and jalali(day + WEEK).month != jalali(day).month


@dataclass(frozen=True)
class EveryWeeks:
    """Every so many weeks from a first day, until a last one that still counts. ValueError for fewer than one week."""

    weeks: int
    first: date
    until: date

    def __post_init__(self) -> None:
        if self.weeks < 1:
            raise ValueError("a step is one week or more")

    def falls_on(self, day: date) -> bool:
        """Whether whole steps lie between the first day and this one."""
        return self.first <= day <= self.until and (day - self.first) % (WEEK * self.weeks) == timedelta()


@dataclass(frozen=True)
class EveryMonths:
    """The first day's number in every so many Jalali months, from that day on. ValueError for fewer than one month.

    A month without such a day (31 from Mehr on, 30 in Esfand of a common year) is left out: the day is not moved.
    """

    months: int
    first: date

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError("a step is one month or more")

    def falls_on(self, day: date) -> bool:
        """Whether the number is right and whole steps of months lie between."""
        read, first = jalali(day), jalali(self.first)
        apart = (read.year - first.year) * 12 + read.month - first.month
        return day >= self.first and read.day == first.day and apart % self.months == 0


def days(rule: Rule, *, first: date, last: date) -> list[date]:
    """The rule's days from `first` to `last`, both counted, in order."""
    span = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return [day for day in span if rule.falls_on(day)]


def holiday_on(day: date, *, language: str) -> str:
    """The official holiday's name in "fa" or "en", or an empty string; days of the lunar calendar may be estimates.

    It is a warning to whoever plans, and moves nothing.
    """
    return _holidays("fa_IR" if language == "fa" else "en_US", day.year).get(day, "")


@lru_cache(maxsize=32)
def _holidays(language: str, year: int) -> holidays.HolidayBase:
    return holidays.country_holidays("IR", years=year, language=language, expand=False)


def _require_weekday(weekday: int) -> None:
    if not 0 <= weekday <= 6:
        raise ValueError(f"no weekday {weekday}")


def _require_month(month: int) -> None:
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
