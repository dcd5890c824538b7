"""The terms of sale: which version stands at `/terms/`, and what a reader of the pay page has ticked.

Whoever changes what that page says gives it a new version; a purchase keeps the one that its buyer accepted.
"""

from datetime import date

from django.http import HttpRequest

#: The day of the text that stands on the page of terms.
OF_DAY = date(2026, 11, 23)
VERSION = OF_DAY.isoformat()
_TICKED = "checkout_terms"


def keep_tick(request: HttpRequest) -> None:
    """What the posted form has ticked, for a page that is shown once more."""
    request.session[_TICKED] = request.POST.get("terms", "")[: len(VERSION)]


def is_ticked(request: HttpRequest) -> bool:
    """Whether this reader ticked the version of today."""
    return request.session.get(_TICKED) == VERSION
