"""Cities and villages of craft. A city's own page comes from the registry: this room knows no editor."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.clock import today
from marketplace.core.registry import city_page
from marketplace.places.models import City
from marketplace.shop import queries


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
    """One city, drawn by the room of the pages' editors."""
    return city_page()(request, slug)
