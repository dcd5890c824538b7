"""The licences of venues, as officers keep them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.bazaars.models import LicenceEvent, Venue
from marketplace.core.clock import today
from marketplace.core.persian import one_spelling
from marketplace.desks.officer.access import for_officer
from marketplace.desks.officer.forms import EventForm, GrantForm
from marketplace.desks.officer.services import record_event, register_licence
from marketplace.desks.views.officer_confirm import confirmed
from marketplace.ui.templatetags.rasteh import jalali

VENUES_A_PAGE = 30


def _venues() -> QuerySet[Venue]:
    active = Count("offers", filter=Q(offers__withdrawn_at__isnull=True), distinct=True)
    return Venue.objects.select_related("city__province").annotate(offer_count=active)


@require_safe
@for_officer
def every(request: HttpRequest) -> HttpResponse:
    """Venues with their dates, those that close first on top; found by name, city or province."""
    typed = (request.GET.get("name") or "").strip()[:80]
    venues = _venues()
    for word in one_spelling(typed).split():
        venues = venues.filter(
            Q(name_fa__icontains=word)
            | Q(name_en__icontains=word)
            | Q(city__name_fa__icontains=word)
            | Q(city__name_en__icontains=word)
            | Q(city__province__name_fa__icontains=word)
            | Q(city__province__name_en__icontains=word)
        )
    page = Paginator(venues.order_by(F("open_until").asc(nulls_last=True), "slug"), VENUES_A_PAGE).get_page(
        request.GET.get("page")
    )
    day = today()
    context = {
        "page": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": [(venue, venue.is_bound_on(day), venue.is_open_on(day)) for venue in page.object_list],
        "typed": typed,
    }
    return render(request, "desks/officer/venues.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_officer
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """A venue's licences, events and dates; a POST previews, then records, an event or a new licence."""
    venue = get_object_or_404(_venues(), slug=slug)
    if request.method != "POST":
        return _page(request, venue)
    return _grant(request, venue) if request.POST.get("act") == "grant" else _event(request, venue)


def _page(
    request: HttpRequest,
    venue: Venue,
    *,
    status: int = 200,
    event_form: EventForm | None = None,
    grant_form: GrantForm | None = None,
) -> HttpResponse:
    licences = list(venue.licences.prefetch_related("events__recorded_by").order_by("-expires_on", "-id"))
    day = today()
    context = {
        "venue": venue,
        "licences": licences,
        "is_bound": venue.is_bound_on(day),
        "is_open": venue.is_open_on(day),
        "event_form": event_form or EventForm(licences=licences, prefix="event"),
        "grant_form": grant_form or GrantForm(prefix="grant"),
    }
    return render(request, "desks/officer/venue.html", context, status=status)


def _dates(venue: Venue) -> list[str]:
    """What the dates of a venue mean, in sentences."""
    day = today()
    lines = [
        _("From %(day)s the rule “no foreign handicrafts” binds the venue.") % {"day": jalali(venue.bound_since)}
        if venue.is_bound_on(day)
        else _("The rule “no foreign handicrafts” does not bind the venue.")
    ]
    if venue.open_until is None:
        lines.append(_("No licence limits its days of sale."))
    elif venue.open_until < day:
        lines.append(
            _("Nothing can be sold there: its last day of sale was %(day)s.") % {"day": jalali(venue.open_until)}
        )
    else:
        lines.append(_("Sale is possible until %(day)s.") % {"day": jalali(venue.open_until)})
    return lines


def _event(request: HttpRequest, venue: Venue) -> HttpResponse:
    form = EventForm(request.POST, licences=venue.licences.select_related("venue"), prefix="event")
    if not form.is_valid():
        return _page(request, venue, status=422, event_form=form)
    data = form.cleaned_data

    def act() -> Venue:
        record_event(by=request.user, **data)
        return Venue.objects.get(pk=venue.pk)

    heading = _("%(venue)s: licence %(number)s %(event)s on %(day)s") % {
        "venue": venue.name,
        "number": data["licence"].number,
        "event": LicenceEvent.Kind(data["kind"]).label,
        "day": jalali(data["on"]),
    }
    back = reverse("desks:officer-venue", args=[venue.slug])
    told = confirmed(request, form, act, heading=heading, lines=lambda seen: _dates(seen.result), back=back)
    if told is None:
        return _page(request, venue, status=422, event_form=form)
    if isinstance(told, HttpResponse):
        return told
    messages.success(request, _("The event is recorded."))
    return redirect(back)


def _grant(request: HttpRequest, venue: Venue) -> HttpResponse:
    form = GrantForm(request.POST, prefix="grant")
    if not form.is_valid():
        return _page(request, venue, status=422, grant_form=form)

    def act() -> Venue:
        register_licence(venue=venue, by=request.user, **form.cleaned_data)
        return Venue.objects.get(pk=venue.pk)

    heading = _("%(venue)s: register licence %(number)s") % {
        "venue": venue.name,
        "number": form.cleaned_data["number"],
    }
    back = reverse("desks:officer-venue", args=[venue.slug])
    told = confirmed(request, form, act, heading=heading, lines=lambda seen: _dates(seen.result), back=back)
    if told is None:
        return _page(request, venue, status=422, grant_form=form)
    if isinstance(told, HttpResponse):
        return told
    messages.success(request, _("The licence is registered."))
    return redirect(back)
