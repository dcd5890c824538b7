"""What this browser looked at last."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.shop import seen
from marketplace.ui.cards import cards


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The works looked at last that are still shown."""
    return render(request, "shop/seen.html", {"cards": cards(seen.seen(request))})


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget them; only this browser knew."""
    return seen.forget(redirect("shop:seen"))
