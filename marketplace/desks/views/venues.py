"""The venue manager's desk."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.clock import today
from marketplace.desks.access import maker_of
from marketplace.desks.forms.papers import VenueLicenceForm
from marketplace.desks.papers import drop_papers
from marketplace.desks.queries import offers_in, venues_managed
from marketplace.desks.refusals import counts_in, refused_in
from marketplace.desks.sending import SENT, claims_of, send_venue_licence_once
from marketplace.desks.today import today_of
from marketplace.listing.told import DAYS, REFUSALS

OFFERS_A_PAGE = 30
INSPECTIONS_SHOWN = 20


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
    pages = Paginator(offers_in(chosen), OFFERS_A_PAGE)
    pages.count = chosen.offer_count  # type: ignore[attr-defined, misc]  # counted with the venue
    page = pages.get_page(request.GET.get("page"))
    refused = refused_in(chosen, page=request.GET.get("refused"))
    tiles, steps = today_of(chosen, on=day)
    context = {
        "maker": maker_of(request.user),
        "venues": venues,
        "venue": chosen,
        "is_bound": chosen.is_bound_on(day),
        "is_open": chosen.is_open_on(day),
        "tiles": tiles,
        "steps": steps,
        "days_left": max(0, (chosen.open_until - day).days) if chosen.open_until else None,
        "licences": sorted(chosen.licences.all(), key=lambda licence: licence.expires_on, reverse=True),
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "offers": page.object_list,
        "refusals": refused.object_list,
        "refused_page": refused,
        "refused_numbers": refused.paginator.get_elided_page_range(refused.number),
        "counts": counts_in(chosen),
        "days": DAYS,
        "limit": REFUSALS,
        "inspections": chosen.inspections.select_related("maker").order_by(
            F("closed_on").asc(nulls_first=True), "-opened_on"
        )[:INSPECTIONS_SHOWN],
        "claims": claims_of(chosen),
    }
    return render(request, "desks/venue.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def licence(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the licence of a venue one manages in, or its renewal; 404 for another's."""
    venue = get_object_or_404(venues_managed(request.user), slug=slug)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = VenueLicenceForm(*posted, venue=venue, user=request.user)
    if not posted or not form.is_valid():
        context = {"maker": maker_of(request.user), "venue": venue, "venues": [venue], "form": form}
        return render(request, "desks/venue_licence.html", context, status=422 if posted else 200)
    if not send_venue_licence_once(venue=venue, by=request.user, facts=form.facts()):
        drop_papers(form.uploaded)
    messages.success(request, SENT)
    return redirect(f"{reverse('desks:venue')}?place={venue.slug}#licences")
