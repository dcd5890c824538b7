"""The three dates of a venue follow from the events of its licences; the database holds them to it.

Guarantees: the same events give the same dates in whatever order they were recorded; from the first grant the foreign-goods rule
binds until every licence that was given is revoked or surrendered, so that a second licence given back frees nobody from the first;
suspension and expiry only close the sale, and it is open while one licence is in force.
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


def _holds(events: list[LicenceEvent]) -> list[_Hold]:
    """The holds of one licence, its events in order. What happens to it before it is given, or once it is gone, holds nothing."""
    holds: list[_Hold] = []
    for event in events:
        now = holds[-1] if holds and holds[-1].until is None else None
        if event.kind in GIVES:
            if now:
                holds.pop()
            holds.append(_Hold(now.since if now else event.on, None, event.licence.expires_on))
        elif now and event.kind in FREES:
            holds[-1] = _Hold(now.since, event.on, now.open_until)
        elif now:
            holds[-1] = _Hold(now.since, None, min(now.open_until, event.on - _ONE_DAY))
    return holds


def _begin(begin: date, holds: list[_Hold]) -> date:
    """The first bound day of the stretch that `begin` lies in: holds that meet are one stretch."""
    for hold in sorted(holds, key=lambda hold: hold.since, reverse=True):
        if hold.since < begin and (hold.until is None or hold.until >= begin):
            begin = hold.since
    return begin


def _event(name: str, kinds: str, more: str = "") -> str:
    return (
        f"SELECT 1 FROM bazaars_licenceevent {name} JOIN bazaars_venuelicence {name}l ON {name}l.id = {name}.licence_id "
        f"WHERE {name}l.venue_id = NEW.id AND {name}.kind IN ({kinds}) {more}"
    )


def _no_later(name: str, kinds: str) -> str:
    """SQL: nothing of these kinds happened to the same licence after the event `name`."""
    return (
        f"AND NOT EXISTS (SELECT 1 FROM bazaars_licenceevent x WHERE x.licence_id = {name}.licence_id AND x.kind IN ({kinds}) "
        f'AND (x."on" > {name}."on" OR (x."on" = {name}."on" AND x.id > {name}.id)))'
    )


_GIVES, _FREES = "'granted', 'renewed', 'reinstated'", "'revoked', 'surrendered'"
_STANDS = _no_later("e", _FREES)
_SUSPENDED = (
    "AND NOT EXISTS (SELECT 1 FROM bazaars_licenceevent s WHERE s.licence_id = e.licence_id AND s.kind = 'suspended' "
    f'AND s."on" <= NEW.open_until {_no_later("s", _GIVES)})'
)
#: True when the dates bind a venue less, or keep it open longer, than the events of its licences do.
_TOO_FREE = (
    f"(NEW.bound_since IS NULL AND EXISTS ({_event('e', _GIVES)})) "
    f"OR EXISTS ({_event('e', _GIVES, _STANDS)} "
    'AND (NEW.bound_until IS NOT NULL OR NEW.bound_since > e."on" OR NEW.open_until IS NULL)) '
    f'OR (NEW.bound_until IS NOT NULL AND EXISTS ({_event("e", _GIVES)} AND e."on" > NEW.bound_until)) '
    f"OR (NEW.bound_until IS NOT NULL AND EXISTS ({_event('e', _GIVES)}) "
    f'AND NOT EXISTS ({_event("f", _FREES)} AND f."on" <= NEW.bound_until)) '
    f"OR (EXISTS ({_event('e', _GIVES, _STANDS)}) AND NOT EXISTS ({_event('e', _GIVES, _STANDS)} "
    f"AND NEW.open_until <= el.expires_on {_SUSPENDED}))"
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
