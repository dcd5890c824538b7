"""Screens of a kiosk. Each is the same for everybody, so a service worker may keep it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.events.agenda import shown_time
from cms.kiosk import content
from cms.models import Happening, RoutePage
from cms.stories import story_of
from marketplace.found.addresses import base_of, whole
from marketplace.maps import queries
from marketplace.places.models import City

Screen = Callable[..., HttpResponse]


def _in_language(screen: Screen) -> Screen:
    """The language stands in the address behind the city, so that one folder holds the whole kiosk."""

    @wraps(screen)
    def drawn(request: HttpRequest, slug: str, language: str, **more: Any) -> HttpResponse:
        city = get_object_or_404(City.objects.select_related("province"), slug=slug)
        with override(language):
            request.LANGUAGE_CODE = language  # type: ignore[attr-defined]
            return screen(request, city, **more)

    return require_safe(drawn)


def _draw(request: HttpRequest, template: str, city: City, **more: Any) -> HttpResponse:
    """A screen with its bar. `more` names the same screen in the other language (`other_language`)."""
    language = get_language() or "fa"
    frame = {
        "city": city,
        "start": content.address("start", city, language),
        "first_start": content.address("start", city, "fa"),
        "map_address": content.address("map", city, language),
    }
    return render(request, template, frame | more)


def _beside(name: str, city: City) -> str:
    """The same screen in the other language."""
    return content.address(name, city, _other())


def _other() -> str:
    return "en" if get_language() == "fa" else "fa"


@_in_language
def start(request: HttpRequest, city: City) -> HttpResponse:
    """Routes, the map, the pages; and pictures of works while nobody is there."""
    routes, others = content.entries(city, get_language() or "fa")
    return _draw(
        request,
        "kiosk/start.html",
        city,
        other_language=_beside("start", city),
        is_start=True,
        routes=routes,
        others=others,
        slides=content.slides(city, get_language() or "fa"),
        public_address=whole(base_of(request), city.get_absolute_url()),
    )


@_in_language
def city_map(request: HttpRequest, city: City) -> HttpResponse:
    """The map with its list."""
    spots = queries.spots_of(city)
    return _draw(
        request,
        "kiosk/map.html",
        city,
        other_language=_beside("map", city),
        groups=queries.in_groups(spots),
        has_demo=any(spot.is_demo for spot in spots),
    )


@_in_language
def page(request: HttpRequest, city: City, pk: int) -> HttpResponse:
    """One page of the city, or one of its routes. 404 for a page of another city, of another language, or kept private."""
    language = get_language() or "fa"
    plain = content.pages_of(city, language).filter(pk=pk).first()
    if plain is None or not content.readable(plain):
        raise Http404
    found = plain.specific
    shown = found.shown() if isinstance(found, RoutePage) else {}
    template = "kiosk/route.html" if shown else "kiosk/page.html"
    return _draw(
        request,
        template,
        **shown
        | {
            "city": city,
            "page": found,
            "story": story_of(found),
            "times": [shown_time(time) for time in found.next_times] if isinstance(found, Happening) else [],
            "public_address": whole(base_of(request), found.get_url(request) or "/"),
            "other_language": _translated(found, city),
        },
    )


def _translated(found: Any, city: City) -> str:
    """The same page in the other language, or its start where there is none."""
    other = _other()
    there = found.get_translations().live().filter(locale__language_code=other).first()
    return content.address("page", city, other, pk=there.pk) if there else content.address("start", city, other)


@require_safe
@never_cache
def offline(request: HttpRequest, slug: str) -> JsonResponse:
    """What the service worker keeps, and under which version."""
    city = get_object_or_404(City, slug=slug)
    return JsonResponse({"version": content.version(city), "pages": content.addresses(city)})


@require_safe
@never_cache
@csp_update({"connect-src": list(settings.PICTURE_HOSTS)})
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker's script, at an address from which it may answer for every kiosk and for nothing else."""
    return HttpResponse(content.worker_source(), content_type="text/javascript; charset=utf-8")
