"""When something happens: its days by a rule, the hours of each, and days that are called off. Nothing here asks a model or the clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from marketplace.bookings import recurrence
from marketplace.bookings.recurrence import Rule

TEHRAN = ZoneInfo("Asia/Tehran")
DAY = timedelta(days=1)
#: How far ahead the next time is looked for. Between two leap years of the Jalali calendar lie five years at most.
HORIZON = timedelta(days=6 * 366)
MIDNIGHT = time()


@dataclass(frozen=True)
class Hours:
    """From when to when on its days; both None for the whole day, the end None where it is not known."""

    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True)
class Occurrence:
    """One time that it happens. Both days count; `called_off` holds the reason, or "" for none given, or None when it takes place."""

    day: date
    last_day: date
    hours: Hours
    called_off: str | None = None
    nth: int = 0

    @property
    def is_called_off(self) -> bool:
        """Whether it does not take place."""
        return self.called_off is not None

    @property
    def starts(self) -> datetime:
        """When it starts, in Tehran; midnight where no hour is known."""
        return datetime.combine(self.day, self.hours.starts or MIDNIGHT, TEHRAN)

    @property
    def ends(self) -> datetime | None:
        """When it ends, in Tehran; None where no hour is known."""
        return datetime.combine(self.last_day, self.hours.ends, TEHRAN) if self.hours.ends else None


@dataclass(frozen=True)
class Plan:
    """Its rules with the hours of each, the span they hold in, how many days one time takes, and what is called off.

    `called_off`: first day of a time → reason. `all_off`: nothing takes place at all.
    """

    rules: tuple[tuple[Rule, Hours], ...]
    first: date
    until: date | None = None
    length: int = 1
    called_off: Mapping[date, str] = field(default_factory=dict)
    all_off: bool = False

    def between(self, first: date, last: date) -> Iterator[Occurrence]:
        """The times of which at least one day lies between these two, both counted, in order."""
        day = max(self.first, first - DAY * (self.length - 1))
        end = min(last, self.until or last)
        while day <= end:
            yield from self._of(day)
            day += DAY

    def next_from(self, day: date, most: int) -> list[Occurrence]:
        """The next times from a day on; one that is still running counts."""
        return list(islice(self.between(day, day + HORIZON), most))

    def last_before(self, day: date) -> Occurrence | None:
        """The last time that was over before a day."""
        times = [time for time in self.between(day - HORIZON, day - DAY) if time.last_day < day]
        return times[-1] if times else None

    def _of(self, day: date) -> Iterator[Occurrence]:
        on_day = sorted(
            (hours for rule, hours in self.rules if rule.falls_on(day)), key=lambda hours: hours.starts or MIDNIGHT
        )
        reason = self.called_off.get(day, "" if self.all_off else None)
        for nth, hours in enumerate(on_day):
            yield Occurrence(day, day + DAY * (self.length - 1), hours, reason, nth)


def once(first: date) -> Rule:
    """A rule that falls on one day."""
    return recurrence.EveryWeeks(1, first, first)


def weekdays_of(rules: Iterable[Rule]) -> list[int]:
    """The weekdays of those rules that have one, each once, from Saturday on."""
    found = {rule.weekday for rule in rules if isinstance(rule, recurrence.EachWeekday)}
    return sorted(found, key=lambda weekday: (weekday - 5) % 7)
