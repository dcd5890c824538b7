"""Days, hours and repetitions as a reader of either language says them."""

from collections.abc import Iterable
from datetime import date, time

import jdatetime
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.events.plan import Hours, Occurrence
from marketplace.core.jalali import jalali as jalali_date
from marketplace.ui.templatetags.rasteh import digits, jalali

ESFAND = 12


def is_persian() -> bool:
    """Whether the reader reads Persian."""
    return (get_language() or "fa").startswith("fa")


def weekday(day: date) -> str:
    """«جمعه» or Friday."""
    return date_format(day, "l")


def day_words(day: date) -> str:
    """«جمعه ۱۴ آذر ۱۴۰۵» or Friday 5 December 2026."""
    return f"{weekday(day)} {jalali(day)}"


def span_words(time: Occurrence) -> str:
    """Its day, or its first and last."""
    if time.last_day == time.day:
        return day_words(time.day)
    return _("%(first)s to %(last)s") % {"first": day_words(time.day), "last": day_words(time.last_day)}


def hour_words(hour: time | None) -> str:
    """«۹:۰۰», or nothing."""
    return digits(f"{hour:%H:%M}") if hour else ""


def hours_words(hours: Hours) -> str:
    """«۹:۰۰ تا ۱۲:۰۰», the start alone, or nothing for a whole day."""
    if hours.starts is None:
        return ""
    if hours.ends is None:
        return _("from %(hour)s") % {"hour": hour_words(hours.starts)}
    return _("%(first)s to %(last)s") % {"first": hour_words(hours.starts), "last": hour_words(hours.ends)}


def month_of(day: date) -> tuple[int, int]:
    """(year, month) by the reader's calendar."""
    read = jalali_date(day) if is_persian() else day
    return read.year, read.month


def month_words(day: date) -> str:
    """«آذر ۱۴۰۵» or December 2026."""
    if not is_persian():
        return date_format(day, "F Y")
    read = jalali_date(day)
    return f"{jdatetime.date.j_months_fa[read.month - 1]} {digits(read.year)}"


def jalali_month(number: int) -> str:
    """A Jalali month's name in the reader's language."""
    names = jdatetime.date.j_months_fa if is_persian() else jdatetime.date.j_months_en
    return names[number - 1]


def weekly_words(step: int, first: date) -> str:
    """Every Friday, or every so many weeks on Friday."""
    if step == 1:
        return _("Every %(weekday)s") % {"weekday": weekday(first)}
    return _("Every %(number)s weeks, on %(weekday)s") % {"number": digits(step), "weekday": weekday(first)}


def monthly_words(step: int, first: date) -> str:
    """On which day of the Jalali month, and of every how many months; said too where some months have no such day."""
    day = jalali_date(first).day
    if step == 1:
        words = _("On day %(day)s of every Jalali month") % {"day": digits(day)}
    else:
        words = _("Every %(number)s Jalali months, on day %(day)s") % {"number": digits(step), "day": digits(day)}
    return _("%(repetition)s (only in months that have this day)") % {"repetition": words} if day > 29 else words


def yearly_words(first: date) -> str:
    """On which day of the Jalali year; 30 Esfand is said to be of leap years only."""
    read = jalali_date(first)
    words = _("Every year on %(day)s %(month)s of the Jalali calendar") % {
        "day": digits(read.day),
        "month": jalali_month(read.month),
    }
    is_of_leap_years = (read.month, read.day) == (ESFAND, 30)
    return _("%(repetition)s (leap years only)") % {"repetition": words} if is_of_leap_years else words


def course_words(first: date, last: date | None) -> str:
    """From its first day to its last."""
    if last is None:
        return _("from %(day)s") % {"day": jalali(first)}
    return _("from %(first)s to %(last)s") % {"first": jalali(first), "last": jalali(last)}


def until_words(sentence: str, until: date | None) -> str:
    """With the day it ends, where there is one."""
    if until is None:
        return sentence
    return _("%(sentence)s, until %(day)s") % {"sentence": sentence, "day": jalali(until)}


def price_words(is_free: bool, price: str) -> str:
    """Free, the price as its page says it, or nothing."""
    return _("Free of charge") if is_free else price


def demo_word() -> str:
    """What stands beside the name of an event that does not exist."""
    return _("demo")


def joined(parts: Iterable[str]) -> str:
    """Parts with the reader's comma between them."""
    return ("، " if is_persian() else ", ").join(part for part in parts if part)
