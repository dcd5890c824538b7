"""Staff doors open to a verified second factor only; doors of rules learn whose request it is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from marketplace.core.refusals import acting

STAFF_DOORS = (
    "/admin/",
    "/cms/",
    "/dashboard/",
    "/desk/officer/",
    "/en/desk/officer/",
    "/desk/secretariat/",
    "/en/desk/secretariat/",
)

#: Editors of a city are not staff, and stand behind the same second factor.
EDITS = "wagtailadmin.access_admin"


class StaffBehindSecondFactor:
    """Django's admin, Wagtail's admin, Oscar's dashboard, the officer's and the secretary's desk, in one place: no door is left out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.SECOND_FACTOR_REQUIRED or not request.path.startswith(STAFF_DOORS):
            return self.get_response(request)
        user = request.user
        if user.is_authenticated and not user.is_verified():  # type: ignore[union-attr]
            return redirect(
                reverse("two_factor:profile") if user.is_staff or user.has_perm(EDITS) else reverse("shop:home")
            )
        return self.get_response(request)


class WhoActs:
    """A refusal recorded while a request is answered names its user."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting(request.user):  # type: ignore[arg-type]
            return self.get_response(request)
