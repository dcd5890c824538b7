"""After the gateway: what became of a purchase, its order, and the ways back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.basket.services import put_back
from marketplace.basket.services import reorder as add_again
from marketplace.checkout.again import hold_again, is_being_paid, may_be_held_again, take_back
from marketplace.checkout.contact import Contact
from marketplace.checkout.forms import FindOrderForm
from marketplace.checkout.memory import keep_way, may_see, remember
from marketplace.checkout.models import Purchase
from marketplace.checkout.money import money_of
from marketplace.checkout.seals import losses_of
from marketplace.checkout.views import look_again, to_gateway
from marketplace.checkout.ways_to_pay import choice_of
from marketplace.core.numbers import typed_number
from marketplace.core.persian import to_latin_digits
from marketplace.core.throttle import throttle
from marketplace.order.queries import order_page

State = Purchase.State


def _mine(request: HttpRequest, number: str) -> Purchase | None:
    """The purchase, for who may see it; a number alone opens nothing."""
    purchase = Purchase.objects.select_related("order").filter(number=number).first()
    return purchase if purchase and may_see(request, purchase) else None


@never_cache
@require_GET
def done(request: HttpRequest, number: str) -> HttpResponse:
    """Thank you, still asking, not paid, or paid and refused: one page, because a reload may find another state."""
    purchase = _mine(request, number)
    if purchase is None:
        return redirect("checkout:order")
    money = money_of(purchase)
    context = {
        "purchase": purchase,
        "attempt": money.attempt,
        "returned": money.returned,
        "order": order_page(purchase.order) if purchase.order else None,
        "losses": losses_of(purchase),
        "unpaid": _unpaid(request, purchase),
        "may_try_again": (again := may_be_held_again(purchase)),
        "ways_to_pay": choice_of(request, purchase.total_rial).shown
        if again or purchase.state == State.RESERVED
        else [],
    }
    return render(request, f"checkout/done_{purchase.state}.html", context)


def _unpaid(request: HttpRequest, purchase: Purchase) -> list[str]:
    """After an order: the works that wait in the reader's basket for a payment of their own."""
    if purchase.state != State.ORDERED:
        return []
    return [line.product.name for line in request.basket.all_lines()]


@require_POST
def retry(request: HttpRequest, number: str) -> HttpResponse:
    """Another attempt to pay a purchase: one that still holds its works, or that can hold them once more."""
    purchase = _mine(request, number)
    if purchase is None:
        raise Http404
    if purchase.state == State.ORDERED:
        return redirect("checkout:done", number)
    if request.POST.get("lost_seals", "") != losses_of(purchase).word:
        return look_again(request, "checkout:done", number)
    if request.POST.get("way"):
        keep_way(request, request.POST["way"])
    if purchase.state == State.RELEASED:
        try:
            hold_again(purchase)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("checkout:done", number)
    return to_gateway(request, purchase)


@require_POST
def again(request: HttpRequest, number: str) -> HttpResponse:
    """Give up what is held, and put the works back in the basket, once: the frozen basket's status tells whether it was done."""
    purchase = _mine(request, number)
    if purchase is None:
        raise Http404
    frozen = take_back(purchase)
    if purchase.state == State.ORDERED:
        return redirect("checkout:done", number)
    if frozen is None:
        return redirect("basket:summary")
    for error in put_back(into=request.basket, frozen=frozen):
        messages.warning(request, " ".join(error.messages))
    if purchase.state == State.REFUSED:
        messages.success(request, _("What can still be bought is back in your basket."))
    elif is_being_paid(purchase.pk):
        messages.success(
            request, _("Your works are back in the basket. Should a payment for them still come, it goes back to you.")
        )
    else:
        messages.success(request, _("Your works are back in the basket; nothing was taken."))
    return redirect("basket:summary")


@never_cache
@require_GET
def order(request: HttpRequest, number: str) -> HttpResponse:
    """The page of an order, for its owner or who proved number and mobile."""
    purchase = _mine(request, number)
    if purchase is None:
        return redirect("checkout:order")
    if purchase.order is None:
        return redirect("checkout:done", number)
    receiver = Contact.from_dict(purchase.address)
    return render(request, "checkout/order.html", {"order": order_page(purchase.order), "receiver": receiver})


@require_POST
def reorder(request: HttpRequest, number: str) -> HttpResponse:
    """Put an earlier order's works into the basket once more; what cannot be had today is said, one sentence a work."""
    purchase = _mine(request, number)
    if purchase is None or purchase.order is None:
        raise Http404
    left_out = add_again(into=request.basket, order=purchase.order)
    for error in left_out:
        messages.warning(request, " ".join(error.messages))
    if len(left_out) < purchase.order.lines.count():
        messages.success(request, _("What can be had today is in your basket, at today's prices."))
    return redirect("basket:summary")


@never_cache
@throttle("find-order", limit=20, seconds=600)
@require_http_methods(["GET", "POST"])
def find_order(request: HttpRequest) -> HttpResponse:
    """A guest finds an order by its number and the mobile given with it."""
    form = FindOrderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = typed_number(to_latin_digits(form.cleaned_data["number"]))
        if Purchase.objects.filter(number=number, mobile=form.cleaned_data["mobile"]).exists():
            remember(request, number)
            return redirect("checkout:order", number)
        form.add_error(None, ValidationError(_("No order has this number and this mobile."), code="no_order"))
    status = 422 if form.errors else 200
    return render(request, "checkout/find_order.html", {"form": form}, status=status)
