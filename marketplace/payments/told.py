"""What payments write into the ledger, in the transaction in which a state changes. A sale is written by checkout, which knows its parts.

Each entry's source is the attempt's number, so that an audit finds all that became of one payment.
"""

from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.core.registry import tell
from marketplace.ledger import books
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.people import tell_staff
from marketplace.payments.rules import AMOUNT_MISMATCH, NOT_HANDED_OVER

#: Told to watchers in the same transaction: `attempt=` was disputed by its payer at the bank; `refund=` changed its state.
DISPUTED, REFUND_MOVED = "payment_disputed", "refund_moved"
#: Told likewise: the buyer's bank found for the buyer, and keeps what it took of `attempt=`.
LOST = "payment_lost"
#: Reasons with which an attempt's money stands in suspense; with any other it is owed to its buyer.
UNEXPLAINED = (AMOUNT_MISMATCH, NOT_HANDED_OVER)


def refused(attempt: PaymentAttempt) -> None:
    """Paid and not handed over: it is owed to its buyer from now on."""
    books.record_refused(
        source=attempt.number, gateway=attempt.gateway, amount_rial=attempt.reached_us_rial, on=today()
    )


def in_suspense(attempt: PaymentAttempt) -> None:
    """Paid, and nobody knows yet for what: a person decides. What was refused before is owed already and stays so."""
    if attempt.reason_code in UNEXPLAINED:
        books.record_suspense(
            source=attempt.number, gateway=attempt.gateway, amount_rial=attempt.reached_us_rial, on=today()
        )
    tell_staff(_("Payment %(number)s was made and waits for a person: see its reason."), attempt)


def reversed_(attempt: PaymentAttempt) -> None:
    """The gateway gave back what was refused."""
    books.record_refund_given(
        source=attempt.number,
        event="reversed",
        gateway=attempt.gateway,
        amount_rial=attempt.reached_us_rial,
        on=today(),
    )


def refund_stored(refund: Refund) -> None:
    """Of money in suspense a person decided: this part is owed to its buyer. Other refunds are written by what asked for them."""
    attempt = refund.attempt
    if attempt.state == PaymentAttempt.State.SUSPENSE and attempt.reason_code in UNEXPLAINED:
        books.resolve_suspense(
            source=attempt.number, event=f"resolved:{refund.number}", amount_rial=refund.amount_rial, on=today()
        )
    tell(REFUND_MOVED, refund=refund)


def refund_given(refund: Refund) -> None:
    """A refund reached its end: by the gateway, or by a person from the market's bank account."""
    source, event = refund.attempt.number, f"given:{refund.number}"
    if refund.iban:
        books.record_refund_by_hand(source=source, event=event, amount_rial=refund.amount_rial, on=today())
    else:
        gateway = refund.attempt.gateway
        books.record_refund_given(
            source=source, event=event, gateway=gateway, amount_rial=refund.amount_rial, on=today()
        )
    tell(REFUND_MOVED, refund=refund)


def refund_waits(refund: Refund) -> None:
    """A refund waits for a person."""
    tell_staff(
        _("Refund %(number)s waits for a person: see whether to look at the gateway or to pay it to an IBAN."), refund
    )
    tell(REFUND_MOVED, refund=refund)


def disputed(attempt: PaymentAttempt) -> None:
    """The payer asked the bank for the money: a person answers, and writes what becomes of it."""
    tell(DISPUTED, attempt=attempt)


def lost(attempt: PaymentAttempt) -> None:
    """The bank found for the payer: what was paid for and not sent need not be sent any more."""
    tell(LOST, attempt=attempt)
