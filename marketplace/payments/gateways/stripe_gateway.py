"""Stripe's Checkout, by its own library. It takes no rial: an attempt carries its price in another currency, with the rate it was made by.

Off until configured: Stripe opens no account in Iran, and its restricted businesses name products originating from Iran. It is for a
merchant of record outside Iran, after legal advice.

Every request that moves money carries an idempotency key of ours: the attempt's number, the refund's number. Stripe keeps keys for a day
at least, so a refund that may have been asked for is looked for by its number first.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import stripe
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.payments.callbacks import proof_of
from marketplace.payments.foreign import RIAL
from marketplace.payments.gateways.base import (
    GatewayDown,
    GatewayRefused,
    Given,
    Outcome,
    Payer,
    Redirect,
    RefundAnswer,
    RefundOrder,
    Reversal,
    Terms,
    Verdict,
)
from marketplace.payments.gateways.codes import NOT_READY, Code, LeadsTo
from marketplace.payments.models import PaymentAttempt

log = logging.getLogger(__name__)
TIMEOUT = 20.0
#: Seconds by which a signed message may be late.
TOLERANCE = 300
#: The shortest life that Stripe gives a page of payment is thirty minutes.
OPEN_FOR = timedelta(minutes=31)
LISTED = 100
LISTED_SINCE = timedelta(days=2)
REFUND_ENDS = {"succeeded": Given.GIVEN, "failed": Given.CANNOT, "canceled": Given.CANNOT}
OPERATOR = _("Stripe did not accept our request (%(code)s): look at its log of requests.")


@dataclass(frozen=True)
class Dispute:
    """A payment (`reference`) that its payer disputes at the bank; the amount in hundredths of the payment's currency."""

    number: str
    reference: str
    amount_minor: int
    status: str

    @property
    def took_money(self) -> bool:
        """Whether the bank took the money: it does not while it only asks."""
        return not self.status.startswith("warning_") and self.status != "prevented"


class Forged(Exception):
    """A message that Stripe did not sign, or too long ago."""


@lru_cache(maxsize=4)
def _client(secret_key: str, http: Callable[[], stripe.HTTPClient] | None, base_url: str) -> stripe.StripeClient:
    """One client for each key: it holds its connections open."""
    made = http() if http else stripe.HTTPXClient(timeout=TIMEOUT, allow_sync_methods=True)
    where: Any = {"api": base_url} if base_url else {}
    return stripe.StripeClient(secret_key, base_addresses=where, max_network_retries=0, http_client=made)


class Stripe:
    """`http` and `base_url` let tests stand in for the network."""

    name = "stripe"

    def __init__(
        self,
        *,
        secret_key: str,
        webhook_secret: str,
        currencies: tuple[str, ...],
        base_url: str = "",
        http: Callable[[], stripe.HTTPClient] | None = None,
    ) -> None:
        self.client = _client(secret_key, http, base_url)
        self.webhook_secret = webhook_secret
        self.terms = Terms(currencies=tuple(one for one in currencies if one != RIAL), buyers=("abroad",))

    def request(self, attempt: PaymentAttempt, *, callback_url: str, description: str, payer: Payer) -> Redirect:
        """Open a page of payment. The rial is refused here as well, whoever asks."""
        if attempt.currency not in self.terms.currencies or not attempt.amount_minor or attempt.split:
            raise GatewayRefused("currency", _said("currency"))
        price = {
            "currency": attempt.currency.lower(),
            "unit_amount": attempt.amount_minor,
            "product_data": {"name": description[:250]},
        }
        named = {"attempt": attempt.number}
        params: Any = {
            "mode": "payment",
            "payment_method_types": ["card"],
            "line_items": [{"quantity": 1, "price_data": price}],
            "client_reference_id": attempt.number,
            "metadata": named,
            "payment_intent_data": {"metadata": named},
            "success_url": f"{callback_url}?Authority={{CHECKOUT_SESSION_ID}}",
            "cancel_url": f"{callback_url}?Proof={proof_of(attempt)}",
            "expires_at": int((attempt.created_at + OPEN_FOR).timestamp()),
        }
        if payer.email:
            params["customer_email"] = payer.email
        with _answers(attempt.number):
            session = self.client.v1.checkout.sessions.create(params, {"idempotency_key": attempt.number})
        if not session.url:
            raise GatewayDown("no address in the answer")
        return Redirect(url=session.url, authority=session.id)

    def verify(self, attempt: PaymentAttempt) -> Verdict:
        """Paid when Stripe says so of our own attempt, amount and currency; all three are compared."""
        with _answers(attempt.number):
            session = self.client.v1.checkout.sessions.retrieve(attempt.authority)
        code, reference = session.payment_status, _id(session.payment_intent)
        if session.payment_status == "unpaid":
            if session.status == "complete":  # its bank has not said yet
                raise GatewayDown("the payment is on its way")
            return Verdict(Outcome.UNPAID, session.status or code)
        paid, currency = session.amount_total, (session.currency or "").upper()
        ours = (attempt.amount_minor, attempt.currency, attempt.number)
        if session.payment_status != "paid" or (paid, currency, session.client_reference_id) != ours:
            return Verdict(Outcome.MISMATCH, code, reference, paid_rial=_in_rial(attempt, paid, currency))
        return Verdict(Outcome.PAID, code, reference, paid_rial=attempt.amount_rial)

    def unverified(self) -> set[str]:
        """What was paid of late; Stripe does not know what we asked about."""
        since = int((timezone.now() - LISTED_SINCE).timestamp())
        with _answers("list"):
            done = self.client.v1.checkout.sessions.list(
                {"status": "complete", "limit": LISTED, "created": {"gte": since}}
            )
        return {session.id for session in done.data if session.payment_status == "paid"}

    def reverse(self, attempt: PaymentAttempt) -> Reversal:
        """The whole of it, as a refund under a key of its own."""
        whole = RefundOrder(
            number=f"{attempt.number}-reversed",
            amount_rial=attempt.amount_rial,
            before_rial=0,
            again=True,
            amount_minor=attempt.amount_minor,
        )
        answer = self.refund(attempt, whole)
        if answer.given is Given.ON_ITS_WAY:
            raise GatewayDown("the refund is on its way")
        return Reversal(answer.given is Given.GIVEN, answer.code)

    def refund(self, attempt: PaymentAttempt, order: RefundOrder) -> RefundAnswer:
        try:
            with _answers(order.number):
                refund = (self._refund_of(attempt, order) if order.again else None) or self.client.v1.refunds.create(
                    {
                        "payment_intent": attempt.reference,
                        "amount": order.amount_minor or 0,
                        "metadata": {"refund": order.number},
                    },
                    {"idempotency_key": order.number},
                )
        except GatewayRefused as error:
            return RefundAnswer(Given.CANNOT, str(error.code))
        status = refund.status or "pending"
        return RefundAnswer(REFUND_ENDS.get(status, Given.ON_ITS_WAY), status, refund.id)

    def _refund_of(self, attempt: PaymentAttempt, order: RefundOrder) -> stripe.Refund | None:
        """A refund that was asked for before, by our own number."""
        asked = self.client.v1.refunds.list({"payment_intent": attempt.reference, "limit": LISTED})
        return next((one for one in asked.data if refund_number(one) == order.number), None)

    def dispute(self, number: str) -> Dispute:
        """What a payer asks the bank for, as it stands now."""
        with _answers(number):
            told = self.client.v1.disputes.retrieve(number)
        return Dispute(number, _id(told.payment_intent), told.amount, told.status)

    def read_event(self, body: bytes, signature: str) -> stripe.Event:
        """A message that Stripe signed. Raises Forged: also for one that is stale, or that cannot be read."""
        try:
            return stripe.Webhook.construct_event(body, signature, self.webhook_secret, tolerance=TOLERANCE)
        except (stripe.SignatureVerificationError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Forged(error.__class__.__name__) from error


def _id(one: Any) -> str:
    """The number of something that an answer names or holds."""
    return one if isinstance(one, str) else getattr(one, "id", None) or ""


def refund_number(refund: Any) -> str:
    """Our own number of a refund, as Stripe keeps it."""
    return getattr(getattr(refund, "metadata", None), "refund", "") or ""


def _in_rial(attempt: PaymentAttempt, paid: int | None, currency: str) -> int | None:
    """Roughly what was paid, for the person who looks into it; None in a currency that has no rate here."""
    if currency != attempt.currency or not paid or not attempt.rate:
        return None
    return int(paid * attempt.rate / 100)


def _said(code: str) -> Code:
    return Code(code, "stripe_refused", LeadsTo.OUR_FAULT, NOT_READY, OPERATOR)


@contextmanager
def _answers(number: str) -> Iterator[None]:
    """Stripe's errors as ours: a request that it will not do is GatewayRefused, all else is GatewayDown."""
    try:
        yield
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        log.error("payment %s at stripe: %s", number, _said(error.__class__.__name__).for_operator())
        raise GatewayDown(error.__class__.__name__) from error
    except (stripe.InvalidRequestError, stripe.CardError) as error:
        said = _said(str(error.code or "invalid_request"))
        log.error("payment %s at stripe: %s", number, said.for_operator())
        raise GatewayRefused(said.code, said) from error
    except stripe.StripeError as error:
        raise GatewayDown(error.__class__.__name__) from error
