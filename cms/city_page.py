"""What a city's page shows beside its story, live from the market. A section without content is left out."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.clock import today
from marketplace.found import heads
from marketplace.places.models import City
from marketplace.ui import shelves
from marketplace.ui.cards import Card

MAKERS = 8
#: Works pictured above a story that has no picture of its own.
PLATES = 3


def context_of(request: HttpRequest, city: City, story: dict[str, Any] | None) -> dict[str, Any]:
    """`shelf`, `crafts`, `makers`, `venues` and the head of a city's page; `story` is None where nobody wrote one."""
    shelf = shelves.shelf(request.LANGUAGE_CODE, with_counts=True, city=city.slug)
    counts = {count.value: count.count for count in shelf.counts.get("craft", [])}
    return {
        "crumbs": [(_("Craft cities"), reverse("shop:cities")), (city.name, "")],
        "city": city,
        "story": story,
        "found_head": heads.city_head(request, city, shelf.cards, text=(story or {}).get("lead") or ""),
        "shelf": shelf,
        "plates": plates(shelf.cards, counts),
        "crafts": [(craft, counts[craft.slug]) for craft in shelves.crafts_named(set(counts))],
        "makers": shelves.makers_with_counts().filter(city=city).order_by("-is_master", "slug")[:MAKERS],
        "venues": shelves.venue_states(city.venues.all(), on=today()),
    }


def plates(cards: list[Card], counts: dict[str, int]) -> list[Card]:
    """Pictured works of Iranian origin: one of each craft, the city's most practised first; none when the row would have a gap."""
    pictured = [card for card in cards if card.picture and not card.origin_state]
    practised = sorted(pictured, key=lambda card: -counts.get(card.craft_slug, 0))
    firsts = list({card.craft_slug: card for card in reversed(practised)}.values())[::-1]
    chosen = [*firsts, *(card for card in practised if card not in firsts)][:PLATES]
    return chosen if len(chosen) == PLATES else []
