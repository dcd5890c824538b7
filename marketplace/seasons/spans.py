"""A Jalali month or season: what a report is about. Nothing but dates."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import jdatetime
from django.utils.translation import get_language, pgettext

from marketplace.core.clock import TEHRAN
from marketplace.core.jalali import jalali, month_name
from marketplace.core.persian import to_persian_digits

MONTH, SEASON = "month", "season"
#: A code in an address: 1405-08 is a month, 1405-s3 a season.
_CODE = re.compile(r"(1[34]\d\d)-(?:(0[1-9]|1[0-2])|s([1-4]))")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """`number` is a month (1 to 12) or a season (1: spring, to 4: winter) of a Jalali year."""

    kind: str
    year: int
    number: int

    @property
    def _months(self) -> tuple[int, int]:
        """Its first and last month."""
        return (self.number, self.number) if self.kind == MONTH else (3 * self.number - 2, 3 * self.number)

    @property
    def first(self) -> date:
        """Its first day."""
        return jdatetime.date(self.year, self._months[0], 1).togregorian()

    @property
    def last(self) -> date:
        """Its last day, included."""
        month = self._months[1]
        year, after = (self.year + 1, 1) if month == 12 else (self.year, month + 1)
        return jdatetime.date(year, after, 1).togregorian() - DAY

    @property
    def code(self) -> str:
        """Its name in an address."""
        return f"{self.year}-{self.number:02}" if self.kind == MONTH else f"{self.year}-s{self.number}"

    @property
    def name(self) -> str:
        """«آبان ۱۴۰۵» or «پاییز ۱۴۰۵», in the reader's language."""
        if self.kind == MONTH:
            return month_name(self.first)
        words = (
            pgettext("season", "Spring"),
            pgettext("season", "Summer"),
            pgettext("season", "Autumn"),
            pgettext("season", "Winter"),
        )
        year = to_persian_digits(self.year) if (get_language() or "fa").startswith("fa") else str(self.year)
        return f"{words[self.number - 1]} {year}"

    @property
    def before(self) -> "Span":
        """The month or season before it."""
        return span_of(self.first - DAY, self.kind)

    @property
    def after(self) -> "Span":
        """The month or season after it."""
        return span_of(self.last + DAY, self.kind)

    @property
    def months(self) -> list["Span"]:
        """The months of it; a month is its own."""
        first, last = self._months
        return [Span(MONTH, self.year, number) for number in range(first, last + 1)]

    @property
    def hours(self) -> tuple[datetime, datetime]:
        """Its first moment in Tehran, and the first moment after it."""
        return _midnight(self.first), _midnight(self.last + DAY)

    def is_over(self, on: date) -> bool:
        """Whether its last day has passed."""
        return self.last < on

    def has_begun(self, on: date) -> bool:
        """Whether its first day has come."""
        return self.first <= on

    def seen_until(self, on: date) -> date:
        """The last day of it that can be known on a day."""
        return min(self.last, on)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), TEHRAN)


def span_of(day: date, kind: str = MONTH) -> Span:
    """The month or season in which a day falls."""
    here = jalali(day)
    return Span(kind, here.year, here.month if kind == MONTH else (here.month + 2) // 3)


def parse_span(code: str) -> Span:
    """The span of a code in an address. ValueError for anything else."""
    found = _CODE.fullmatch(code)
    if found is None:
        raise ValueError("Not a month or season.")
    year, month, season = found.groups()
    return Span(MONTH, int(year), int(month)) if month else Span(SEASON, int(year), int(season))
