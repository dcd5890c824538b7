"""What became of the money of a purchase: its page says it, and says nothing else."""

from dataclasses import dataclass

from marketplace.checkout.models import Purchase
from marketplace.checkout.services import PAYABLE_KIND
from marketplace.payments.models import PaymentAttempt

_State = PaymentAttempt.State
#: Money that reached us and is not kept: given back, asked to be given back, or left to a person.
RETURNED = (_State.REVERSED, _State.REVERSING, _State.SUSPENSE)


@dataclass(frozen=True)
class Money:
    """`attempt` is the one to show: the one that paid for the order, else the newest. `returned` are those not kept."""

    attempt: PaymentAttempt | None
    returned: list[PaymentAttempt]


def money_of(purchase: Purchase) -> Money:
    """Every attempt to pay a purchase, in one query."""
    attempts = list(PaymentAttempt.objects.filter(payable_kind=PAYABLE_KIND, payable_id=purchase.pk).order_by("-id"))
    kept = [attempt for attempt in attempts if attempt.state == _State.FINISHED]
    return Money(
        attempt=next(iter(kept or attempts), None),
        returned=[attempt for attempt in attempts if attempt.state in RETURNED],
    )
