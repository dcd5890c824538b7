"""A way of delivery in the reader's words: from what a purchase or an order keeps of it, so that all pages say the same."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.shipping.models import in_reader_language


@dataclass(frozen=True)
class Words:
    """`places` are where to pick it up; `days` how many working days it is on the way; `source` where its price stands."""

    kind: str
    name: str
    price_rial: int
    days: tuple[int, int] | None
    places: list[str]
    source: str
    is_demo: bool
    is_estimate: bool


def words_of(kept: dict[str, Any]) -> Words | None:
    """What `services.frozen` wrote, in the reader's language; None for an order from before there were tables."""
    if not kept:
        return None
    days = kept.get("days")
    return Words(
        kind=kept["kind"],
        name=_mine(kept, "name"),
        price_rial=kept["price_rial"],
        days=(days[0], days[1]) if days else None,
        places=[_place(leg) for leg in kept["parcels"]],
        source=_source(kept),
        is_demo=kept["is_demo"],
        is_estimate=kept["is_estimate"],
    )


def _mine(kept: dict[str, Any], field: str) -> str:
    language = "en" if (get_language() or "fa").startswith("en") else "fa"
    return kept[f"{field}_{language}"]


def _source(kept: dict[str, Any]) -> str:
    """Orders from before the two languages had a place each hold both in one text."""
    if "source_en" in kept:
        return in_reader_language(kept["source"], kept["source_en"])
    mine, _slash, english = kept["source"].partition(" / ")
    return in_reader_language(mine, english)


def _place(leg: dict[str, Any]) -> str:
    place, city = _mine(leg, "venue") or _("the maker's workshop"), _mine(leg, "city")
    return _("%(place)s in %(city)s") % {"place": place, "city": city} if city else place
