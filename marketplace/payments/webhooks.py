"""Messages of a gateway to us. One is never believed: it makes us ask, and what it makes us ask may be asked again in any order.

Guarantees: what the gateway did not sign, or signed long ago, changes nothing; a message that was done is not done again; one that
could not be done is not marked done, so that the gateway sends it again.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from marketplace.payments.disputes import take_dispute
from marketplace.payments.gateways.base import GatewayDown
from marketplace.payments.gateways.stripe_gateway import Stripe, refund_number
from marketplace.payments.models import GatewayEvent, PaymentAttempt, Refund
from marketplace.payments.refunds import ask_for
from marketplace.payments.services import finish_attempt

log = logging.getLogger(__name__)


def take(gateway: Stripe, body: bytes, signature: str) -> bool:
    """Read a message and do what it asks for; whether it was new. Raises Forged, and GatewayDown when it is to be sent again."""
    event = gateway.read_event(body, signature)
    kept, _new = GatewayEvent.objects.get_or_create(
        gateway=gateway.name, event_id=event.id, defaults={"kind": event.type[:80]}
    )
    if kept.done_at is not None:
        return False
    act = _act_on(event.type)
    if act is not None:
        act(gateway, event.data.object)
    return bool(GatewayEvent.objects.filter(pk=kept.pk, done_at=None).update(done_at=timezone.now()))


def _act_on(kind: str) -> Callable[[Stripe, Any], None] | None:
    ways = {"checkout.session.": _ask_about_payment, "refund.": _ask_about_refund, "charge.dispute.": _see_to_dispute}
    return next((act for start, act in ways.items() if kind.startswith(start)), None)


def _ask_about_payment(gateway: Stripe, session: Any) -> None:
    number = getattr(session, "client_reference_id", None) or ""
    attempt = PaymentAttempt.objects.filter(gateway=gateway.name, number=number).first()
    if attempt is None:
        log.warning("a message of stripe names payment %s, which is not ours", number[:40])
        return
    if attempt.state == PaymentAttempt.State.STORED:
        raise GatewayDown("the message came before the answer to our own request")
    if attempt.authority == session.id:
        finish_attempt(attempt.number)


def _ask_about_refund(gateway: Stripe, told: Any) -> None:
    mine = Refund.objects.filter(attempt__gateway=gateway.name, state=Refund.State.SENT)
    refund = mine.filter(number=refund_number(told)).first()
    if refund is not None:
        ask_for(refund)


def _see_to_dispute(gateway: Stripe, dispute: Any) -> None:
    told = gateway.dispute(dispute.id)
    attempt = (
        PaymentAttempt.objects.filter(gateway=gateway.name, reference=told.reference).exclude(reference="").first()
    )
    if attempt is not None:
        rial = told.amount_minor * attempt.amount_rial // attempt.amount_minor if attempt.amount_minor else 0
        take_dispute(attempt, number=told.number, rial=rial if told.took_money else 0, status=told.status)
