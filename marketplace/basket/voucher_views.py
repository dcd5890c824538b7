"""Enter a voucher's code on the basket's page, and take it out again."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.basket.forms import VoucherForm
from marketplace.basket.lines import show
from marketplace.core.throttle import throttle
from marketplace.voucher.models import Voucher
from marketplace.voucher.services import enter_voucher, remove_voucher

#: Codes are short words: who tries many of them waits.
TRIES, SECONDS = 20, 600


@throttle("voucher", limit=TRIES, seconds=SECONDS)
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """A code that is refused stays in its field, with the reason beside it."""
    if not request.basket.id:
        return redirect("basket:summary")
    form = VoucherForm(request.POST)
    if form.is_valid():
        try:
            voucher = enter_voucher(basket=request.basket, code=form.cleaned_data["code"], user=request.user)
        except ValidationError as error:
            form.add_error("code", error)
        else:
            _tell(request, voucher)
            return redirect("basket:summary")
    context = {"basket_page": show(request.basket), "voucher_form": form}
    return render(request, "basket/summary.html", context, status=422)


def _tell(request: HttpRequest, voucher: Voucher) -> None:
    if any(discount.code == voucher.code for discount in show(request.basket).discounts):
        messages.success(request, _("The voucher %(code)s is counted in.") % {"code": voucher.code})
    else:
        messages.info(
            request,
            _("The voucher %(code)s is kept with your basket; nothing in it fits the voucher yet.")
            % {"code": voucher.code},
        )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one of the reader's own vouchers out; 404 when it is not in their basket."""
    voucher = remove_voucher(basket=request.basket, voucher_id=pk) if request.basket.id else None
    if voucher is None:
        raise Http404
    messages.success(request, _("The voucher %(code)s is out of your basket.") % {"code": voucher.code})
    return redirect("basket:summary")
