"""What a city's page shows beside its story, live from the market. At most twenty queries when nothing is cached."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import city_sections
from cms.front_cache import depends_on
from marketplace.found import heads
from marketplace.places.models import City
from marketplace.ui import shelves
from marketplace.ui.cards import Card

if TYPE_CHECKING:  # the models read this module for their page
    from cms.models import CityPage

#: Works on the page; the rest is a search away.
WORKS = 12
#: Works pictured above a story that has no picture of its own.
PLATES = 3


def context_of(
    request: HttpRequest, city: City, story: dict[str, Any] | None, page: "CityPage | None" = None
) -> dict[str, Any]:
    """`shelf`, `crafts`, `before` and `after` (sections around the works) and the head; without a story, an invitation."""
    depends_on(f"city:{city.pk}")
    shelf = shelves.shelf(request.LANGUAGE_CODE, limit=WORKS, counted=("craft",), city=city.slug)
    counts = {count.value: count.count for count in shelf.counts.get("craft", [])}
    asked = city_sections.Asked(city, page, story, shelf, list(city.spots.select_related("city", "maker__city")))
    depends_on(*(f"work:{card.id}" for card in shelf.cards))
    return {
        "crumbs": [(_("Craft cities"), reverse("shop:cities")), (city.name, "")],
        "city": city,
        "story": story,
        "found_head": heads.city_head(request, city, shelf.cards, text=(story or {}).get("lead") or ""),
        "shelf": shelf,
        "plates": plates(shelf.cards, counts),
        "crafts": [(craft, counts[craft.slug]) for craft in shelves.crafts_named(set(counts))],
        "before": city_sections.read(city_sections.BEFORE_WORKS, asked),
        "after": city_sections.read(city_sections.AFTER_WORKS, asked),
    }


def plates(cards: list[Card], counts: dict[str, int]) -> list[Card]:
    """Pictured works of Iranian origin: one of each craft, the city's most practised first; none when the row would have a gap."""
    pictured = [card for card in cards if card.picture and not card.origin_state]
    practised = sorted(pictured, key=lambda card: -counts.get(card.craft_slug, 0))
    firsts = list({card.craft_slug: card for card in reversed(practised)}.values())[::-1]
    chosen = [*firsts, *(card for card in practised if card not in firsts)][:PLATES]
    return chosen if len(chosen) == PLATES else []
