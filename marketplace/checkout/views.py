"""Address, summary, and the way to the gateway."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.address.saved import as_typed, saved_addresses
from marketplace.basket.lines import ShownBasket, show
from marketplace.checkout import terms as terms_of_sale
from marketplace.checkout.contact import Contact
from marketplace.checkout.delivery import Delivery, delivery_of, typed_choices
from marketplace.checkout.forms import AddressForm
from marketplace.checkout.memory import (
    keep_choices,
    keep_contact,
    keep_way,
    kept_choices,
    kept_contact,
    remember,
    waiting,
)
from marketplace.checkout.models import Purchase
from marketplace.checkout.rules import require_terms_read
from marketplace.checkout.services import send_to_gateway, start_purchase
from marketplace.checkout.sharing import shown as shown_sharing
from marketplace.checkout.sharing import wanted_sellers
from marketplace.checkout.ways_to_pay import choice_of
from marketplace.order.rules import WITHDRAWAL_DAYS
from marketplace.payments.gateways.base import GatewayDown, GatewayRefused
from marketplace.payments.rules import WAY_NOT_OFFERED


def _elsewhere(request: HttpRequest, shown: ShownBasket) -> HttpResponse | None:
    """Where a reader goes who has nothing to pay for: a purchase that waits, or the basket, which says what stands in the way."""
    if shown.payable:
        return None
    purchase = waiting(request) if not shown.pieces else None
    if purchase:
        return redirect("checkout:done", purchase.number)
    if shown.pieces:
        messages.error(request, _("Something in your basket cannot be paid for; see the line."))
    return redirect("basket:summary")


def _sale(shown: ShownBasket, delivery: Delivery | None = None) -> dict:
    """What both pages show beside their form. What delivery costs is known once the address is."""
    total = shown.total_rial + (delivery.total_rial if delivery else 0)
    return {"basket_page": shown, "delivery": delivery, "total_rial": total}


def _first_guess(request: HttpRequest, saved: list) -> dict[str, str]:
    """The saved address that was chosen, else what was typed before, else the default one."""
    wanted = next((one for one in saved if str(one.pk) == request.GET.get("saved")), None)
    kept = kept_contact(request)
    if kept and not wanted:
        return kept.as_dict()
    if not request.user.is_authenticated:
        return {}
    user = request.user
    known = {"name": user.get_full_name(), "mobile": user.mobile or "", "email": user.email}
    address = wanted or next(iter(saved), None)
    return known | as_typed(address) if address else known


@never_cache
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest) -> HttpResponse:
    """The one page of address; an error keeps what was typed."""
    shown = show(request.basket)
    away = _elsewhere(request, shown)
    if away:
        return away
    saved = list(saved_addresses(request.user)) if request.user.is_authenticated else []
    form = AddressForm(request.POST) if request.method == "POST" else AddressForm(initial=_first_guess(request, saved))
    if request.method == "POST" and form.is_valid():
        contact = form.contact()
        keep_contact(request, contact)
        if contact.postal_code and not contact.postal_code_looks_right:
            messages.warning(request, _("This postal code does not have ten digits; please look at it once more."))
        return redirect("checkout:pay")
    status = 422 if form.errors else 200
    return render(request, "checkout/address.html", {"form": form, "saved": saved, **_sale(shown)}, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def pay(request: HttpRequest) -> HttpResponse:
    """The summary; its button holds the stock and leads to the gateway."""
    contact = kept_contact(request)
    if contact is None:
        return redirect("checkout:address")
    only = wanted_sellers(request.POST.get("only", "") or request.GET.get("only", ""))
    shown = show(request.basket, only)
    if only and not shown.pieces:
        return redirect("checkout:pay")
    away = _elsewhere(request, shown)
    if away:
        return away
    if request.POST.get("way"):
        keep_way(request, request.POST["way"])
    if request.method == "POST":
        terms_of_sale.keep_tick(request)
    if request.method == "POST" and (typed := typed_choices(request.POST)):
        keep_choices(request, kept_choices(request) | typed)
    lines = [line for line in request.basket.all_lines() if not only or line.stockrecord.partner_id in only]
    delivery = delivery_of(lines, contact, kept_choices(request))
    if delivery.lost:
        keep_choices(request, kept_choices(request) | delivery.choices)
        messages.warning(request, " ".join(delivery.lost.messages))
        return _pay_page(only)
    unread = None
    if request.method == "POST" and "recount" not in request.POST:
        unread = _unread(request)
        if unread is None:
            return _pay(request, contact, shown, delivery, only)
    elif request.method == "POST" and not request.htmx:
        return _pay_page(only)
    sale = _sale(shown, delivery)
    ways = choice_of(request, sale["total_rial"])
    terms = ways.chosen.gateway.terms
    sharing = shown_sharing(lines, delivery=delivery.prices, amount_rial=sale["total_rial"], terms=terms)
    context = {
        "contact": contact,
        "sharing": sharing,
        "ways_to_pay": ways.shown,
        "only": ",".join(map(str, only)),
        "withdrawal_days": WITHDRAWAL_DAYS,
        "terms": terms_of_sale.VERSION,
        "terms_ticked": terms_of_sale.is_ticked(request),
        "terms_error": unread,
        **sale,
    }
    return render(request, "checkout/pay.html", context, status=422 if unread else 200)


def _unread(request: HttpRequest) -> str | None:
    """The sentence for who presses Pay without having ticked the terms of sale."""
    try:
        require_terms_read(request.POST.get("terms", ""), version=terms_of_sale.VERSION)
    except ValidationError as error:
        return " ".join(error.messages)
    return None


def _pay_page(only: list[int]) -> HttpResponse:
    chosen = f"?only={','.join(map(str, only))}" if only else ""
    return redirect(reverse("checkout:pay") + chosen)


def _pay(
    request: HttpRequest, contact: Contact, shown: ShownBasket, delivery: Delivery, only: list[int]
) -> HttpResponse:
    if request.POST.get("total") != str(shown.total_rial + delivery.total_rial):
        messages.warning(request, _("The total changed since you saw it; please look once more."))
        return _pay_page(only)
    if request.POST.get("lost_seals", "") != shown.lost_seals:
        return look_again(request, "checkout:pay")
    try:
        purchase = start_purchase(
            basket=request.basket,
            user=request.user,
            contact=contact,
            choices=delivery.choices,
            seen_rial=shown.total_rial + delivery.total_rial,
            sellers=only,
            way=request.POST.get("way", ""),
            terms_read=terms_of_sale.VERSION,
            tables=delivery.tables,
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _pay_page(only) if getattr(error, "code", None) == WAY_NOT_OFFERED else redirect("basket:summary")
    remember(request, purchase.number)
    return to_gateway(request, purchase)


def look_again(request: HttpRequest, page: str, *which: str) -> HttpResponse:
    """A seal was lost since the page was made: the buyer sees it, and goes on knowing it or not at all."""
    messages.warning(
        request,
        _(
            "A seal changed since you saw this page. Nothing was taken; read what is said below, then go on if you like."
        ),
    )
    return redirect(page, *which)


def to_gateway(request: HttpRequest, purchase: Purchase) -> HttpResponse:
    """Send the buyer to pay; when the gateway is down the purchase's page says so, and holds on until its time."""
    try:
        return redirect(_sent(request, purchase))
    except GatewayDown:
        messages.error(
            request,
            _("The payment gateway does not answer. Nothing was taken; your works are held, try again in a minute."),
        )
    except GatewayRefused as error:
        generic = _("The payment gateway did not accept this payment (code %(code)s). Nothing was taken.")
        messages.error(request, error.sentence or generic % {"code": error.code})
    except ValidationError as error:
        if purchase.state != Purchase.State.REFUSED:  # that page says why itself
            messages.error(request, " ".join(error.messages))
    return redirect("checkout:done", purchase.number)


def _sent(request: HttpRequest, purchase: Purchase) -> str:
    """Where the buyer pays, by the way that the form names."""
    way = request.POST.get("way", "")
    asked = purchase.just_held
    return send_to_gateway(purchase=purchase, callback_url=callback_url(request), way=way, asked=asked).url


def callback_url(request: HttpRequest) -> str:
    """Gateways know the site by one address in production; elsewhere it is the one the buyer came by."""
    language = "en" if (get_language() or "fa").startswith("en") else "fa"
    path = reverse("payments:callback", args=[language, "NUMBER"]).replace("NUMBER", "{attempt}")
    base = settings.SITE_URL if settings.PRODUCTION else f"{request.scheme}://{request.get_host()}"
    return base + path
