"""How an attempt changes its state: only from a state it is still in, so of several at once one does it."""

from django.utils import timezone

from marketplace.payments.models import PaymentAttempt


def move(attempt: PaymentAttempt, froms: tuple[str, ...], to: str, **facts: str) -> bool:
    """Change an attempt's state if it is still in one of `froms`; whether this call was the one that did."""
    moved = PaymentAttempt.objects.filter(pk=attempt.pk, state__in=froms).update(
        state=to, updated_at=timezone.now(), **facts
    )
    attempt.refresh_from_db()
    return bool(moved)
