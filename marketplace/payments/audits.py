"""What `manage.py audit_money` looks at in payments: each attempt's state against what the books have under its number."""

from collections.abc import Iterator

from django.db.models import F, Q, Sum

from marketplace.core.registry import MONEY, audit
from marketplace.ledger.accounts import DISPUTES, clearing
from marketplace.ledger.models import Posting
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.told import UNEXPLAINED

State = PaymentAttempt.State
#: States in which no money is in the books. A paid attempt is on its way to one of the others.
NOTHING = (State.STORED, State.SENT, State.FAILED, State.PAID)


@audit("captured money", of=MONEY)
def captured_stands_in_the_books() -> Iterator[str]:
    """Attempts whose money came and is not in the books once as a sale, as refused, or in suspense; or that came to nothing and is."""
    booked = _captures()
    for attempt in PaymentAttempt.objects.order_by("pk").iterator():
        there = booked.pop(attempt.number, {})
        expected = {} if attempt.state in NOTHING else {_event(attempt): attempt.reached_us_rial}
        if there != expected:
            yield f"Payment {attempt.number} ({attempt.state}): the books have {there}, its state says {expected}."
    for source, there in sorted(booked.items()):
        yield f"{source}: the books have {there}, and there is no such payment."


def _captures() -> dict[str, dict[str, int]]:
    """Source → event → rial, of all that a gateway took in."""
    found: dict[str, dict[str, int]] = {}
    legs = Posting.objects.filter(
        account__code__startswith=clearing(""), entry__event__in=("sale", "refused", "suspense"), amount_rial__gt=0
    )
    for source, event, rial in legs.values_list("entry__source", "entry__event", "amount_rial"):
        found.setdefault(source, {})[event] = rial
    return found


def _event(attempt: PaymentAttempt) -> str:
    if attempt.state == State.FINISHED:
        return "sale"
    return "suspense" if attempt.state == State.SUSPENSE and attempt.reason_code in UNEXPLAINED else "refused"


@audit("refunds", of=MONEY)
def refunds_stand_in_the_books() -> Iterator[str]:
    """Refunds that were given and are not in the books, or the other way round; attempts whose count of refunds is another."""
    given = dict(
        Posting.objects.filter(entry__event__startswith="given:", amount_rial__gt=0)
        .values_list("entry__event")
        .annotate(rial=Sum("amount_rial"))
    )
    for refund in Refund.objects.order_by("pk").iterator():
        there = given.pop(f"given:{refund.number}", 0)
        expected = refund.amount_rial if refund.state == Refund.State.GIVEN else 0
        if there != expected:
            yield f"Refund {refund.number} ({refund.state}): the books have {there} rial given, its state says {expected}."
    for event, rial in sorted(given.items()):
        yield f"{event}: the books have {rial} rial, and there is no such refund."
    counted = PaymentAttempt.objects.annotate(promised=Sum("refunds__amount_rial")).filter(
        ~Q(refunded_rial=F("promised")), ~Q(refunded_rial=0) | Q(promised__gt=0)
    )
    for attempt in counted.order_by("pk"):
        yield f"Payment {attempt.number}: {attempt.refunded_rial} rial counted as promised back, its refunds come to {attempt.promised}."


@audit("splits", of=MONEY)
def splits_stand_in_the_books() -> Iterator[str]:
    """Payments whose parts for makers the books do not have, each by its maker and once; or have, and no finished payment asked for."""
    booked: dict[str, dict[int, int]] = {}
    legs = Posting.objects.filter(entry__event="split", account__seller__isnull=False)
    for source, seller, rial in legs.values_list("entry__source", "account__seller", "amount_rial"):
        booked.setdefault(source, {})[seller] = rial
    for attempt in PaymentAttempt.objects.filter(state=State.FINISHED).exclude(split=[]).order_by("pk").iterator():
        there = booked.pop(attempt.number, {})
        expected = {part["seller"]: part["amount_rial"] for part in attempt.split if part.get("seller")}
        if there != expected:
            yield f"Payment {attempt.number}: the books sent {there} to sellers, the gateway was asked for {expected}."
    for source, there in sorted(booked.items()):
        yield f"{source}: the books sent {there} to sellers, and no finished payment was split so."


@audit("disputes", of=MONEY)
def disputes_stand_in_the_books() -> Iterator[str]:
    """Money that banks took: of payments that are not in dispute, or closed at another sum than was taken."""
    left: dict[tuple[str, str], int] = {}
    legs = Posting.objects.filter(account__code=DISPUTES).order_by("pk")
    for source, event, rial in legs.values_list("entry__source", "entry__event", "amount_rial"):
        key = source, event.partition(":")[2]
        left[key] = left.get(key, 0) + rial
    disputed = set(PaymentAttempt.objects.filter(disputed_at__isnull=False).values_list("number", flat=True))
    for (source, dispute), rial in sorted(left.items()):
        if rial < 0 or (rial and source not in disputed):
            yield f"Payment {source}, dispute {dispute}: {rial} rial stand at a bank, and the payment is not in dispute so."
