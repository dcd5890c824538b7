"""Months of a lease by the Jalali calendar, and what each costs. Nothing but dates and whole rial."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import jdatetime

from marketplace.core.jalali import jalali

DAY = timedelta(days=1)
RIALS_OF_A_TOMAN = 10


@dataclass(frozen=True)
class Month:
    """A Jalali month by its first and last day in the Gregorian calendar."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """29 to 31."""
        return (self.last - self.first).days + 1


def month_of(day: date) -> Month:
    """The Jalali month in which a day falls."""
    here = jalali(day)
    first = here.replace(day=1).togregorian()
    year, month = (here.year + 1, 1) if here.month == 12 else (here.year, here.month + 1)
    return Month(first, jdatetime.date(year, month, 1).togregorian() - DAY)


def months(first: date, last: date) -> Iterator[Month]:
    """The Jalali months that share a day with a span (both days included)."""
    while first <= last:
        month = month_of(first)
        yield month
        first = month.last + DAY


def rent_of(month: Month, *, starts_on: date, last_on: date, rent_rial: int) -> int:
    """Rent of a month in rial; a month that the lease holds in part costs its days' share, rounded down to whole tomans."""
    held = (min(month.last, last_on) - max(month.first, starts_on)).days + 1
    if held >= month.days:
        return rent_rial
    return rent_rial * max(0, held) // month.days // RIALS_OF_A_TOMAN * RIALS_OF_A_TOMAN


def due_on(month: Month, *, starts_on: date, due_day: int) -> date:
    """The day on which rent of a month is due: the agreed day of the month, or the first day of the lease when that is later."""
    return max(min(month.first + DAY * (due_day - 1), month.last), starts_on)
