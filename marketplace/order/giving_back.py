"""Money for pieces that are cancelled or returned: counted, promised in the ledger, and asked of the payment after commit."""

from collections.abc import Mapping

from django.db.models import Sum

from marketplace.core.numbers import random_number
from marketplace.order.models import Line, MoneyBack, Return, SellerOrder
from marketplace.order.money import record_money_back, shares
from marketplace.payments.disputes import lost_rial
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.refunds import store_refund


def give_back(
    part: SellerOrder,
    lines: Mapping[int, Line],
    pieces: Mapping[int, int],
    *,
    column: str,
    of_return: Return | None = None,
) -> MoneyBack:
    """Count pieces as `cancelled` or `returned`, and promise what was paid for them; delivery too, when nothing is left.

    In the caller's transaction, which holds the rows of the seller order and its lines. The gateway is asked after commit. What the
    buyer's bank took of the payment for good is not given a second time: it covers what goes back first, and only the rest is refunded.
    """
    paid = _held_payment(part)
    share = shares(lines, pieces)
    for line_id, count in pieces.items():
        line = lines[line_id]
        setattr(line, column, getattr(line, column) + count)
        line.save(update_fields=[column])
    nothing_left = not any(line.standing for line in lines.values())
    delivery = int(part.delivery_rial) - int(part.delivery_given_back_rial) if nothing_left else 0
    part.delivery_given_back_rial = int(part.delivery_given_back_rial) + delivery
    part.save(update_fields=["delivery_given_back_rial"])
    back = MoneyBack(
        number=random_number("BCK"),
        seller_order=part,
        of_return=of_return,
        pieces={str(line_id): count for line_id, count in pieces.items() if count},
        amount_rial=share.paid + delivery,
        delivery_rial=delivery,
        taken_rial=min(share.paid + delivery, _taken_and_not_covered(part, paid)),
    )
    record_money_back(back, share)  # the books know of it before the payment promises it
    if paid is not None and back.refunded_rial:
        back.refund = store_refund(attempt=paid, amount_rial=back.refunded_rial, source=f"back:{back.number}").number
    back.save()
    return back


def _held_payment(part: SellerOrder) -> PaymentAttempt | None:
    """The payment as it is now, its row held before the makers' accounts, as whoever finishes a payment holds them."""
    if part.order.payment_id is None:
        return None
    return PaymentAttempt.objects.select_for_update().get(pk=part.order.payment_id)


def _taken_and_not_covered(part: SellerOrder, paid: PaymentAttempt | None) -> int:
    """Rial that a bank took for good, and for which no piece of the order was cancelled or given back yet."""
    if paid is None or paid.disputed_at is None:
        return 0
    covered = MoneyBack.objects.filter(seller_order__order=part.order_id).aggregate(sum=Sum("taken_rial"))["sum"] or 0
    return max(0, lost_rial(paid) - int(covered))
