"""What `manage.py audit_market` looks at in what was sold."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from marketplace.bazaars.dates import venue_dates
from marketplace.bazaars.models import LicenceEvent, Venue
from marketplace.core.clock import TEHRAN
from marketplace.core.registry import audit
from marketplace.order.models import Line


@audit("order lines")
def sold_by_the_rule() -> Iterator[str]:
    """Lines sold in a venue that was bound on the day of the sale, by a work that was not domestic then.

    An event recorded after the sale for a day before it makes nobody guilty: the licences count as they were known.
    """
    events: dict[int, list[LicenceEvent]] = defaultdict(list)
    for event in LicenceEvent.objects.select_related("licence").order_by("pk"):
        events[event.licence.venue_id].append(event)
    lines = Line.objects.filter(venue__isnull=False).exclude(origin_state="domestic").select_related("venue", "order")
    for line in lines.order_by("pk").iterator():
        assert line.venue is not None
        known = [event for event in events[line.venue.pk] if event.recorded_at <= line.order.date_placed]
        if _venue_as(line.venue, known).is_bound_on(_day_of(line)):
            yield f"Order {line.order.number}, line {line.pk}: a {line.origin_state} work was sold in bound venue {line.venue.slug}."


def _day_of(line: Line) -> date:
    """The market's day of a sale, as its snapshot has it."""
    said = line.snapshot.get("on")
    return date.fromisoformat(said) if said else line.order.date_placed.astimezone(TEHRAN).date()


def _venue_as(venue: Venue, events: list[LicenceEvent]) -> Venue:
    """A venue with the dates that some events give; one without a licence keeps its own."""
    if not events:
        return venue if not venue.licences.exists() else Venue()
    dates = venue_dates(events)
    return Venue(bound_since=dates.bound_since, bound_until=dates.bound_until)
