"""A map on a page, the drawing that shows where in the country it lies, and the marks of both."""

from decimal import Decimal
from typing import Any

import segno
from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from marketplace.maps.marks import MARKS, Mark
from marketplace.places import outlines
from marketplace.places.models import City
from marketplace.ui.templatetags.rasteh import digits, grouped

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


@register.simple_tag
def qr(address: str) -> SafeString:
    """The address as a QR code: dark on light in either theme, since readers of codes want that."""
    return mark_safe(
        segno.make(address, error="m", micro=False).svg_inline(
            border=3,
            dark="#1d2629",
            light="#fff",
            omitsize=True,
            svgclass="qr",
            lineclass=None,
            title=str(_("QR code")),
        )
    )


@register.filter
def distance(metres: int) -> str:
    """«۸۵۰ متر» or 850 m; from a kilometre on «۱٫۴ کیلومتر» or 1.4 km."""
    if metres < 1_000:
        return _("%(number)s m") % {"number": grouped(round(metres, -1))}
    kilometres = Decimal(metres).scaleb(-3).quantize(Decimal("0.1"))
    whole = kilometres.to_integral_value()
    return _("%(number)s km") % {"number": grouped(whole if whole == kilometres else kilometres)}


@register.filter
def duration(minutes: int) -> str:
    """«۵ ساعت و ۴۰ دقیقه» or 5 h 40 min."""
    hours, rest = divmod(minutes, 60)
    words = {"hours": digits(hours), "minutes": digits(rest)}
    if not hours:
        return _("%(minutes)s min") % words
    return (_("%(hours)s h %(minutes)s min") if rest else _("%(hours)s h")) % words
