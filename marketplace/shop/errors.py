"""Error pages in the reader's language."""

import sys

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.core.outages import RETRY_AFTER, database_is_away


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: an address or a form that arrived damaged."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: a door that is closed to this reader."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing stands at this address."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database is away: asks neither database nor context processors, either may be what failed."""
    if database_is_away(sys.exc_info()[1]):
        return _closed_for_a_moment(request)
    return HttpResponse(render_to_string("500.html", request=None), status=500)


def _closed_for_a_moment(request: HttpRequest) -> HttpResponse:
    """503 in the language of the address: what failed may stand before the middleware that reads it."""
    language = _language_of(request.path_info)
    with translation.override(language):
        page = render_to_string("503.html", request=None)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store", "Content-Language": language}
    return HttpResponse(page, status=503, headers=headers)


def _language_of(path: str) -> str:
    """The language in which an address is read; a gateway's way back names it second (`/pay/en/…`)."""
    path = path.removeprefix("/pay")
    return translation.get_language_from_path(path) or settings.LANGUAGE_CODE
