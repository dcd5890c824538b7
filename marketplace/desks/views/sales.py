"""One sale of a maker: confirm, make, send, answer a return. Another maker's is not there."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.checkout.contact import Contact
from marketplace.checkout.models import Purchase
from marketplace.desks.access import for_maker
from marketplace.desks.forms.sales import AnswerForm, CancelForm, DispatchForm
from marketplace.makers.models import Maker
from marketplace.order import rules
from marketplace.order.invoice import slip_pdf
from marketplace.order.models import SellerOrder
from marketplace.order.queries import sale_page
from marketplace.order.returns import accept_return, received_back, refuse_return
from marketplace.order.steps import advance, cancel_pieces, dispatch

State = SellerOrder.State


def of_maker(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the maker and the seller order, which is the maker's own."""

    @never_cache
    @for_maker
    @wraps(view)
    def guarded(request: HttpRequest, maker: Maker, number: str) -> HttpResponse:
        mine = SellerOrder.objects.select_related("order__user", "seller__maker__owner")
        return view(request, maker, get_object_or_404(mine, seller__maker=maker, number=number))

    return guarded


@require_safe
@of_maker
def show(request: HttpRequest, maker: Maker, part: SellerOrder) -> HttpResponse:
    """All of one sale: what, to whom, how far, and what comes next."""
    return _page(request, maker, part)


def _page(request: HttpRequest, maker: Maker, part: SellerOrder, *, status: int = 200, **forms) -> HttpResponse:
    steps = rules.steps_from(part.state, rules.SELLER)
    context = {
        "maker": maker,
        "part": part,
        "sale": sale_page(part),
        "receiver": _receiver(part),
        "next_steps": [(to, _NEXT[State(to)]) for to in steps if to in _NEXT],
        "may_send": State.DISPATCHED in steps,
        "may_cancel": part.state in rules.BEFORE_DISPATCH,
        "dispatch_form": forms.get("dispatch_form") or DispatchForm(part=part),
        "answer_form": forms.get("answer_form") or AnswerForm(),
    }
    return render(request, "desks/sale.html", context, status=status)


_NEXT = {
    State.CONFIRMED: gettext_lazy("I confirm this order"),
    State.MAKING: gettext_lazy("I begin to make it"),
    State.READY: gettext_lazy("It is ready"),
    State.DELIVERED: gettext_lazy("It has arrived"),
}


def _receiver(part: SellerOrder) -> Contact:
    """Who the parcel goes to: the maker needs it to send."""
    return Contact.from_dict(Purchase.objects.values_list("address", flat=True).get(order=part.order_id))


@require_POST
@of_maker
def step(request: HttpRequest, maker: Maker, part: SellerOrder) -> HttpResponse:
    """The next step that needs nothing more."""
    try:
        advance(part=part, to=request.POST.get("to", ""), who=rules.SELLER, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Written down; the buyer is told."))
    return redirect("desks:order", part.number)


@require_POST
@of_maker
def send(request: HttpRequest, maker: Maker, part: SellerOrder) -> HttpResponse:
    """Send what stands, with its tracking number and labels."""
    form = DispatchForm(request.POST, part=part)
    if form.is_valid():
        try:
            dispatch(
                part=part,
                by=request.user,
                carrier=form.cleaned_data["carrier"],
                tracking=form.cleaned_data["tracking"],
                passports=form.passports,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Sent. The buyer has the tracking number."))
            return redirect("desks:order", part.number)
    return _page(request, maker, part, status=422, dispatch_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@of_maker
def cancel(request: HttpRequest, maker: Maker, part: SellerOrder) -> HttpResponse:
    """Cancel pieces that cannot be sent, and say why."""
    posted = (request.POST,) if request.method == "POST" else ()
    form = CancelForm(*posted, lines=list(part.lines.order_by("pk")))
    if posted and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            cancel_pieces(part=part, pieces=form.pieces, who=rules.SELLER, by=request.user, reason=reason)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Cancelled; the buyer is told, and the money goes back."))
            return redirect("desks:order", part.number)
    context = {"maker": maker, "part": part, "form": form}
    return render(request, "desks/sale_cancel.html", context, status=422 if posted else 200)


@require_POST
@of_maker
def answer(request: HttpRequest, maker: Maker, part: SellerOrder) -> HttpResponse:
    """Answer the open return: agree, disagree with a reason, or say that the piece is back."""
    given = get_object_or_404(part.returns.filter(ended_at__isnull=True))
    form = AnswerForm(request.POST)
    form.is_valid()
    said = form.cleaned_data.get("answer", "")
    try:
        match request.POST.get("act"):
            case "accept":
                accept_return(given=given, by=request.user, answer=said)
            case "refuse":
                refuse_return(given=given, by=request.user, answer=said)
            case "received":
                received_back(given=given, by=request.user)
    except ValidationError as error:
        form.add_error("answer" if error.code == "answer_required" else None, error)
        return _page(request, maker, part, status=422, answer_form=form)
    messages.success(request, _("Written down; the buyer is told."))
    return redirect("desks:order", part.number)


@require_safe
@of_maker
def slip(request: HttpRequest, maker: Maker, part: SellerOrder) -> HttpResponse:
    """The slip that goes into the parcel, as PDF in the language of the page."""
    language = "en" if (get_language() or "fa").startswith("en") else "fa"
    return HttpResponse(
        slip_pdf(part, receiver=_receiver(part).as_dict(), language=language),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{part.number}-slip.pdf"'},
    )
