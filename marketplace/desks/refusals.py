"""Refusals as the desks show them: a maker's by work and reason, a venue's with counts per seller. A fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from catalogue.models import Product
from marketplace.bazaars.models import Inspection, Venue
from marketplace.core.models import Refusal
from marketplace.core.refusals import name_of
from marketplace.desks.mending import Mending, is_mended, mending_of, reason_today, steps_for
from marketplace.desks.queries import ASKED_OF_WORKS
from marketplace.listing.told import DAYS, REFUSALS, tries
from marketplace.makers.models import Maker

GROUPS_A_PAGE = 10
REFUSALS_A_PAGE = 20
#: How many tries are listed under one reason; the rest are counted.
TRIES_SHOWN = 3


@dataclass(frozen=True)
class Shown:
    """A refusal with what its names stand for."""

    refusal: Refusal
    work: Product | None
    venue: Venue | None
    maker: Maker | None


@dataclass
class Group:
    """What was refused about one work for one reason, newest try first."""

    latest: Refusal
    times: int
    work: Product | None
    venue: Venue | None
    mending: Mending
    mended: bool
    steps: list[dict[str, Any]]
    tries: list[Shown] = field(default_factory=list)


@dataclass(frozen=True)
class SellerCount:
    """How often a seller's own acts were refused in a venue in thirty days."""

    maker: Maker
    times: int


def _number(name: str, model: type) -> int | None:
    label, _colon, number = name.partition(":")
    return int(number) if label == model._meta.label_lower and number.isdigit() else None  # type: ignore[attr-defined]


def _named(names: Iterable[str], queryset: QuerySet) -> dict[str, Any]:
    """Stored names → what they stand for, in one query."""
    numbers = {number for name in names if (number := _number(name, queryset.model))}
    found = queryset.in_bulk(numbers) if numbers else {}
    return {name_of(thing): thing for thing in found.values()}


def shown(refusals: list[Refusal]) -> list[Shown]:
    """Refusals with their works, venues and sellers, in three queries."""
    works = _named([one.subject for one in refusals], Product.objects.select_related(*ASKED_OF_WORKS))
    venues = _named([one.place for one in refusals], Venue.objects.all())
    makers = _named([one.seller for one in refusals], Maker.objects.all())
    return [Shown(one, works.get(one.subject), venues.get(one.place), makers.get(one.seller)) for one in refusals]


def groups_of(maker: Maker, *, page: str | None) -> Page:
    """A maker's refusals by work and reason, those refused last first."""
    grouped = (
        Refusal.objects.filter(seller=name_of(maker))
        .values("subject", "code")
        .annotate(times=Count("pk"), last=Max("pk"))
        .order_by("-last")
    )
    found = Paginator(grouped, GROUPS_A_PAGE).get_page(page)
    found.object_list = _filled(maker, list(found.object_list))
    return found


def _filled(maker: Maker, rows: list[dict[str, Any]]) -> list[Group]:
    about = Q(pk__in=[])
    for row in rows:
        about |= Q(subject=row["subject"], code=row["code"])
    tries = list(Refusal.objects.filter(about, seller=name_of(maker)).order_by("-pk")[: 20 * GROUPS_A_PAGE])
    lasts = Refusal.objects.in_bulk([row["last"] for row in rows])
    known = {one.refusal.pk: one for one in shown([*lasts.values(), *tries])}
    return [_group(known[row["last"]], row["times"], [known[one.pk] for one in tries]) for row in rows]


def _group(last: Shown, times: int, tries: list[Shown]) -> Group:
    code = last.refusal.code
    mending = mending_of(code, reason_today(code, last.work))
    mine = [one for one in tries if (one.refusal.subject, one.refusal.code) == (last.refusal.subject, code)]
    return Group(
        latest=last.refusal,
        times=times,
        work=last.work,
        venue=last.venue,
        mending=mending,
        mended=is_mended(code, last.work, last.venue),
        steps=steps_for(mending, last.work.origin_work if last.work else None),
        tries=mine[:TRIES_SHOWN],
    )


def counted(maker: Maker) -> dict[str, Any]:
    """A maker's tries against the rule in thirty days, what three of them mean, and the inspections that are open."""
    since = timezone.now() - timedelta(days=DAYS)
    inspections = Inspection.objects.filter(maker=maker, closed_on__isnull=True).select_related("venue")
    return {"tried": tries(maker, since=since), "limit": REFUSALS, "days": DAYS, "inspections": list(inspections)}


def refused_in(venue: Venue, *, page: str | None) -> Page:
    """What the rules refused in a venue, newest first."""
    newest = Refusal.objects.filter(place=name_of(venue)).order_by("-at", "-id")
    found = Paginator(newest, REFUSALS_A_PAGE).get_page(page)
    refusals = list(found.object_list)
    makers = _named([one.seller for one in refusals], Maker.objects.all())
    found.object_list = [Shown(one, None, venue, makers.get(one.seller)) for one in refusals]
    return found


def counts_in(venue: Venue, *, most: int = 10) -> list[SellerCount]:
    """Sellers whose own acts were refused here in thirty days, most first."""
    since = timezone.now() - timedelta(days=DAYS)
    rows = (
        Refusal.objects.filter(place=name_of(venue), by_seller=True, at__gte=since)
        .exclude(seller="")
        .values("seller")
        .annotate(times=Count("pk"))
        .order_by("-times", "seller")[:most]
    )
    counts = [(row["seller"], row["times"]) for row in rows]
    makers = _named([seller for seller, _times in counts], Maker.objects.all())
    return [SellerCount(makers[seller], times) for seller, times in counts if seller in makers]
