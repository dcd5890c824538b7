"""The three dates of a venue follow from the events of its licences; the database holds them to it.

Guarantees: the same events give the same dates in whatever order they were recorded; from the first grant the foreign-goods rule
binds until every licence that was given is revoked or surrendered, so that a second licence given back frees nobody from the first;
suspension and expiry only close the sale, and it is open while one licence is in force. A suspension ends by a reinstatement, or with
the licence itself: a renewal gives the licence a new end and settles no question.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from marketplace.bazaars.models import LicenceEvent
from marketplace.core.dbrules import DatabaseRule, Guard, declare, grows_only

_Kind = LicenceEvent.Kind
GIVES = {_Kind.GRANTED, _Kind.RENEWED, _Kind.REINSTATED}
FREES = {_Kind.REVOKED, _Kind.SURRENDERED}
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class VenueDates:
    """`bound_until` is the first free day, `open_until` the last day of sale; None as on the venue."""

    bound_since: date | None = None
    bound_until: date | None = None
    open_until: date | None = None


@dataclass(frozen=True)
class _Hold:
    """One licence's hold on its venue, from its gift to the day it was taken back (None: it stands). `open_until` is included."""

    since: date
    until: date | None
    open_until: date


def venue_dates(events: Iterable[LicenceEvent]) -> VenueDates:
    """What the events of a venue's licences, with their licences loaded, amount to."""
    by_licence: dict[int, list[LicenceEvent]] = defaultdict(list)
    for event in sorted(events, key=lambda event: (event.on, event.pk or 0)):
        by_licence[event.licence_id].append(event)
    holds = [hold for of_one in by_licence.values() for hold in _holds(of_one)]
    if not holds:
        return VenueDates()
    standing = [hold for hold in holds if hold.until is None]
    if standing:
        begin = min(hold.since for hold in standing)
        return VenueDates(_begin(begin, holds), None, max(hold.open_until for hold in standing))
    last = max(holds, key=lambda hold: (hold.until, hold.since))
    return VenueDates(_begin(last.since, holds), last.until, None)


def is_taken_back(events: Iterable[LicenceEvent]) -> bool:
    """Whether a licence was revoked or surrendered, and not given again since."""
    spoken = [event for event in events if event.kind in GIVES | FREES]
    return bool(spoken) and max(spoken, key=lambda event: (event.on, event.pk)).kind in FREES


def _holds(events: list[LicenceEvent]) -> list[_Hold]:
    """The holds of one licence, its events in order. What happens to it before it is given, or once it is gone, holds nothing."""
    holds: list[_Hold] = []
    for event in events:
        now = holds[-1] if holds and holds[-1].until is None else None
        if now is None:
            if event.kind in GIVES:
                holds.append(_Hold(event.on, None, event.licence.expires_on))
        elif event.kind == _Kind.REINSTATED:
            holds[-1] = _Hold(now.since, None, event.licence.expires_on)
        elif event.kind in FREES:
            holds[-1] = _Hold(now.since, event.on, now.open_until)
        elif event.kind == _Kind.SUSPENDED:
            holds[-1] = _Hold(now.since, None, min(now.open_until, event.on - _ONE_DAY))
    return holds


def _begin(begin: date, holds: list[_Hold]) -> date:
    """The first bound day of the stretch that `begin` lies in: holds that meet are one stretch."""
    for hold in sorted(holds, key=lambda hold: hold.since, reverse=True):
        if hold.since < begin and (hold.until is None or hold.until >= begin):
            begin = hold.since
    return begin


_GIVES, _FREES, _LIFTS = "'granted', 'renewed', 'reinstated'", "'revoked', 'surrendered'", "'reinstated'"


def _given(more: str) -> str:
    """SQL: a licence `el` of the venue was given by an event `e`, of which more holds."""
    return (
        "EXISTS (SELECT 1 FROM bazaars_licenceevent e JOIN bazaars_venuelicence el ON el.id = e.licence_id "
        f"WHERE el.venue_id = NEW.id AND e.kind IN ({_GIVES}) {more})"
    )


def _after(one: str, other: str) -> str:
    """SQL: an event of the same licence comes after another; of one day, the one recorded later."""
    return (
        f"{one}.licence_id = {other}.licence_id "
        f'AND ({one}."on" > {other}."on" OR ({one}."on" = {other}."on" AND {one}.id > {other}.id))'
    )


def _never(kinds: str, after: str, more: str = "") -> str:
    """SQL: nothing of these kinds happened to the same licence after an event."""
    return f"AND NOT EXISTS (SELECT 1 FROM bazaars_licenceevent x WHERE x.kind IN ({kinds}) AND {_after('x', after)} {more})"


_STANDS = _never(_FREES, "e")
#: What was given before `bound_since` and not taken back before it, bound the venue already.
_BOUND_BEFORE = 'AND e."on" < NEW.bound_since ' + _never(_FREES, "e", 'AND x."on" < NEW.bound_since')
_BOUND_STILL = _never(_FREES, "e", 'AND x."on" <= NEW.bound_until')
#: A suspension counts from a gift that stands, until a reinstatement.
_NOT_SUSPENDED = (
    "AND NOT EXISTS (SELECT 1 FROM bazaars_licenceevent s WHERE s.licence_id = e.licence_id AND s.kind = 'suspended' "
    f'AND s."on" <= NEW.open_until {_never(_LIFTS, "s")} '
    f"AND EXISTS (SELECT 1 FROM bazaars_licenceevent g WHERE g.kind IN ({_GIVES}) AND {_after('s', 'g')} {_never(_FREES, 'g')}))"
)
#: True when the dates bind a venue less, or keep it open longer, than `venue_dates` of its licences' events does.
_TOO_FREE = (
    f"(NEW.bound_since IS NULL AND {_given('')}) "
    f"OR {_given(_BOUND_BEFORE)} "
    f"OR (NEW.bound_until IS NOT NULL AND {_given(_BOUND_STILL)}) "
    f"OR ({_given(_STANDS)} AND (NEW.open_until IS NULL "
    f"OR NOT {_given(_STANDS + ' AND NEW.open_until <= el.expires_on ' + _NOT_SUSPENDED)}))"
)

#: What raw SQL may not do to the dates: unbind a venue, bind it later, free it, or keep it open, without the events that say so.
VENUE_DATES_IN_DATABASE = declare(
    DatabaseRule(
        "venue_dates_follow_licence",
        (
            Guard(
                "bazaars_venue",
                _TOO_FREE,
                events=("UPDATE",),
                columns=("bound_since", "bound_until", "open_until"),
            ),
            Guard(
                "bazaars_venuelicence",
                "NEW.venue_id <> OLD.venue_id AND EXISTS (SELECT 1 FROM bazaars_licenceevent e WHERE e.licence_id = OLD.id)",
                events=("UPDATE",),
                columns=("venue_id",),
            ),
        ),
    )
)
LICENCE_EVENTS_GROW_ONLY = declare(grows_only("licence_events_grow_only", "bazaars_licenceevent"))
