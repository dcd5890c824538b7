"""Who stands at a desk. What is not theirs does not exist for them: 404, never 403."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from marketplace.makers.models import Maker


def maker_of(user) -> Maker | None:
    """The maker a signed-in person trades as, or None."""
    return Maker.objects.select_related("city", "seller").filter(owner=user).first()


def for_maker(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its maker; a person who is none is sent to the page where one becomes a maker."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs) -> HttpResponse:
        maker = maker_of(request.user)
        return view(request, maker=maker, **kwargs) if maker else redirect("desks:home")

    return guarded
