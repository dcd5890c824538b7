"""Where a gateway sends the buyer back to. A GET without a token of ours, so it believes nothing: it asks the gateway."""

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from marketplace.payments.gateways.base import GatewayDown
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt, page_of


@never_cache
@require_GET
def callback(request: HttpRequest, language: str, number: str) -> HttpResponse:
    """Finish the attempt, then show the buyer their payable's page; repeating it changes nothing.

    `Status` is not trusted: a forged NOK must not release what was paid for, and a forged OK buys nothing.
    """
    attempt = PaymentAttempt.objects.filter(number=number).first()
    given = request.GET.get("Authority", "")
    if attempt is None or not attempt.authority or not constant_time_compare(given, attempt.authority):
        raise Http404
    with suppress(GatewayDown):  # the page says that we are still asking, and the sweeper goes on asking
        finish_attempt(number)
    with translation.override(language):
        return redirect(page_of(attempt))
