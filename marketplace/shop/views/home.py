"""The first page: what is new, where crafts live, what carries a seal, where it is sold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.crafts.models import CraftGroup
from marketplace.found import heads
from marketplace.shop import queries
from marketplace.ui.cards import Card, cards

NEWEST = 8
SEALED = 4
HERO = 3
CITIES = 8
VENUES = 6


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Home."""
    day, language = today(), request.LANGUAGE_CODE
    cities = list(queries.ranked_cities())
    pictures = queries.city_pictures(cities, on=day)
    province = next((city.province for city in cities if city.province.code == queries.HOME_PROVINCE), None)
    cities.sort(key=lambda city: (city.pk not in pictures, city.province != province))
    newest = queries.found(language, limit=NEWEST * 2, **({"province": province.slug} if province else {}))
    schemes = queries.sealing_schemes(language)
    sealed = queries.found(language, limit=SEALED, seal=schemes).ids if schemes else []
    by_id = {card.id: card for card in cards([*newest.ids, *sealed])}
    fresh = [by_id[pk] for pk in newest.ids if pk in by_id]
    return render(
        request,
        "shop/home.html",
        {
            "found_head": heads.home_head(request, fresh),
            "province": province,
            "hero": _hero(fresh),
            "newest": fresh[:NEWEST],
            "cities": [(city, pictures.get(city.pk)) for city in cities[:CITIES]],
            "lanes": list(CraftGroup.objects.prefetch_related("crafts")),
            "sealed": [by_id[pk] for pk in sealed if pk in by_id],
            "schemes": schemes,
            "venues": queries.venue_states(Venue.objects.bound_on(day), on=day, limit=VENUES),
        },
    )


def _hero(fresh: list[Card]) -> list[Card]:
    """Three pictures of different crafts where there are so many."""
    pictured = [card for card in fresh if card.picture]
    first_of_craft = list({card.craft_slug: card for card in reversed(pictured)}.values())[::-1]
    return (first_of_craft + [card for card in pictured if card not in first_of_craft])[:HERO]
