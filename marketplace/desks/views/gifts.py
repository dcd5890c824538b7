"""A maker's gift wrap."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from marketplace.desks.access import for_maker
from marketplace.desks.forms.gifts import GiftWrapForm
from marketplace.makers.models import Maker


@require_http_methods(["GET", "HEAD", "POST"])
@for_maker
def wrap(request: HttpRequest, maker: Maker) -> HttpResponse:
    """Say whether one wraps gifts and for how much; baskets read the price anew, paid orders keep theirs."""
    posted = (request.POST,) if request.method == "POST" else ()
    form = GiftWrapForm(*posted, initial=GiftWrapForm.initial_of(maker))
    if posted and form.is_valid():
        maker.gift_wrap_rial = form.wrap_rial
        maker.save(update_fields=["gift_wrap_rial"])
        messages.success(request, _("Your gift wrap is written down."))
        return redirect("desks:home")
    return render(request, "desks/gift_wrap.html", {"maker": maker, "form": form}, status=422 if posted else 200)
