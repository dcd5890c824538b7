"""Times of several events and courses in order, and what lists show of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from cms.events import words
from cms.events.plan import Occurrence
from marketplace.bookings.recurrence import holiday_on

if TYPE_CHECKING:  # the models list their own times with these
    from cms.models import Happening

#: How far ahead a city's list looks.
AHEAD = timedelta(days=365)


@dataclass(frozen=True)
class Timed:
    """A time and the page it is of."""

    page: "Happening"
    time: Occurrence


def coming(pages: Iterable["Happening"], most: int) -> list[Timed]:
    """The next time of each page that has one, soonest first."""
    timed = [Timed(page, page.next_time) for page in pages if page.next_time is not None]
    return sorted(timed, key=_order)[:most]


def by_month(pages: Iterable["Happening"], first: date, last: date) -> list[tuple[str, list[Timed]]]:
    """Every time of the events, and the next lesson of each course, by months of the reader's calendar."""
    timed = [Timed(page, time) for page in pages for time in _listed(page, first, last)]
    timed.sort(key=_order)
    months = groupby(timed, key=lambda one: words.month_of(max(one.time.day, first)))
    return [(words.month_words(max(group[0].time.day, first)), group) for group in (list(of) for _key, of in months)]


def over(pages: Iterable["Happening"], most: int) -> list[Timed]:
    """What is over, the latest first."""
    timed = [Timed(page, page.last_time) for page in pages if page.last_time is not None]
    return sorted(timed, key=_order, reverse=True)[:most]


def shown(timed: Timed) -> dict[str, Any]:
    """A time in the reader's words, with its page."""
    return shown_time(timed.time) | {"page": timed.page}


def shown_time(time: Occurrence) -> dict[str, Any]:
    """One time in the reader's words, with the official holiday that its first day is."""
    language = "fa" if words.is_persian() else "en"
    return {
        "time": time,
        "day": words.span_words(time),
        "hours": words.hours_words(time.hours),
        "holiday": holiday_on(time.day, language=language).replace(";", "،" if language == "fa" else ","),
    }


def _listed(page: "Happening", first: date, last: date) -> list[Occurrence]:
    if page.lists_each_time:
        return list(page.plan.between(first, last))
    return [time for time in page.next_times[:1] if time.day <= last]


def _order(timed: Timed) -> tuple:
    return timed.time.starts, timed.page.pk
