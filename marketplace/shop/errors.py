"""Error pages in the reader's language."""

import sqlite3
import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

#: Seconds after which a reader or a robot may ask again while the database is away.
RETRY_AFTER = 30


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


def database_is_away(error: BaseException | None) -> bool:
    """Whether this error, or one that led to it, is a database that cannot be reached or is locked, which passes by itself."""
    while error is not None:
        if isinstance(error, (OperationalError, InterfaceError)) and not _wrong_statement(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _wrong_statement(error: BaseException) -> bool:
    """SQLite calls a missing table an operational error too: that is ours to mend."""
    return getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def _closed_for_a_moment(request: HttpRequest) -> HttpResponse:
    """503 in the language of the address: what failed may stand before the middleware that reads it."""
    language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    with translation.override(language):
        page = render_to_string("503.html", request=None)
    headers = {"Retry-After": str(RETRY_AFTER), "Cache-Control": "no-store", "Content-Language": language}
    return HttpResponse(page, status=503, headers=headers)
