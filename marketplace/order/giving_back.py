"""Money for pieces that are cancelled or returned: counted, promised in the ledger, and asked of the payment after commit."""

from collections.abc import Mapping

from marketplace.core.numbers import random_number
from marketplace.order.models import Line, MoneyBack, Return, SellerOrder
from marketplace.order.money import record_money_back, shares
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

    In the caller's transaction, which holds the rows of the seller order and its lines. The gateway is asked after commit.
    """
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
    )
    record_money_back(back, share)  # the books know of it before the payment promises it
    if part.order.payment is not None and back.amount_rial:
        back.refund = store_refund(
            attempt=part.order.payment, amount_rial=int(back.amount_rial), source=f"back:{back.number}"
        ).number
    back.save()
    return back
