"""A gateway without a wire that answers as it is told, and the books worked out anew from the rows of orders alone."""

from collections import Counter

from marketplace.ledger.models import PayoutItem
from marketplace.order.models import SellerOrder
from marketplace.order.money import sent_straight
from marketplace.payments.gateways.base import (
    GatewayDown,
    Given,
    Outcome,
    Redirect,
    RefundAnswer,
    Reversal,
    Terms,
    Verdict,
)

DOWN = "down"


class Teller:
    """`verdict`, `reverses` and `refunds` say what it answers next; DOWN is no answer."""

    name = "sandbox"

    def __init__(self) -> None:
        self.terms = Terms(("IRR",), ("iran",), most_parts=2)
        self.verdict: Outcome | str = Outcome.PAID
        self.reverses: bool | str = True
        self.refunds: Given | str = Given.GIVEN

    def request(self, attempt, **more) -> Redirect:
        return Redirect(url="x", authority=f"T{attempt.pk}")

    def verify(self, attempt) -> Verdict:
        if isinstance(self.verdict, str):
            raise GatewayDown(self.verdict)
        other = attempt.amount_rial // 10 if self.verdict is Outcome.MISMATCH else None
        return Verdict(self.verdict, "100", "1", paid_rial=other)

    def unverified(self) -> set[str]:
        return set()

    def reverse(self, attempt) -> Reversal:
        if isinstance(self.reverses, str):
            raise GatewayDown(self.reverses)
        return Reversal(self.reverses, "100")

    def refund(self, attempt, order) -> RefundAnswer:
        if isinstance(self.refunds, str):
            raise GatewayDown(self.refunds)
        return RefundAnswer(self.refunds, self.refunds.value)


def _left(line, amount: int) -> int:
    """What stands of a line's amount: all of it, less the floor of what went."""
    return amount - amount * (line.cancelled + line.returned) // line.quantity


def expected_balances() -> dict[str, int]:
    """Sellers' accounts, commission, tax and discounts, from what was sold, what stands of it, and what was sent and paid."""
    sums: Counter[str] = Counter()
    for part in SellerOrder.objects.select_related("order__payment").prefetch_related("lines"):
        account = f"payable:{part.seller_id}"
        sums[account] -= int(part.delivery_rial) - int(part.delivery_given_back_rial)
        if part.order.payment:
            sums[account] += sent_straight(part.order.payment).get(part.seller_id, 0)
        for line in part.lines.all():
            before, after = int(line.line_price_before_discounts_incl_tax), int(line.line_price_incl_tax)
            commission = _left(line, int(line.commission_rial))
            tax = _left(line, int(line.commission_tax_rial))
            sums[account] -= _left(line, before) - commission - tax
            sums["commission"] -= commission
            sums["tax"] -= tax
            sums["discounts"] += _left(line, before - after)
    for item in PayoutItem.objects.exclude(state=PayoutItem.State.FAILED):
        sums[f"payable:{item.seller_id}"] += item.amount_rial
    return {code: rial for code, rial in sums.items() if rial}


def given_back_and_kept(part: SellerOrder) -> tuple[int, int]:
    """Rial promised back of a seller order, and what of it is left at the price that was paid."""
    back = sum(int(each.amount_rial) for each in part.money_back.all())
    left = sum(
        _left(line, int(line.line_price_before_discounts_incl_tax))
        - _left(line, int(line.line_price_before_discounts_incl_tax) - int(line.line_price_incl_tax))
        for line in part.lines.all()
    )
    return back, left + int(part.delivery_rial) - int(part.delivery_given_back_rial)
