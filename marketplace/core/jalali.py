"""Jalali dates at the edges: Gregorian is stored, Jalali is read and written by people."""

import datetime
import re

import jdatetime
from django.utils.formats import date_format
from django.utils.translation import get_language

from marketplace.core.persian import to_latin_digits, to_persian_digits

_WRITTEN = re.compile(r"\s*(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*")
# A four-digit year below this can only be Jalali, from it on only Gregorian.
_FIRST_GREGORIAN_YEAR = 1700


def jalali(day: datetime.date) -> jdatetime.date:
    """The Jalali date of a Gregorian `day`."""
    return jdatetime.date.fromgregorian(year=day.year, month=day.month, day=day.day)


def jalali_long(day: datetime.date) -> str:
    """«۱۲ آبان ۱۴۰۵»."""
    date = jalali(day)
    month = jdatetime.date.j_months_fa[date.month - 1]
    return to_persian_digits(f"{date.day} {month} {date.year}")


def day_in_words(day: datetime.date) -> str:
    """A day for a sentence in the reader's language: «۱۲ آبان ۱۴۰۵», or 3 November 2026."""
    return jalali_long(day) if _is_persian() else date_format(day, "j F Y")


def _is_persian() -> bool:
    return (get_language() or "fa").startswith("fa")


def month_name(day: datetime.date) -> str:
    """The Jalali month of a day in the reader's language: «آذر ۱۴۰۵», or Azar 1405."""
    date = jalali(day)
    if _is_persian():
        return f"{jdatetime.date.j_months_fa[date.month - 1]} {to_persian_digits(str(date.year))}"
    return f"{jdatetime.date.j_months_en[date.month - 1]} {date.year}"


def jalali_short(day: datetime.date) -> str:
    """«۱۴۰۵/۰۸/۱۲»."""
    date = jalali(day)
    return to_persian_digits(f"{date.year:04}/{date.month:02}/{date.day:02}")


def parse_day(text: str) -> datetime.date:
    """The day a person typed, Jalali (۱۴۰۵/۸/۱۲) or Gregorian (2026-11-03), in any digits.

    ValueError when it is neither, or no such day exists.
    """
    written = _WRITTEN.fullmatch(to_latin_digits(text))
    if not written:
        raise ValueError("Not a date.")
    year, month, day = map(int, written.groups())
    if year >= _FIRST_GREGORIAN_YEAR:
        return datetime.date(year, month, day)
    return jdatetime.date(year, month, day).togregorian()


def jalali_year_of(day: datetime.date) -> int:
    """The Jalali year in which a day falls."""
    return jalali(day).year


def year_bounds(year: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a Jalali year; a leap year ends a day later."""
    first = jdatetime.date(year, 1, 1).togregorian()
    return first, jdatetime.date(year + 1, 1, 1).togregorian() - datetime.timedelta(days=1)
