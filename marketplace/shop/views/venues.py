"""Licensed bazaars, shops and houses of craft, and what is sold in them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.found import heads
from marketplace.shop import queries


@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """All venues: those that stand, then those that are planned."""
    states = queries.venue_states(Venue.objects.all(), on=today())
    return render(
        request,
        "shop/venues.html",
        {
            "crumbs": [(_("Bazaars and shops"), "")],
            "standing": [state for state in states if not state.venue.is_planned],
            "planned": [state for state in states if state.venue.is_planned],
        },
    )


@require_safe
def venue(request: HttpRequest, slug: str) -> HttpResponse:
    """One venue: its licence, the rule that binds it, the works offered there."""
    found = get_object_or_404(Venue.objects.select_related("city", "city__province"), slug=slug)
    day = today()
    shelf = queries.shelf(request.LANGUAGE_CODE, venue=found.slug)
    return render(
        request,
        "shop/venue.html",
        {
            "crumbs": [(_("Bazaars and shops"), reverse("shop:venues")), (found.name, "")],
            "venue": found,
            "is_bound": found.is_bound_on(day),
            "is_open": found.is_open_on(day),
            "licences": found.licences.order_by("-expires_on", "-id"),
            "shelf": shelf,
            "found_head": heads.venue_head(request, found, shelf.cards, is_open=found.is_open_on(day)),
            "today": day,
        },
    )
