"""Errors as `application/problem+json` (RFC 9457)."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, Throttled, ValidationError

from marketplace.core.outages import RETRY_AFTER, database_is_away

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"


class BadParameter(Exception):
    """A parameter that ninja cannot judge, such as a cursor that is not ours."""

    def __init__(self, name: str, detail: str):
        super().__init__(detail)
        self.name, self.detail = name, detail


def problem(request: HttpRequest, status: int, detail: str, **more) -> JsonResponse:
    """One problem; `more` adds members to it."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
    }
    return JsonResponse(body | more, status=status, content_type=MEDIA_TYPE)


def not_found(request: HttpRequest, _error: Exception | None = None) -> JsonResponse:
    """Nothing stands at this address."""
    return problem(request, 404, _("There is nothing at this address."))


def _bad_parameter(request: HttpRequest, error: BadParameter) -> JsonResponse:
    errors = [{"parameter": error.name, "detail": error.detail}]
    return problem(request, 422, _("A parameter is not right."), errors=errors)


def _invalid(request: HttpRequest, error: ValidationError) -> JsonResponse:
    errors = [{"parameter": _parameter(one["loc"]), "detail": one["msg"]} for one in error.errors]
    return problem(request, 422, _("A parameter is not right."), errors=errors)


def _parameter(place: tuple) -> str:
    """The name in ninja's ("query", "asked", name, position in a list)."""
    return str([part for part in place if not isinstance(part, int)][-1])


def _throttled(request: HttpRequest, error: Throttled) -> JsonResponse:
    answer = problem(request, 429, _("Too many calls from your address; wait a little and go on."))
    answer["Retry-After"] = str(max(1, int(error.wait or 1)))
    return answer


def _http(request: HttpRequest, error: HttpError) -> JsonResponse:
    return problem(request, error.status_code, str(error))


def _unforeseen(request: HttpRequest, error: Exception) -> JsonResponse:
    if database_is_away(error):
        answer = problem(request, 503, _("The market is away for a moment; ask again in half a minute."))
        answer["Retry-After"], answer["Cache-Control"] = str(RETRY_AFTER), "no-store"
        return answer
    log.error("api: %s at %s", type(error).__name__, request.path, exc_info=error)
    return problem(request, 500, _("Something went wrong on our side."))


def answer_with_problems(api: NinjaAPI) -> None:
    """Let every error of an API be answered by a problem."""
    handlers: dict[type[Exception], Callable] = {
        Http404: not_found,
        BadParameter: _bad_parameter,
        ValidationError: _invalid,
        Throttled: _throttled,
        HttpError: _http,
        Exception: _unforeseen,
    }
    for error, handler in handlers.items():
        api.add_exception_handler(error, handler)
