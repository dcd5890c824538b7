"""Cities and villages of craft. Their stories come from the registry: this room knows no editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.clock import today
from marketplace.core.registry import city_story
from marketplace.found import heads
from marketplace.places.models import City
from marketplace.shop import queries
from marketplace.ui.cards import Card

MAKERS = 8
#: Works pictured above a story that has no picture of its own.
PLATES = 3


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Ranked cities first, then the others where something is made."""
    cities = list(City.objects.select_related("province").order_by("-rank", "name_en"))
    pictures = queries.city_pictures(cities, on=today())
    ranks = {
        rank: [(city, pictures.get(city.pk)) for city in cities if city.rank == rank]
        for rank in ("world", "national", "")
    }
    return render(
        request,
        "shop/cities.html",
        {
            "crumbs": [(_("Craft cities"), "")],
            "world": ranks["world"],
            "national": ranks["national"],
            "others": ranks[""],
        },
    )


@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """One city: its rank and story, its works by craft, its makers and venues."""
    found = get_object_or_404(City.objects.select_related("province"), slug=slug)
    shelf = queries.shelf(request.LANGUAGE_CODE, with_counts=True, city=found.slug)
    counts = {count.value: count.count for count in shelf.counts.get("craft", [])}
    crafts = queries.crafts_named(set(counts))
    story = city_story(found, request.LANGUAGE_CODE)
    return render(
        request,
        "shop/city.html",
        {
            "crumbs": [(_("Craft cities"), reverse("shop:cities")), (found.name, "")],
            "city": found,
            "story": story,
            "found_head": heads.city_head(
                request, found, shelf.cards, text=strip_tags((story or {}).get("lead") or "")
            ),
            "shelf": shelf,
            "plates": _plates(shelf.cards, counts),
            "crafts": [(craft, counts[craft.slug]) for craft in crafts],
            "makers": queries.makers_with_counts().filter(city=found).order_by("-is_master", "slug")[:MAKERS],
            "venues": queries.venue_states(found.venues.all(), on=today()),
        },
    )


def _plates(cards: list[Card], counts: dict[str, int]) -> list[Card]:
    """Pictured works of Iranian origin: one of each craft, the city's most practised first; none when the row would have a gap."""
    pictured = [card for card in cards if card.picture and not card.origin_state]
    practised = sorted(pictured, key=lambda card: -counts.get(card.craft_slug, 0))
    firsts = list({card.craft_slug: card for card in reversed(practised)}.values())[::-1]
    plates = [*firsts, *(card for card in practised if card not in firsts)][:PLATES]
    return plates if len(plates) == PLATES else []
