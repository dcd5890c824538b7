"""After the sale, by the buyer: cancel, say that it arrived, give back, ask an officer, and the invoice."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.checkout.care_forms import CancelForm, ReturnForm, title_of
from marketplace.checkout.memory import may_see
from marketplace.checkout.models import Purchase
from marketplace.core.throttle import throttle
from marketplace.order import rules
from marketplace.order.disputes import ask_officer
from marketplace.order.invoice import invoice_pdf
from marketplace.order.models import Return, SellerOrder
from marketplace.order.returns import ask_return, close_return
from marketplace.order.steps import advance, cancel_pieces


def of_buyer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the seller order, for who may see its order; for everybody else there is none."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, number: str, part: int) -> HttpResponse:
        purchase = Purchase.objects.select_related("order").filter(number=number, order__isnull=False).first()
        if purchase is None or not may_see(request, purchase):
            raise Http404
        own = SellerOrder.objects.select_related("order", "seller__maker")
        return view(request, get_object_or_404(own, order=purchase.order, pk=part))

    return guarded


def _by(request: HttpRequest):
    return request.user if request.user.is_authenticated else None


def _back(part: SellerOrder) -> HttpResponse:
    return redirect("checkout:order", part.order.number)


@require_http_methods(["GET", "HEAD", "POST"])
@of_buyer
def cancel(request: HttpRequest, part: SellerOrder) -> HttpResponse:
    """Cancel some pieces or all, before they are made."""
    posted = (request.POST,) if request.method == "POST" else ()
    form = CancelForm(*posted, lines=list(part.lines.order_by("pk")))
    if posted and form.is_valid():
        try:
            back = cancel_pieces(
                part=part,
                pieces=form.pieces,
                who=rules.BUYER,
                by=_by(request),
                reason=form.cleaned_data["reason"],
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                _("Cancelled. Your bank gave you the money before.")
                if back.taken_rial and not back.refunded_rial
                else _("Cancelled. The money goes back the way it came."),
            )
            return _back(part)
    return render(request, "checkout/cancel.html", {"part": part, "form": form}, status=422 if posted else 200)


@require_POST
@of_buyer
def arrived(request: HttpRequest, part: SellerOrder) -> HttpResponse:
    """The buyer says that it is here."""
    try:
        advance(part=part, to=SellerOrder.State.DELIVERED, who=rules.BUYER, by=_by(request))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Thank you. The days for giving it back begin today."))
    return _back(part)


@throttle("return", limit=20, seconds=3600)
@require_http_methods(["GET", "HEAD", "POST"])
@of_buyer
def give_back(request: HttpRequest, part: SellerOrder) -> HttpResponse:
    """Ask to give pieces back, with a reason and photos."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    lines = list(part.lines.order_by("pk"))
    form = ReturnForm(*posted, lines=lines, initial={"reason": request.GET.get("reason", "")})
    if posted and form.is_valid():
        try:
            ask_return(
                part=part,
                pieces=form.pieces,
                reason=form.cleaned_data["reason"],
                text=form.cleaned_data["text"],
                photos=form.photos,
                by=_by(request),
            )
        except ValidationError as error:
            form.add_error("text" if error.code == "reason_required" else None, error)
        else:
            messages.success(request, _("The maker has your wish and answers within three working days."))
            return _back(part)
    last = rules.last_day_to_return(part, Return.Reason.WITHDRAWAL)
    context = {"part": part, "form": form, "last_day": last, "days": rules.WITHDRAWAL_DAYS}
    context["made_for_buyer"] = [{"title": title_of(line)} for line in lines if line.is_made_to_order]
    return render(request, "checkout/give_back.html", context, status=422 if posted else 200)


@require_POST
@of_buyer
def settle_return(request: HttpRequest, part: SellerOrder) -> HttpResponse:
    """Put a refused return before an officer, or give it up."""
    given = get_object_or_404(part.returns.filter(ended_at__isnull=True))
    try:
        if request.POST.get("act") == "officer":
            ask_officer(given=given, by=_by(request))
            messages.success(request, _("An officer looks at it and decides within seven days."))
        else:
            close_return(given=given, by=_by(request))
            messages.success(request, _("The return is closed; the piece stays yours."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(part)


@never_cache
@require_GET
def invoice(request: HttpRequest, number: str) -> HttpResponse:
    """The invoice as PDF, in the language of the page."""
    purchase = Purchase.objects.select_related("order").filter(number=number, order__isnull=False).first()
    if purchase is None or purchase.order is None or not may_see(request, purchase):
        raise Http404
    language = "en" if (get_language() or "fa").startswith("en") else "fa"
    content = invoice_pdf(purchase.order, receiver=purchase.address, language=language)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{number}-{language}.pdf"'},
    )
