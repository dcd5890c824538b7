"""A visitor's own bookings of visits, events and courses. A guest's booking stands here once its visitor put it here: the same mail or
mobile alone proves nothing."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.bookings.queries import COMING, ENDED, PAST, bookings_of, count_bookings

A_PAGE = 20
TABS = {COMING: _("To come"), PAST: _("Past"), ENDED: _("Cancelled")}


@never_cache
@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """To come, past or cancelled; each leads to its own page with QR, ways to pay and to cancel, and receipt."""
    asked = request.GET.get("which", COMING)
    which = asked if asked in TABS else COMING
    counts = count_bookings(request.user)
    page = Paginator(bookings_of(request.user, which), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "which": which,
        "tabs": [(name, label, counts[name]) for name, label in TABS.items()],
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
    }
    return render(request, "account/visits.html", context)
