"""Wrapping, a note and a text of one's own: one post for a line of the basket."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.basket.forms import GiftForm, LineForm, VoucherForm
from marketplace.basket.lines import show
from marketplace.basket.services import set_gift


@require_POST
def wrap(request: HttpRequest) -> HttpResponse:
    """What is refused stays in its field, with the reason beside it."""
    wanted = LineForm(request.POST)
    if not wanted.is_valid():
        raise Http404
    basket_page = show(request.basket)
    lines = {line.id: line for group in basket_page.groups for line in group.lines}
    shown = lines.get(wanted.cleaned_data["line"])
    if shown is None:
        raise Http404
    form = GiftForm(request.POST, shown=shown)
    if form.is_valid():
        line = next(line for line in request.basket.all_lines() if line.pk == shown.id)
        try:
            set_gift(basket=request.basket, line=line, gift=form.gift)
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Kept with “%(work)s”.") % {"work": shown.work.name})
            return redirect("basket:summary")
    context = {"basket_page": basket_page, "voucher_form": VoucherForm(), "gift_form": form}
    return render(request, "basket/summary.html", context, status=422)
