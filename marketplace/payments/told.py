"""What payments tell the ledger, in the transaction in which a state changes. The ledger listens (`core.registry.watch`).

A sale is told by checkout, which knows its parts. Each telling carries a source and an event, so that one that is repeated is one.
"""

from marketplace.core.clock import today
from marketplace.core.registry import tell
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.rules import AMOUNT_MISMATCH, NOT_HANDED_OVER

REFUSED, SUSPENSE, SUSPENSE_ENDED, GIVEN = "money_refused", "money_suspense", "money_suspense_ended", "money_given_back"
DISPUTED = "money_disputed"
#: Reasons with which an attempt's money stands in suspense; with any other it is owed to its buyer.
UNEXPLAINED = (AMOUNT_MISMATCH, NOT_HANDED_OVER)


def _of(attempt: PaymentAttempt) -> dict:
    return {"source": attempt.number, "gateway": attempt.gateway, "on": today()}


def refused(attempt: PaymentAttempt) -> None:
    """Paid and not handed over: it is owed to its buyer from now on."""
    tell(REFUSED, amount_rial=attempt.reached_us_rial, **_of(attempt))


def in_suspense(attempt: PaymentAttempt) -> None:
    """Paid, and nobody knows yet for what: a person decides. Money that was refused before is owed already."""
    if attempt.reason_code in UNEXPLAINED:
        tell(SUSPENSE, amount_rial=attempt.reached_us_rial, **_of(attempt))


def reversed_(attempt: PaymentAttempt) -> None:
    """The gateway gave back what was refused."""
    tell(GIVEN, event="reversed", amount_rial=attempt.reached_us_rial, **_of(attempt))


def refund_stored(refund: Refund) -> None:
    """Of money in suspense a person decided: this part is owed to its buyer. Other refunds are told by what asked for them."""
    attempt = refund.attempt
    if attempt.state == PaymentAttempt.State.SUSPENSE and attempt.reason_code in UNEXPLAINED:
        tell(SUSPENSE_ENDED, amount_rial=refund.amount_rial, **_of(attempt) | {"source": refund.number})


def refund_given(refund: Refund) -> None:
    """A refund reached its end. `gateway` is empty when a person paid it from the market's bank account."""
    gateway = "" if refund.iban else refund.attempt.gateway
    tell(GIVEN, source=refund.number, event="given", gateway=gateway, amount_rial=refund.amount_rial, on=today())


def disputed(attempt: PaymentAttempt) -> None:
    """The payer asked the bank for the money; a person answers."""
    tell(DISPUTED, amount_rial=attempt.reached_us_rial, **_of(attempt))
