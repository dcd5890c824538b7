"""A text that was typed on a work's page and refused: it stands there once more, so that nobody writes it twice."""

from django.conf import settings
from django.http import HttpRequest

_KEY = "basket_typed"


def keep_typed(request: HttpRequest, *, work_id: int, text: str) -> None:
    """For the next look at the work's page."""
    if text:
        request.session[_KEY] = [work_id, text]


def typed_before(request: HttpRequest, *, work_id: int) -> str:
    """What was typed for a work and refused, once; nothing is asked of a reader who has no session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or request.session.get(_KEY, [0])[0] != work_id:
        return ""
    return request.session.pop(_KEY)[1]
