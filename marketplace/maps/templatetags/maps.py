"""A map on a page, the drawing that shows where in the country it lies, and the marks of both."""

from typing import Any

from django import template
from django.conf import settings

from marketplace.maps.marks import MARKS, Mark
from marketplace.places import outlines
from marketplace.places.models import City

register = template.Library()

#: The rings around a city's middle that stand for streets where no tile server is named, in kilometres.
RINGS = "1 2 5 10"


@register.filter
def mark_of(kind: str) -> Mark:
    """The shape and letter of a kind of place."""
    return MARKS[kind]


@register.inclusion_tag("maps/map.html")
def places_map(city: City, entries: str, **more: Any) -> dict[str, Any]:
    """A map of the entries inside the element with the id `entries`; each carries its position and its mark.

    Without a script nothing is drawn: the entries say everything. `label` names the map; `line` joins the entries in order.
    """
    return {
        "city": city,
        "entries": entries,
        "outlines": outlines.STATIC_NAME,
        "credit": outlines.CREDIT,
        "tiles": settings.MAP_TILES,
        "tiles_credit": settings.MAP_TILES_CREDIT,
        "rings": RINGS,
        **more,
    }


@register.inclusion_tag("maps/locator.html")
def locator(city: City) -> dict[str, Any]:
    """The country's provinces with the city's own filled and the city as a point: an SVG, no script."""
    placed = city.latitude is not None and city.longitude is not None
    return {
        "city": city,
        "provinces": outlines.provinces(),
        "point": outlines.on_drawing(float(city.latitude), float(city.longitude)) if placed else None,
        "width": outlines.WIDTH,
        "height": outlines.HEIGHT,
        "credit": outlines.CREDIT,
    }
