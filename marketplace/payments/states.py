"""How an attempt and a refund change their state: only from a state they are still in, so of several at once one does it."""

from typing import Any

from django.utils import timezone

from marketplace.payments.models import PaymentAttempt, Refund


def move(one: PaymentAttempt | Refund, froms: tuple[str, ...], to: str, **facts: Any) -> bool:
    """Change a state if it is still one of `froms`; whether this call was the one that did."""
    mine = type(one).objects.filter(pk=one.pk, state__in=froms)  # type: ignore[attr-defined]
    changes = {"state": to, "updated_at": timezone.now(), **facts}
    if not mine.update(**changes):
        one.refresh_from_db()  # as whoever came first left it
        return False
    for name, value in changes.items():
        setattr(one, name, value)
    return True
