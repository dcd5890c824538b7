"""A payer who asks the bank for the money back: a person answers the bank, and nothing is refunded meanwhile.

Who bears a lost dispute: the market, always. It is the merchant of record, it was paid, and the maker sent the piece; a maker who sent
nothing earns nothing, because a part that never arrived is not paid out (`order.due`), and what was not sent can be cancelled: what the
bank took covers it, and only what it left is refunded (`order.giving_back`). The books are the record of what a bank took.
"""

import logging
from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.ledger import books
from marketplace.ledger.accounts import DISPUTES, LOSSES
from marketplace.ledger.models import Entry, Posting
from marketplace.payments import told
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.people import tell_staff

log = logging.getLogger(__name__)
#: The gateway's words for a dispute that left the money with us.
CLOSED_FOR_US = ("won", "warning_closed", "prevented")


@transaction.atomic
def mark_disputed(attempt: PaymentAttempt) -> bool:
    """Write down that a payment is disputed, and tell the staff; whether this call was the one that did."""
    mine = PaymentAttempt.objects.filter(pk=attempt.pk, disputed_at=None)
    if not mine.update(disputed_at=timezone.now(), updated_at=timezone.now()):
        return False
    attempt.refresh_from_db()
    log.error("payment %s is disputed by its payer at the bank", attempt.number)
    told.disputed(attempt)
    tell_staff(
        _(
            "The payer of %(number)s asked the bank for the money back. Answer at the gateway; nothing is refunded meanwhile."
        ),
        attempt,
    )
    return True


@transaction.atomic
def take_dispute(attempt: PaymentAttempt, *, number: str, rial: int, status: str) -> None:
    """A dispute as the gateway tells it now, in any order and however often; `rial` is what the bank took, nothing while it asks."""
    mine = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    ends = (f"dispute_won:{number}", f"dispute_lost:{number}")
    if Entry.objects.filter(source=mine.number, event__in=ends).exists():
        return
    if status not in CLOSED_FOR_US:
        mark_disputed(mine)
    if rial:
        books.record_disputed(source=mine.number, dispute=number, gateway=mine.gateway, amount_rial=rial, on=today())
    if status in CLOSED_FOR_US:
        _end(mine, won=True, only=number)
    elif status == "lost":
        _end(mine, won=False, only=number)


@transaction.atomic
def record_dispute_won(*, attempt: PaymentAttempt, by: User) -> bool:
    """A person's word that the bank left the money with us: it can be refunded again. Whether it was in dispute."""
    won = _end(PaymentAttempt.objects.select_for_update().get(pk=attempt.pk), won=True)
    attempt.refresh_from_db()
    log.warning("payment %s is no longer disputed, says %s", attempt.number, by.pk)
    return won


def _end(attempt: PaymentAttempt, *, won: bool, only: str = "") -> bool:
    """Close what the bank took and has not decided. A lost payment stays disputed: nothing of it is with us to be refunded."""
    waiting = open_disputes(attempt.number)
    ending = {number: rial for number, rial in waiting.items() if only in ("", number)}
    for number, rial in ending.items():
        if won:
            books.record_dispute_won(
                source=attempt.number, dispute=number, gateway=attempt.gateway, amount_rial=rial, on=today()
            )
        else:
            books.record_dispute_lost(source=attempt.number, dispute=number, amount_rial=rial, on=today())
    if ending and not won:
        told.lost(attempt)
    log.warning("the dispute of payment %s is %s", attempt.number, "won" if won else "lost")
    lost = Entry.objects.filter(source=attempt.number, event__startswith="dispute_lost:").exists()
    if lost or len(ending) < len(waiting):
        return not won
    ended = PaymentAttempt.objects.filter(pk=attempt.pk, disputed_at__isnull=False)
    return bool(ended.update(disputed_at=None, updated_at=timezone.now()))


def lost_rial(attempt: PaymentAttempt) -> int:
    """What banks took of a payment for good; nothing while one of its disputes is not decided, for then nobody knows."""
    if attempt.disputed_at is None or open_disputes(attempt.number):
        return 0
    legs = Posting.objects.filter(account__code=LOSSES, entry__source=attempt.number)
    return sum(legs.filter(entry__event__startswith="dispute_lost:").values_list("amount_rial", flat=True))


def open_disputes(source: str) -> dict[str, int]:
    """Disputes of a payment that a bank has not decided: number → rial it took."""
    legs = Posting.objects.filter(account__code=DISPUTES, entry__source=source)
    left: Counter[str] = Counter()
    for event, rial in legs.values_list("entry__event", "amount_rial"):
        left[event.partition(":")[2]] += rial
    return {number: rial for number, rial in sorted(left.items()) if rial}
