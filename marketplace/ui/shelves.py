"""Some works, makers or venues that share something, read in a fixed number of queries for a page that shows them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker
from marketplace.search.queries import SearchPage, SearchRequest, find
from marketplace.ui.cards import Card, cards

#: Works on the page of a craft, a city, a maker or a venue; the rest is a search away.
SHELF = 24


@dataclass(frozen=True)
class VenueState:
    """A venue with what holds there on a day."""

    venue: Venue
    is_bound: bool
    is_open: bool


@dataclass(frozen=True)
class Shelf:
    """Some works that share something, and how many there are in all."""

    cards: list[Card]
    total: int
    counts: dict


def found(language: str, *, limit: int, counted: tuple[str, ...] = (), **facets: str | tuple[str, ...]) -> SearchPage:
    """Works by facet, newest first; a single value may come without its tuple."""
    chosen = {name: (value,) if isinstance(value, str) else value for name, value in facets.items()}
    return find(SearchRequest(facets=chosen, sort="newest", limit=limit, language=language, counted=counted))


def shelf(
    language: str, *, limit: int = SHELF, counted: tuple[str, ...] = (), **facets: str | tuple[str, ...]
) -> Shelf:
    """Works by facet, as cards."""
    page = found(language, limit=limit, counted=counted, **facets)
    return Shelf(cards(page.ids), page.total, page.facets)


def makers_with_counts() -> QuerySet[Maker]:
    """Every active maker with the city and the number of public works (`works_count`)."""
    public = Q(works__is_public=True, works__parent__isnull=True)
    return (
        Maker.objects.active()
        .select_related("city", "city__province")
        .annotate(works_count=Count("works", filter=public))
    )


def venue_states(venues: QuerySet[Venue], *, on: date, limit: int | None = None) -> list[VenueState]:
    """Venues that exist, then those that are only planned, each with its state on a day; in one query."""
    ordered = venues.select_related("city").order_by("is_planned", "city__name_en", "slug")
    return [VenueState(venue, venue.is_bound_on(on), venue.is_open_on(on)) for venue in ordered[:limit]]


def crafts_named(slugs: set[str]) -> list[Craft]:
    """Crafts by slug, in the order of their groups."""
    return list(Craft.objects.filter(slug__in=slugs).select_related("group").order_by("group__position", "slug"))
