"""The basket's page, and the two posts that change it; each answers with a redirect, so a reload repeats nothing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.basket.forms import AddForm, ChangeForm
from marketplace.basket.lines import show
from marketplace.basket.services import add_to_basket, change_quantity, offer_to_sell
from marketplace.partner.models import StockRecord


@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    return render(request, "basket/summary.html", {"basket_page": show(request.basket)})


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Add pieces of one offer; a refusal leads back to the work, where it can be read beside the other offers."""
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how many pieces, as a whole number."))
        return redirect("basket:summary")
    try:
        offer = offer_to_sell(form.cleaned_data["offer"])
    except StockRecord.DoesNotExist:
        raise Http404
    try:
        add_to_basket(basket=request.basket, offer=offer, quantity=form.cleaned_data["quantity"] or 1)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(offer.product.get_absolute_url())
    messages.success(request, _("“%(work)s” is in your basket.") % {"work": offer.product.name})
    return redirect("basket:summary")


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Set the pieces of one of the reader's own lines; 0 takes it out."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose how many pieces, as a whole number."))
        return redirect("basket:summary")
    wanted = form.cleaned_data["line"]
    line = next((line for line in request.basket.all_lines() if line.pk == wanted), None)
    if line is None:
        raise Http404
    try:
        change_quantity(basket=request.basket, line=line, quantity=form.cleaned_data["quantity"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("basket:summary")
