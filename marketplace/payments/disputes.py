"""A payer who asks the bank for the money back: a person answers the bank, and nothing is refunded meanwhile."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User
from marketplace.payments import told
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.people import tell_staff

log = logging.getLogger(__name__)


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
def record_dispute_won(*, attempt: PaymentAttempt, by: User) -> bool:
    """A person's word that the bank left the money with us: it can be refunded again. Whether it was in dispute."""
    ended = PaymentAttempt.objects.filter(pk=attempt.pk, disputed_at__isnull=False)
    won = bool(ended.update(disputed_at=None, updated_at=timezone.now()))
    attempt.refresh_from_db()
    log.warning("payment %s is no longer disputed, says %s", attempt.number, by.pk)
    return won
