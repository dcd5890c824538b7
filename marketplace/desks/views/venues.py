"""The venue manager's desk."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.core.clock import today
from marketplace.desks.access import maker_of
from marketplace.desks.queries import offers_in, refusals_in, venues_managed

OFFERS_A_PAGE = 30
LATEST_REFUSALS = 20


@require_safe
@login_required
def show(request: HttpRequest) -> HttpResponse:
    """The venues one manages; for the chosen one its licence, its offers and what was refused there. 404 for all others."""
    venues = list(venues_managed(request.user))
    wanted = request.GET.get("place")
    chosen = next((venue for venue in venues if wanted in (None, venue.slug)), None)
    if chosen is None:
        raise Http404
    day = today()
    page = Paginator(offers_in(chosen), OFFERS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "maker": maker_of(request.user),
        "venues": venues,
        "venue": chosen,
        "is_bound": chosen.is_bound_on(day),
        "is_open": chosen.is_open_on(day),
        "days_left": max(0, (chosen.open_until - day).days) if chosen.open_until else None,
        "licences": sorted(chosen.licences.all(), key=lambda licence: licence.expires_on, reverse=True),
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "offers": page.object_list,
        "refusals": refusals_in(chosen).select_related("user")[:LATEST_REFUSALS],
    }
    return render(request, "desks/venue.html", context)
