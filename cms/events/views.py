"""The events of a city month by month, and the calendars that programs subscribe to."""

from hashlib import sha256
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.events import agenda, calendar, queries
from cms.front_cache import depends_on, kept
from cms.models import Happening
from marketplace.core.clock import today
from marketplace.crafts.models import Craft
from marketplace.found.addresses import base_of, whole
from marketplace.places.models import City

#: Seconds that a calendar may be kept by whoever stands between.
KEEP_SECONDS = 300
#: Events that are over, on a city's list.
OVER = 12


@kept
@require_safe
def of_city(request: HttpRequest, slug: str) -> HttpResponse:
    """What takes place in a city within a year, by months; then what is over. 404 for a city nobody knows."""
    city = get_object_or_404(City.objects.select_related("province"), slug=slug)
    depends_on("events", f"city:{city.pk}")
    pages = queries.happenings(request.LANGUAGE_CODE, city=city)
    visits = queries.visits(request.LANGUAGE_CODE, city=city)
    day = today()
    months = agenda.by_month(pages, day, day + agenda.AHEAD)
    return render(
        request,
        "cms/events_of_city.html",
        {
            "crumbs": [
                (_("Craft cities"), reverse("shop:cities")),
                (city.name, city.get_absolute_url()),
                (_("Events"), ""),
            ],
            "city": city,
            "months": [(name, [agenda.shown(one) for one in times]) for name, times in months],
            "over": [agenda.shown(one) for one in agenda.over(pages, OVER)],
            "visits": visits,
            "has_demo": any(page.is_demo for page in pages),
            "calendar": whole(base_of(request), reverse("events:city", args=[city.slug])),
        },
    )


@require_safe
def city_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A city's events and courses as a calendar. 404 for a city nobody knows; one without events is an empty calendar."""
    city = get_object_or_404(City, slug=slug)
    name = _("Events of %(city)s") % {"city": city.name}
    return _answer(request, queries.happenings(request.LANGUAGE_CODE, city=city), name, f"events-{city.slug}")


@require_safe
def craft_calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    """A craft's events and courses in every city as a calendar. 404 for a craft nobody knows."""
    craft = get_object_or_404(Craft, slug=slug)
    name = _("Events: %(craft)s") % {"craft": craft.name}
    return _answer(request, queries.happenings(request.LANGUAGE_CODE, craft=craft), name, f"events-{craft.slug}")


@require_safe
def one_calendar(request: HttpRequest, slug: str, page: str) -> HttpResponseBase:
    """One event or course as a calendar file."""
    found = queries.of_address(request.LANGUAGE_CODE, slug, page)
    if found is None:
        raise Http404
    return _answer(request, [found], found.title, found.slug)


def _answer(request: HttpRequest, pages: list[Happening], name: str, file: str) -> HttpResponseBase:
    """The file, or 304 to whoever has it."""
    content = calendar.calendar_of(
        pages, name=name, address=request.path, base=base_of(request), language=request.LANGUAGE_CODE
    )
    etag, changed = f'"{sha256(content).hexdigest()[:32]}"', int(calendar.last_modified(pages).timestamp())
    fresh = HttpResponse(content, content_type=calendar.CONTENT_TYPE)
    response = get_conditional_response(request, etag=etag, last_modified=changed, response=fresh)
    if response is None:  # a condition on writing; reading has none
        return HttpResponse(status=HTTPStatus.PRECONDITION_FAILED)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(changed)
    patch_cache_control(response, public=True, max_age=KEEP_SECONDS)
    if response.status_code == HTTPStatus.OK:
        response.headers["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response
