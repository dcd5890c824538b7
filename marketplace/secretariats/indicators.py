"""The indicators of a city's dossier: those that this market counts by itself, and those that are asked of the secretariat."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.jalali import year_bounds
from marketplace.makers.queries import licences_in, workshops_in
from marketplace.order.sums import sold_by_makers_of
from marketplace.places.models import City

#: (city, first day, last day) → a whole number.
Count = Callable[[City, date, date], int]


@dataclass(frozen=True)
class Indicator:
    """A number of a report: with `count` the market knows it, without one it is asked for with its source."""

    code: str
    name: Promise
    unit: str | Promise
    count: Count | None = None


INDICATORS = (
    Indicator("workshops", _("Workshops in this market"), "", lambda city, since, until: workshops_in(city)),
    Indicator(
        "licences",
        _("Production licences in force"),
        "",
        lambda city, since, until: licences_in(city, on=until),
    ),
    Indicator(
        "outlets",
        _("Bazaars and shops open for sale"),
        "",
        lambda city, since, until: Venue.objects.open_on(until).filter(city=city).count(),
    ),
    Indicator(
        "sales",
        _("Sales of the city’s makers in this market"),
        _("rial"),
        lambda city, since, until: sold_by_makers_of(city, since=since, until=until),
    ),
    Indicator("exports", _("Exports"), _("US dollars")),
    Indicator("training", _("People trained"), ""),
    Indicator("events", _("Events held"), ""),
)
BY_CODE = {one.code: one for one in INDICATORS}
ASKED = tuple(one for one in INDICATORS if one.count is None)


@dataclass(frozen=True)
class Counted:
    """What the market counted, and for which days."""

    indicator: Indicator
    value: int
    since: date
    until: date


def counted(city: City, year: int, *, on: date) -> list[Counted]:
    """Every number that the market knows of a Jalali year, of a running one up to the day. One query each."""
    first, last = year_bounds(year)
    until = max(first, min(last, on))
    return [Counted(one, one.count(city, first, until), first, until) for one in INDICATORS if one.count is not None]
