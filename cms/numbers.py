"""A city's numbers by who says them: those that were entered, each with its source and date, and those the market counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.clock import today
from marketplace.core.persian import group_digits
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.places.models import City

WORKSHOPS = (Maker.Kind.HOME, Maker.Kind.GROUP, Maker.Kind.LARGE)


@dataclass(frozen=True)
class Group:
    """Numbers of one source. `counted_on` is the day of a count in this market; None where a source says them."""

    source: str
    as_of: str
    url: str
    figures: list[dict[str, Any]]
    counted_on: date | None = None
    is_demo: bool = False


def groups(city: City, story: dict[str, Any] | None, *, works: int) -> list[Group]:
    """The entered numbers of a story by source and date, then the counted ones; two queries."""
    by_source: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for figure in (story or {}).get("figures", []):
        by_source.setdefault((figure["source"], figure["as_of"], figure["url"]), []).append(figure)
    entered = [Group(source, as_of, url, figures) for (source, as_of, url), figures in by_source.items()]
    counted = _counted(city, works)
    if counted:
        whose = Group(_("Counted in this market"), "", "", counted, counted_on=today(), is_demo=settings.DEMO)
        entered.append(whose)
    return entered


def _counted(city: City, works: int) -> list[dict[str, Any]]:
    """Makers, masters, workshops, cooperatives, licences in force and works on sale; what is nought is left out."""
    held = ProductionLicence.objects.valid_on(today()).filter(maker=OuterRef("pk")).order_by().values("maker")
    makers = (
        Maker.objects.active()
        .filter(city=city)
        .annotate(held=Subquery(held.annotate(number=Count("pk")).values("number")))
    )
    counts = makers.aggregate(
        makers=Count("pk"),
        masters=Count("pk", filter=Q(is_master=True)),
        workshops=Count("pk", filter=Q(kind__in=WORKSHOPS)),
        cooperatives=Count("pk", filter=Q(kind=Maker.Kind.COOPERATIVE)),
        licences=Sum("held"),
    )
    named = (
        (_("makers in this market"), counts["makers"]),
        (_("masters among them"), counts["masters"]),
        (_("workshops"), counts["workshops"]),
        (_("cooperatives"), counts["cooperatives"]),
        (_("production licences in force"), counts["licences"]),
        (_("works on show"), works),
    )
    language = (get_language() or "fa").split("-")[0]
    return [{"label": label, "value": group_digits(number, language=language)} for label, number in named if number]
