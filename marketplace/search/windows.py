"""The foreign-goods rule as dates: the days on which an offer may be sold, so that an index need only compare them with today.

`marketplace.bazaars.rules` is the rule and `OfferQuerySet.lawful_on` its form in SQL; a test holds the three together.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from marketplace.bazaars.models import Venue

#: Both ends included.
Window = tuple[date, date]

FIRST, LAST = date(1900, 1, 1), date(9999, 12, 31)
#: A document holds so many; later ones wait for the next indexing, which falls due before they begin.
MOST_WINDOWS = 4
_ONE_DAY = timedelta(days=1)


def lawful_windows(venue: Venue | None, domestic_until: date | None) -> list[Window]:
    """The days on which an active offer of a work in a place keeps the rule; a workshop (None) always does."""
    if venue is None:
        return [(FIRST, LAST)]
    if venue.is_planned:
        return []
    closes = venue.open_until or LAST
    pieces = _unbound(venue)
    if domestic_until is not None:
        pieces.append((FIRST, domestic_until))
    return merged((begin, min(end, closes)) for begin, end in pieces)


def _unbound(venue: Venue) -> list[Window]:
    """The days on which the rule does not bind a venue."""
    if venue.bound_since is None:
        return [(FIRST, LAST)]
    before = (FIRST, venue.bound_since - _ONE_DAY)
    return [before] if venue.bound_until is None else [before, (venue.bound_until, LAST)]


def merged(windows: Iterable[Window]) -> list[Window]:
    """The same days in as few windows as can be, in order."""
    whole: list[Window] = []
    for begin, end in sorted(window for window in windows if window[0] <= window[1]):
        if whole and begin <= _day_after(whole[-1][1]):
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((begin, end))
    return whole


def holds_on(windows: Iterable[Window], day: date) -> bool:
    """Whether a day lies in one of the windows."""
    return any(begin <= day <= end for begin, end in windows)


def next_turn(windows: Iterable[Window], day: date) -> date | None:
    """The first day after `day` on which a window opens or has closed; None when none does."""
    turns = [begin for begin, _end in windows] + [_day_after(end) for _begin, end in windows if end < LAST]
    return min((turn for turn in turns if turn > day), default=None)


def kept(windows: list[Window], day: date) -> list[Window]:
    """At most as many windows as a document holds: those that are not over yet come first."""
    ahead = [window for window in windows if window[1] >= day]
    past = [window for window in windows if window[1] < day]
    return sorted((ahead + past)[:MOST_WINDOWS])


def _day_after(day: date) -> date:
    return day if day == LAST else day + _ONE_DAY
