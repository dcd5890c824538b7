"""The three dates of a venue follow from the events of its licences; the database holds them to it.

Guarantees: the same events give the same dates in whatever order they were recorded; from the first grant the foreign-goods rule
binds until a revocation or a surrender; suspension and expiry only close the sale.
"""

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


def venue_dates(events: Iterable[LicenceEvent]) -> VenueDates:
    """What the events of a venue's licences, with their licences loaded, amount to."""
    now = VenueDates()
    for event in sorted(events, key=lambda event: (event.on, event.pk or 0)):
        now = _after(now, event)
    return now


def _after(dates: VenueDates, event: LicenceEvent) -> VenueDates:
    if event.kind in GIVES:
        fresh = dates.bound_since is None or dates.bound_until is not None
        return VenueDates(event.on if fresh else dates.bound_since, None, event.licence.expires_on)
    if dates.bound_since is None:
        return dates
    if event.kind in FREES:
        return VenueDates(dates.bound_since, max(event.on, dates.bound_since), None)
    if dates.bound_until is not None:
        return dates
    return VenueDates(dates.bound_since, None, event.on - _ONE_DAY)


_EVENTS = "FROM bazaars_licenceevent e JOIN bazaars_venuelicence l ON l.id = e.licence_id WHERE l.venue_id = NEW.id"
_GIVES = "e.kind IN ('granted', 'renewed', 'reinstated')"
_FREES = "e.kind IN ('revoked', 'surrendered')"

#: What raw SQL may not do to the dates: unbind a venue, bind it later, free it, or keep it open, without the events that say so.
VENUE_DATES_IN_DATABASE = declare(
    DatabaseRule(
        "venue_dates_follow_licence",
        (
            Guard(
                "bazaars_venue",
                f"(NEW.bound_since IS NULL AND EXISTS (SELECT 1 {_EVENTS} AND {_GIVES})) "
                f'OR (NEW.bound_since > (SELECT MIN(e.on_day) FROM (SELECT e."on" AS on_day {_EVENTS} AND {_GIVES}) e) '
                f'AND NOT EXISTS (SELECT 1 {_EVENTS} AND {_FREES} AND e."on" <= NEW.bound_since)) '
                f'OR (NEW.bound_until IS NOT NULL AND NOT EXISTS (SELECT 1 {_EVENTS} AND {_FREES} AND e."on" <= NEW.bound_until)) '
                f'OR (NEW.bound_until IS NOT NULL AND EXISTS (SELECT 1 {_EVENTS} AND {_GIVES} AND e."on" > NEW.bound_until)) '
                f"OR (NEW.bound_since IS NOT NULL AND NEW.bound_until IS NULL AND EXISTS (SELECT 1 {_EVENTS}) "
                "AND (NEW.open_until IS NULL OR NEW.open_until > "
                "(SELECT MAX(l.expires_on) FROM bazaars_venuelicence l WHERE l.venue_id = NEW.id)))",
                events=("UPDATE",),
                columns=("bound_since", "bound_until", "open_until"),
            ),
        ),
    )
)
LICENCE_EVENTS_GROW_ONLY = declare(grows_only("licence_events_grow_only", "bazaars_licenceevent"))
