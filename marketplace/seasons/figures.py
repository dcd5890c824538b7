"""All that a report says, as plain JSON: whole numbers, days as text, names in both languages. What is not known is None, never 0."""

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Count, F, Q, Sum
from django.db.models.functions import Coalesce

from marketplace.bazaars.models import Venue
from marketplace.partner.models import StockRecord
from marketplace.seasons.conduct import refusals_of, rounds_of
from marketplace.seasons.floor import leases_of, rents_of, stalls_of
from marketplace.seasons.sales import named, sales_of
from marketplace.seasons.spans import Span

Figures = dict[str, Any]


def figures_of(venue: Venue, span: Span, *, on: date) -> Figures:
    """A venue's month or season as it is known on a day. A fixed number of queries, whatever happened."""
    leases = leases_of(venue)
    return {
        "venue": {"slug": venue.slug, "name": named(venue), "demo": venue.is_demo},
        "span": span.code,
        "since": str(span.first),
        "until": str(span.last),
        "sales": sales_of(venue, span, leases, on=on),
        "stalls": stalls_of(venue, span, leases, on=on),
        "rents": rents_of(venue, span, on=on),
        "rounds": rounds_of(venue, span),
        "refusals": refusals_of(venue, span),
        "offers": offers_of(venue, span),
        "stock": None if span.is_over(on) else stock_of(venue, on=on),
        "licences": licences_of(venue, span),
        "visitors": None,
    }


def offers_of(venue: Venue, span: Span) -> dict[str, Any]:
    """Offers first made in the span that stand, or last stood, in the venue; and those that ended in it, by reason. One query.

    The market keeps no history of moves: an offer that was brought here counts on the day it was first made.
    """
    after, before = span.hours
    made = Count("pk", filter=Q(date_created__gte=after, date_created__lt=before))
    ended = Count("pk", filter=Q(withdrawn_at__gte=after, withdrawn_at__lt=before))
    rows = StockRecord.objects.filter(venue=venue).order_by("withdrawn_because").values_list("withdrawn_because")
    counted = list(rows.annotate(made=made, ended=ended))
    return {
        "listed": sum(made for _because, made, _ended in counted),
        "withdrawn": {because: ended for because, _made, ended in counted if ended},
    }


def stock_of(venue: Venue, *, on: date) -> dict[str, Any]:
    """What stands in the venue now: active offers, pieces on the shelf, how many of them are sold or held and not gone yet, and
    what the rest would bring at its price (rial). One query. No count of another day is kept."""
    active = StockRecord.objects.active().filter(venue=venue)
    held, shelf = Coalesce(F("num_allocated"), 0), Coalesce(F("num_in_stock"), 0)
    counted = active.aggregate(
        offers=Count("pk"),
        shelf=Coalesce(Sum(shelf), 0),
        held=Coalesce(Sum(held), 0),
        rial=Coalesce(Sum((shelf - held) * F("price"), output_field=BigIntegerField()), 0),
    )
    return {"on": str(on), **{name: int(number) for name, number in counted.items()}}


def licences_of(venue: Venue, span: Span) -> list[dict[str, Any]]:
    """Licences of the venue, and what happened to each in the span. One query."""
    found: dict[int, dict[str, Any]] = {}
    facts = ("pk", "number", "issued_on", "expires_on", "is_demo", "events__kind", "events__on")
    rows = venue.licences.order_by("-expires_on", "-pk", "events__on", "events__pk").values_list(*facts)
    for pk, number, issued, expires, demo, kind, happened in rows:
        empty = {"number": number, "issued": str(issued), "expires": str(expires), "events": [], "demo": demo}
        licence = found.setdefault(pk, empty)
        if happened is not None and span.first <= happened <= span.last:
            licence["events"].append({"kind": kind, "on": str(happened)})
    return list(found.values())
