"""Who stands at a desk. What is not theirs does not exist for them: 404, never 403."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required, permission_required
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from marketplace.core.models import User
from marketplace.export.queries import exporter_of
from marketplace.makers.models import Maker

MAY_PAY = "ledger.pay_sellers"


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


def for_exporter(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view its exporter; a person who is none is sent to the page where one says who sends."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs) -> HttpResponse:
        exporter = exporter_of(request.user)  # type: ignore[arg-type]
        return view(request, exporter=exporter, **kwargs) if exporter else redirect("desks:exporter")

    return guarded


def for_payer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever pays sellers for the operator: 403 for others who are signed in, for here is nobody's own."""
    return login_required(wraps(view)(permission_required(MAY_PAY, raise_exception=True)(view)))


def may_pay(user: User | AnonymousUser) -> bool:
    """Whether a person pays sellers."""
    return user.has_perm(MAY_PAY)
