"""Where a gateway sends the buyer back to, and its messages. Neither is believed: each makes us ask the gateway."""

from contextlib import suppress

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from marketplace.payments import gateways
from marketplace.payments.callbacks import is_from_us
from marketplace.payments.gateways.base import GatewayDown
from marketplace.payments.gateways.stripe_gateway import Forged, Stripe
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt, page_of
from marketplace.payments.webhooks import take


@never_cache
@require_GET
def callback(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """Finish the attempt, then show the buyer their payable's page; repeating it changes nothing.

    `Status` is not trusted: a forged NOK must not release what was paid for, and a forged OK buys nothing.
    """
    attempt = PaymentAttempt.objects.filter(number=number).first()
    given = {"authority": request.GET.get("Authority", ""), "proof": request.GET.get("Proof", "")}
    if attempt is None or not is_from_us(attempt, **given):
        raise Http404
    with suppress(GatewayDown):  # the page says that we are still asking, and the sweeper goes on asking
        finish_attempt(number)
    with translation.override(language):
        return redirect(page_of(attempt))


@csrf_exempt  # its proof is Stripe's signature
@never_cache
@require_POST
def stripe_message(request: HttpRequest) -> HttpResponse:
    """400 for what Stripe did not sign, 503 for what it is to send again, 404 while Stripe is off."""
    try:
        gateway = gateways.by_name("stripe")
    except ImproperlyConfigured:
        raise Http404 from None
    assert isinstance(gateway, Stripe)
    try:
        take(gateway, request.body, request.headers.get("Stripe-Signature", ""))
    except Forged:
        return HttpResponse("The signature does not hold.", status=400, content_type="text/plain")
    except GatewayDown:
        return HttpResponse("Send it again.", status=503, content_type="text/plain")
    return HttpResponse("", content_type="text/plain")
