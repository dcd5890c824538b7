"""How an attempt and a refund change their state: only from a state they are still in, so of several at once one does it."""

from typing import Any

from django.utils import timezone

from marketplace.payments.models import PaymentAttempt, Refund


def move(one: PaymentAttempt | Refund, froms: tuple[str, ...], to: str, **facts: Any) -> bool:
    """Change a state if it is still one of `froms`; whether this call was the one that did."""
    mine = type(one).objects.filter(pk=one.pk, state__in=froms)  # type: ignore[attr-defined]
    moved = mine.update(state=to, updated_at=timezone.now(), **facts)
    one.refresh_from_db()
    return bool(moved)
