"""What a seller order is worth to whom, whole or in part, in rial; and how the ledger hears of it.

Guarantees: what parts of a line give back adds up to the line, to the rial, in whatever portions and order they go; commission and
its tax go back in the same proportion; delivery goes back once, when nothing of the seller order is left.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass

from marketplace.core.clock import today
from marketplace.ledger import books
from marketplace.ledger.books import SalePart
from marketplace.order.models import Line, MoneyBack, Order, SellerOrder
from marketplace.payments.gateways.base import Part
from marketplace.payments.models import PaymentAttempt


@dataclass(frozen=True)
class Share:
    """Of one line or of a part of it. `goods` is its price before discounts with its gift wrap, `wrap` what of that is for wrapping,
    `discount` what the market's offers took off."""

    goods: int = 0
    discount: int = 0
    commission: int = 0
    tax: int = 0
    wrap: int = 0

    def __add__(self, other: "Share") -> "Share":
        return Share(
            self.goods + other.goods,
            self.discount + other.discount,
            self.commission + other.commission,
            self.tax + other.tax,
            self.wrap + other.wrap,
        )

    @property
    def paid(self) -> int:
        """What the buyer paid for it."""
        return self.goods - self.discount


def whole(line: Line) -> Share:
    """All pieces of a line, as they were sold."""
    before, after = int(line.line_price_before_discounts_incl_tax), int(line.line_price_incl_tax)
    wrap = int(line.wrap_rial)
    return Share(before + wrap, before - after, int(line.commission_rial), int(line.commission_tax_rial), wrap)


def share_of(line: Line, pieces: int) -> Share:
    """The next `pieces` that leave a line."""
    return share_after(line, gone=line.cancelled + line.returned, pieces=pieces)


def share_after(line: Line, *, gone: int, pieces: int) -> Share:
    """`pieces` that left a line after `gone` others had: the difference of two running shares, so that no rial is lost between portions."""
    all_of_it = whole(line)

    def until(count: int) -> Share:
        return Share(*(amount * count // line.quantity for amount in astuple(all_of_it)))

    was, will = until(gone), until(gone + pieces)
    return Share(*(after - before for after, before in zip(astuple(will), astuple(was), strict=True)))


def part_of(part: SellerOrder, share: Share, delivery: int) -> SalePart:
    """As the ledger reads it."""
    return SalePart(
        seller_id=part.seller_id,
        goods_rial=share.goods,
        delivery_rial=delivery,
        discount_rial=share.discount,
        commission_rial=share.commission,
        tax_rial=share.tax,
        wrap_rial=share.wrap,
    )


def record_order(order: Order, attempt: PaymentAttempt) -> None:
    """Post an order that was just paid and placed, and what the gateway sent straight to its makers; the payment's number is
    the entries' source. In the caller's transaction."""
    parts = [
        part_of(part, sum((whole(line) for line in part.lines.all()), Share()), int(part.delivery_rial))
        for part in order.seller_orders.prefetch_related("lines").order_by("pk")
    ]
    books.record_sale(
        source=attempt.number,
        gateway=attempt.gateway,
        amount_rial=int(order.total_incl_tax),
        parts=parts,
        on=today(),
        reference=order.number,
    )
    sent = sent_straight(attempt)
    if sent:
        books.record_split(
            source=attempt.number, gateway=attempt.gateway, parts=sent, on=today(), reference=order.number
        )


def sent_straight(attempt: PaymentAttempt) -> dict[int, int]:
    """Rial by seller that the gateway was asked to send to their accounts with the payment."""
    return {part.seller_id: part.amount_rial for part in map(Part.of, attempt.split) if part.seller_id}


def record_money_back(back: MoneyBack, share: Share) -> None:
    """Post what a cancellation or return gives back; the buyer's money is promised by this, and given by the payment's refund.

    What their bank gave them before is not promised again.
    """
    books.record_return(
        source=f"back:{back.number}",
        parts=[part_of(back.seller_order, share, int(back.delivery_rial))],
        amount_rial=int(back.amount_rial),
        taken_rial=int(back.taken_rial),
        on=today(),
        reference=back.seller_order.number,
    )


def shares(lines: Mapping[int, Line], pieces: Mapping[int, int]) -> Share:
    """Of several lines, before their counts are changed."""
    return sum((share_of(lines[line_id], count) for line_id, count in pieces.items() if count), Share())
