"""A buyer's conversations with makers. One is opened from its order, so a guest, who has no room, has it too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.checkout.care import of_buyer
from marketplace.core.throttle import throttle
from marketplace.order.models import SellerOrder
from marketplace.talks.forms import MessageForm
from marketplace.talks.queries import conversations_of, messages_of
from marketplace.talks.services import mark_read, write

TALKS_A_PAGE = 20


@never_cache
@require_safe
@login_required
def every(request: HttpRequest) -> HttpResponse:
    """Conversations, the last spoken of first; an order nobody wrote about can be opened here too."""
    page = Paginator(conversations_of(request.user), TALKS_A_PAGE).get_page(request.GET.get("page"))
    numbers = page.paginator.get_elided_page_range(page.number)
    return render(request, "account/talks.html", {"page": page, "page_numbers": numbers})


@require_http_methods(["GET", "HEAD", "POST"])
@of_buyer
@throttle("message", limit=60, seconds=3600)
def show(request: HttpRequest, part: SellerOrder) -> HttpResponse:
    """What was written about one maker's part of an order, and the form for more."""
    form = MessageForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            write(
                part=part,
                from_buyer=True,
                by=request.user if request.user.is_authenticated else None,
                text=form.cleaned_data["text"],
                photos=form.photos,
            )
        except ValidationError as error:
            form.add_error("text", error)
        else:
            messages.success(request, _("The maker has your message."))
            return redirect("account:talk", part.order.number, part.pk)
    mark_read(part=part, by_buyer=True)
    context = {"part": part, "talk": messages_of(part), "form": form, "is_buyer": True}
    return render(request, "account/talk.html", context, status=422 if form.errors else 200)
