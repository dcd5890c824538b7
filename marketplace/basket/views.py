"""The basket's page, and the two posts that change it; each answers with a redirect, so a reload repeats nothing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.basket.forms import AddForm, ChangeForm, LineForm, SwapForm, VoucherForm
from marketplace.basket.gifts import PLAIN, Gift
from marketplace.basket.kept import keep_work, remember_wish
from marketplace.basket.lines import show
from marketplace.basket.models import Line
from marketplace.basket.services import add_to_basket, change_quantity, offer_to_sell, swap_offer
from marketplace.basket.typed import keep_typed
from marketplace.partner.models import StockRecord


@require_GET
def summary(request: HttpRequest) -> HttpResponse:
    return render(request, "basket/summary.html", {"basket_page": show(request.basket), "voucher_form": VoucherForm()})


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
    gift = Gift(text=form.cleaned_data["text"])
    try:
        add_to_basket(basket=request.basket, offer=offer, quantity=form.cleaned_data["quantity"] or 1, gift=gift)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        keep_typed(request, work_id=offer.product.origin_work.pk, text=gift.text)
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
    line = _own_line(request, form.cleaned_data["line"])
    try:
        change_quantity(basket=request.basket, line=line, quantity=form.cleaned_data["quantity"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("basket:summary")


def _own_line(request: HttpRequest, pk: int) -> Line:
    line = next((line for line in request.basket.all_lines() if line.pk == pk), None)
    if line is None:
        raise Http404
    return line


@require_POST
def swap(request: HttpRequest) -> HttpResponse:
    """Take the same work from another offer instead."""
    form = SwapForm(request.POST)
    if not form.is_valid():
        raise Http404
    line = _own_line(request, form.cleaned_data["line"])
    try:
        offer = offer_to_sell(form.cleaned_data["offer"])
    except StockRecord.DoesNotExist:
        raise Http404
    try:
        swap_offer(basket=request.basket, line=line, offer=offer)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("basket:summary")
    messages.success(request, _("“%(work)s” is in your basket.") % {"work": offer.product.name})
    return redirect("basket:summary")


@require_POST
def later(request: HttpRequest) -> HttpResponse:
    """Take a line out of the basket and keep its work; a guest's is kept once they sign in."""
    form = LineForm(request.POST)
    if not form.is_valid():
        raise Http404
    line = _own_line(request, form.cleaned_data["line"])
    work = line.product.origin_work
    if not request.user.is_authenticated:
        remember_wish(request, work)
        messages.info(request, _("Sign in, and “%(work)s” is kept for you.") % {"work": work.name})
        return redirect(f"{reverse('shop:sign-in')}?{urlencode({'next': reverse('account:lists')})}")
    try:
        keep_work(user=request.user, work=work)
        change_quantity(basket=request.basket, line=line, quantity=0)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("basket:summary")
    had_words = Gift.of(line) != PLAIN
    messages.success(request, _("“%(work)s” is kept for you.") % {"work": work.name})
    if had_words:
        messages.info(request, _("Its gift wrap, note and text are not kept; ask for them again when you buy it."))
    return redirect("basket:summary")
