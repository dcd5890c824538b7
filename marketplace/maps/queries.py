"""What stands on a city's map, in two queries whatever their number."""

from dataclasses import dataclass

from django.db.models import Q

from marketplace.bazaars.models import Venue
from marketplace.maps.marks import MARKS, Mark
from marketplace.places.models import City, Spot

_KIND_OF_VENUE = {Venue.Kind.CRAFT_HOUSE: Spot.Kind.CRAFT_HOUSE}


@dataclass(frozen=True)
class Group:
    """The places of one kind, those with a position first."""

    kind: Spot.Kind
    mark: Mark
    spots: list[Spot]


def spots_of(city: City) -> list[Spot]:
    """Its spots, and its standing venues that have none: those are in the list, for no source says where they are.

    What stands for a planned venue or for one of a maker who is gone is left out by its rows.
    """
    spots = list(
        Spot.objects.filter(city=city)
        .exclude(Q(venue__is_planned=True))
        .select_related("city", "maker__city", "venue__city")
    )
    known = {spot.venue_id for spot in spots}
    bare = Venue.objects.filter(city=city, is_planned=False).exclude(pk__in=known - {None})
    return spots + [_unplaced(venue, city) for venue in bare]


def _unplaced(venue: Venue, city: City) -> Spot:
    """A venue as a place whose position nobody has given. Never saved."""
    return Spot(
        slug=f"venue-{venue.slug}",
        name_fa=venue.name_fa,
        name_en=venue.name_en,
        kind=_KIND_OF_VENUE.get(Venue.Kind(venue.kind), Spot.Kind.BAZAAR),
        city=city,
        address_fa=venue.address_fa,
        address_en=venue.address_en,
        venue=venue,
        source=venue.source,
        is_demo=venue.is_demo,
    )


def in_groups(spots: list[Spot]) -> list[Group]:
    """By kind, in the kinds' own order; kinds without a place are left out."""
    by_kind = {kind: [spot for spot in spots if spot.kind == kind] for kind in Spot.Kind}
    return [
        Group(kind, MARKS[kind], sorted(found, key=lambda spot: (not spot.is_placed, spot.slug)))
        for kind, found in by_kind.items()
        if found
    ]
