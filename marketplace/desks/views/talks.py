"""Messages about a sale: its maker writes with the buyer; an officer reads them while a dispute is open, and at no other time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.core.throttle import throttle
from marketplace.desks.officer.access import for_officer
from marketplace.desks.views.sales import of_maker
from marketplace.makers.models import Maker
from marketplace.order.models import SellerOrder
from marketplace.talks import rules
from marketplace.talks.forms import MessageForm
from marketplace.talks.queries import is_disputed, messages_of
from marketplace.talks.services import mark_read, write


@require_http_methods(["GET", "HEAD", "POST"])
@of_maker
@throttle("message", limit=60, seconds=3600)
def show(request: HttpRequest, maker: Maker, part: SellerOrder) -> HttpResponse:
    """What was written about one sale, and the form for more."""
    form = MessageForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            write(part=part, from_buyer=False, by=request.user, text=form.cleaned_data["text"], photos=form.photos)
        except ValidationError as error:
            form.add_error("text", error)
        else:
            messages.success(request, _("The buyer has your message."))
            return redirect("desks:order-talk", part.number)
    mark_read(part=part, by_buyer=False)
    context = {"maker": maker, "part": part, "talk": messages_of(part), "form": form}
    return render(request, "desks/talk.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@for_officer
def read(request: HttpRequest, number: str) -> HttpResponse:
    """For an officer, while the two disagree."""
    part = get_object_or_404(SellerOrder.objects.select_related("order", "seller__maker"), number=number)
    try:
        rules.require_open_dispute(is_open=is_disputed(part))
    except ValidationError:
        raise Http404 from None
    return render(request, "desks/officer/talk.html", {"part": part, "talk": messages_of(part)})
