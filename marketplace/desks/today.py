"""A manager's day in figures: each leads to the list that it counts. Three queries, whatever the venue holds."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from marketplace.bazaars.models import Inspection, Venue
from marketplace.core.models import Refusal
from marketplace.core.persian import group_digits
from marketplace.core.refusals import name_of
from marketplace.desks.floor import SOON
from marketplace.listing.told import DAYS
from marketplace.order.models import Line
from marketplace.rents.models import Rent
from marketplace.seasons import words
from marketplace.seasons.moves import moves
from marketplace.seasons.sales import sums
from marketplace.seasons.spans import span_of
from marketplace.stalls.models import Lease, Stall

#: A licence that ends within so many days is pressing, as the reminders have it.
LICENCE_SOON = 90


@dataclass(frozen=True)
class Tile:
    """A figure with its words and the list it counts. `rial` is shown beside pieces; `presses`: something is to be done."""

    key: str
    label: str
    shown: str
    link: str
    presses: bool = False
    rial: int | None = None


@dataclass(frozen=True)
class Step:
    """What to do first in a venue that has nothing yet."""

    text: str
    label: str
    link: str


def today_of(venue: Venue, *, on: date) -> tuple[list[Tile], list[Step]]:
    """The tiles of a venue (as `venues_managed` reads it), and what is to be done first in one that lacks something."""
    counts = counts_of(venue, on=on)
    desk, stalls = f"{reverse('desks:venue')}?place={venue.slug}", reverse("desks:stalls", args=[venue.slug])
    tiles = [
        _licence(venue, desk, on),
        _count("refusals", _("Refused in %(days)s days") % {"days": words.count(DAYS)}, counts, f"{desk}#refusals"),
        _count("free", _("Stalls empty"), counts, f"{stalls}?only=free#stalls"),
        _count("ending", _("Leases ending in 60 days"), counts, f"{stalls}?only=ending#stalls"),
        _count("late", _("Stalls with late rent"), counts, f"{stalls}?only=late#stalls"),
        _count("due", _("Inspections due"), counts, f"{desk}#inspections"),
    ]
    return [*tiles, *_sales(venue, on)], first_steps(venue, has_stalls=counts["stalls_there"] > 0)


def counts_of(venue: Venue, *, on: date) -> dict[str, int]:
    """Refused tries, inspections that are due, and stalls as the plan's list tells them apart. One query."""
    leases = Lease.objects.filter(stall=OuterRef("pk"))
    running, coming = leases.running_on(on), leases.filter(starts_on__gt=on)
    ends_soon = running.filter(last_on__lte=on + SOON)
    late = Rent.objects.filter(lease__stall=OuterRef("pk"), paid_on=None, due_on__lt=on, amount_rial__gt=0)
    stalls = Stall.objects.filter(venue=OuterRef("pk"))
    tries = Refusal.objects.filter(place=name_of(venue), at__gte=timezone.now() - timedelta(days=DAYS))
    found = Venue.objects.filter(pk=venue.pk).annotate(
        stalls_there=_number(stalls),
        free=_number(stalls.filter(~Exists(running))),
        ending=_number(stalls.filter(Exists(ends_soon) & ~Exists(coming))),
        late=_number(stalls.filter(Exists(late))),
        due=_number(Inspection.objects.filter(venue=OuterRef("pk"), closed_on=None)),
        refusals=Coalesce(Subquery(_counted(tries), output_field=IntegerField()), 0),
    )
    return found.values("stalls_there", "free", "ending", "late", "due", "refusals").get()


def _counted(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows of a venue, as a part of a larger query."""
    return Coalesce(Subquery(_counted(rows), output_field=IntegerField()), 0)


def _count(key: str, label: str, counts: dict[str, int], link: str) -> Tile:
    return Tile(key, label, words.count(counts[key]), link, presses=counts[key] > 0)


def _licence(venue: Venue, desk: str, on: date) -> Tile:
    if venue.open_until is None:
        return Tile("licence", _("Licence"), _("none known"), f"{desk}#licences")
    left = max(0, (venue.open_until - on).days)
    shown = ngettext("%(days)s day", "%(days)s days", left) % {"days": group_digits(left, language=words.language())}
    return Tile("licence", _("Licence: days left"), shown, f"{desk}#licences", presses=left <= LICENCE_SOON)


def _sales(venue: Venue, on: date) -> list[Tile]:
    """What was sold today and in this month, as the month's report has it. Two queries."""
    span = span_of(on)
    found = list(moves(Line.objects.filter(venue=venue), since=span.first, until=span.last))
    report = f"{reverse('desks:venue-report', args=[venue.slug])}?of={span.code}#sales"
    return [
        _sold("today", _("Sold today"), sums(move for move in found if move.on == on), report),
        _sold("month", _("Sold this month"), sums(found), report),
    ]


def _sold(key: str, label: str, total: dict[str, int], report: str) -> Tile:
    pieces = npgettext("sold", "%(pieces)s piece", "%(pieces)s pieces", total["sold"]) % {
        "pieces": words.count(total["sold"])
    }
    return Tile(key, label, pieces, report, rial=total["gross"])


def first_steps(venue: Venue, *, has_stalls: bool) -> list[Step]:
    """What a venue lacks before anything can be sold in it; nothing once it has a licence, stalls and offers."""
    steps = []
    if not venue.licences.all():
        steps.append(
            Step(
                _("Send the venue's licence in; an officer compares it with the paper."),
                _("Send the licence in"),
                reverse("desks:venue-licence", args=[venue.slug]),
            )
        )
    if not has_stalls:
        steps.append(
            Step(
                _("Put the stalls on the plan, then let them to workshops."),
                _("Put a stall on the plan"),
                reverse("desks:stall-new", args=[venue.slug]),
            )
        )
    if not venue.offer_count and not steps:  # type: ignore[attr-defined]
        steps.append(
            Step(
                _(
                    "Ask your tenants to offer their works here: each does it on the page of the work, under “Offer it elsewhere”."
                ),
                _("Stalls and tenants"),
                reverse("desks:stalls", args=[venue.slug]),
            )
        )
    return steps
