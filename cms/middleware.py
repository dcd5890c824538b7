"""Wagtail's admin needs scripts and styles in its pages; the shop never does. Only the editor's own addresses are loosened."""

from typing import Any

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from cms.guards import guard
from cms.rights import settle

EDITOR = "/cms/"
POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
}

#: Pages whose "not found" is their answer.
ANSWERS = {"shop:verify"}


class Redirects(RedirectMiddleware):
    """Editors' redirects for pages that are gone. A code that no label has is no such page, and guesses shall cost little."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        found = request.resolver_match
        return response if found and found.view_name in ANSWERS else super().process_response(request, response)


class RightsOfTheDay:
    """Before anybody asks what a person may do in the editor, their groups are those that their posts give today."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(EDITOR) and request.user.is_authenticated:
            settle(request.user)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple, kwargs: dict[str, Any]) -> None:
        """What Wagtail itself does not ask of the people of one city is asked here."""
        if request.path.startswith(EDITOR) and request.user.is_authenticated and request.resolver_match:
            guard(request.user, request.resolver_match.view_name, kwargs)


class EditorPolicy:
    """Stands inside django-csp's middleware, which writes the header."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response
        self.loosened = csp_replace(POLICY)(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(EDITOR):
            return self.get_response(request)
        response = self.loosened(request)
        if HEADER in response:  # a preview: a page of the shop with its own strict policy, shown in the editor's frame
            response[HEADER] = response[HEADER].replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        return response
