"""What a reader chose for the look of the pages: toman or rial, light or dark. Kept in plain cookies.

A template filter sees no request, so the money unit travels in a context variable that
`ReaderPreferences` sets for the length of a request.
"""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from marketplace.core import money

CURRENCY_COOKIE = "currency_unit"
THEME_COOKIE = "theme"
THEMES = ("light", "dark")
CHOICES = {CURRENCY_COOKIE: money.UNITS, THEME_COOKIE: ("auto", *THEMES)}

_unit: ContextVar[str] = ContextVar("currency_unit", default=money.TOMAN)


def current_unit() -> str:
    """ "toman" unless the reader of this request chose "rial"."""
    return _unit.get()


def chosen_unit(request: HttpRequest) -> str:
    """The unit of the reader's cookie; an unknown value counts as no choice."""
    unit = request.COOKIES.get(CURRENCY_COOKIE)
    return unit if unit in money.UNITS else money.TOMAN


def chosen_theme(request: HttpRequest) -> str:
    """ "light", "dark" or, when the reader's device decides, an empty string."""
    theme = request.COOKIES.get(THEME_COOKIE)
    return theme if theme in THEMES else ""


class ReaderPreferences:
    """Middleware that lets `money` know the reader's unit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _unit.set(chosen_unit(request))
        try:
            return self.get_response(request)
        finally:
            _unit.reset(token)


def context(request: HttpRequest) -> dict[str, str]:
    """Context processor: `theme` for <html data-theme>, `currency_unit` for the switch in the footer."""
    return {"theme": chosen_theme(request), "currency_unit": chosen_unit(request)}
