"""The map of a city, and beside it the same places as a list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.maps import queries
from marketplace.places.models import City


@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """Sights, workshops, bazaars, houses, kiosks of one city. The list says all that the map says."""
    found = get_object_or_404(City.objects.select_related("province"), slug=slug)
    groups = queries.in_groups(queries.spots_of(found))
    return render(
        request,
        "maps/city.html",
        {
            "crumbs": [
                (_("Craft cities"), reverse("shop:cities")),
                (found.name, found.get_absolute_url()),
                (_("Map"), ""),
            ],
            "city": found,
            "groups": groups,
            "has_demo": any(spot.is_demo for group in groups for spot in group.spots),
        },
    )
