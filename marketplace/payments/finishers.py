"""What a payable's room promises to payments. Registered by kind in `core.registry`; payments know no order."""

from typing import Protocol

from django.core.exceptions import ValidationError

from marketplace.payments.models import PaymentAttempt


class Finisher(Protocol):
    def finish(self, payable_id: int, attempt: PaymentAttempt) -> None:
        """Hand over what was paid for, inside the caller's transaction. Raises ValidationError when that cannot be done any more."""
        ...

    def refuse(self, payable_id: int, attempt: PaymentAttempt, error: ValidationError) -> None:
        """Paid, but cannot be handed over: let go of what is held, inside the caller's transaction. The attempt keeps the reason."""
        ...

    def give_up(self, payable_id: int) -> None:
        """Not paid: let go of what is held. May be repeated, and says nothing about a payable that was paid otherwise."""
        ...

    def page(self, payable_id: int) -> str:
        """Where its buyer reads what became of it, in the active language."""
        ...
