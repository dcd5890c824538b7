"""What happens to money, in verbs with plain facts. Amounts are whole rial above zero; `source` is the thing it happened to.

Guarantees: each verb writes one sealed entry in the caller's transaction; the same (source, event) again gives the first entry
back and writes nothing; with other amounts it raises `journal.OtherLegs`. Amounts that cannot be raise ValueError.
What lessens a seller's payable locks its account first (`accounts.held_payables`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from marketplace.ledger.accounts import (
    BANK,
    COMMISSION,
    DISCOUNTS,
    DISPUTES,
    FEES,
    LOSSES,
    PAYOUTS,
    REFUNDS,
    SUSPENSE,
    TAX,
    clearing,
    held_payables,
    payable,
)
from marketplace.ledger.journal import Leg, credit, debit, record
from marketplace.ledger.models import Entry, Posting

What = Posting.What


@dataclass(frozen=True)
class SalePart:
    """A seller's part of a sale or a return, in rial; goods are works with their gift wrap, of which `wrap_rial` is the wrap. The market
    pays for the discount, the seller for commission and its tax."""

    seller_id: int
    goods_rial: int
    delivery_rial: int = 0
    discount_rial: int = 0
    commission_rial: int = 0
    tax_rial: int = 0
    wrap_rial: int = 0

    @property
    def paid_rial(self) -> int:
        """What the buyer pays for it."""
        return self.goods_rial + self.delivery_rial - self.discount_rial

    @property
    def earned_rial(self) -> int:
        """What its seller is owed for it."""
        return self.goods_rial + self.delivery_rial - self.commission_rial - self.tax_rial


def record_sale(
    *, source: str, gateway: str, amount_rial: int, parts: Iterable[SalePart], on: date, reference: str = ""
) -> Entry:
    """A buyer's payment became an order: each seller is owed its part, the market its commission."""
    legs = _legs_of(list(parts), _above_zero(amount_rial))
    legs.append(debit(clearing(gateway), amount_rial))
    return record(source=source, event="sale", on=on, legs=legs, reference=reference)


@transaction.atomic
def record_return(
    *, source: str, parts: Iterable[SalePart], amount_rial: int, on: date, taken_rial: int = 0, reference: str = ""
) -> Entry:
    """A sale's part goes back: what is promised to the buyer stands in `refunds`, commission and tax go back to the seller. Of what an
    offer gave for nothing the buyer is promised nothing.

    `taken_rial` of it the buyer's bank took back before, when it found for the buyer: that is promised to nobody a second time, and
    lessens the market's loss, because the maker keeps the piece and earns nothing by it.
    """
    if not 0 <= taken_rial <= amount_rial:
        raise ValueError(f"A bank took {taken_rial} of {amount_rial} rial.")
    given = list(parts)
    held_payables(part.seller_id for part in given)
    legs = [Leg(leg.account, -leg.rial, leg.what) for leg in _legs_of(given, amount_rial)]
    legs += [credit(REFUNDS, amount_rial - taken_rial), credit(LOSSES, taken_rial)]
    return record(source=source, event="return", on=on, legs=legs, reference=reference)


def record_refused(*, source: str, gateway: str, amount_rial: int, on: date, reference: str = "") -> Entry:
    """A payment that becomes no order: the gateway has it, and it is promised back."""
    legs = _between(clearing(gateway), REFUNDS, amount_rial)
    return record(source=source, event="refused", on=on, legs=legs, reference=reference)


def record_refund_given(
    *, source: str, event: str, gateway: str, amount_rial: int, on: date, reference: str = ""
) -> Entry:
    """The gateway gave a buyer money back. `event` tells partial refunds of one payment apart, such as `given:REF-…`."""
    legs = _between(REFUNDS, clearing(gateway), amount_rial)
    return record(source=source, event=event, on=on, legs=legs, reference=reference)


def record_refund_by_hand(*, source: str, event: str, amount_rial: int, on: date, reference: str = "") -> Entry:
    """A person paid a buyer back from the market's own bank account, because the gateway could not."""
    legs = _between(REFUNDS, BANK, amount_rial)
    return record(source=source, event=event, on=on, legs=legs, reference=reference)


def record_suspense(*, source: str, gateway: str, amount_rial: int, on: date, reference: str = "") -> Entry:
    """Money came that fits nothing we know; a person looks at it. `amount_rial` is what came."""
    legs = _between(clearing(gateway), SUSPENSE, amount_rial)
    return record(source=source, event="suspense", on=on, legs=legs, reference=reference)


def resolve_suspense(
    *, source: str, amount_rial: int, on: date, gateway: str = "", event: str = "resolved", reference: str = ""
) -> Entry:
    """A person's word on money in suspense: it is promised back to its buyer; with a `gateway`, it goes back to that one's
    clearing account, because it is recorded anew as a sale, or never came."""
    legs = _between(SUSPENSE, clearing(gateway) if gateway else REFUNDS, amount_rial)
    return record(source=source, event=event, on=on, legs=legs, reference=reference)


def record_disputed(*, source: str, dispute: str, gateway: str, amount_rial: int, on: date) -> Entry:
    """A buyer's bank took a payment back and asks: the gateway holds it no more. Makers are not touched by that."""
    legs = _between(DISPUTES, clearing(gateway), amount_rial)
    return record(source=source, event=f"disputed:{dispute}", on=on, legs=legs)


def record_dispute_won(*, source: str, dispute: str, gateway: str, amount_rial: int, on: date) -> Entry:
    """The bank found for us: the gateway has it again."""
    legs = _between(clearing(gateway), DISPUTES, amount_rial)
    return record(source=source, event=f"dispute_won:{dispute}", on=on, legs=legs)


def record_dispute_lost(*, source: str, dispute: str, amount_rial: int, on: date) -> Entry:
    """The bank found for the buyer. The market, as merchant of record, bears it: a maker keeps what was earned by a sale."""
    legs = _between(LOSSES, DISPUTES, amount_rial)
    return record(source=source, event=f"dispute_lost:{dispute}", on=on, legs=legs)


@transaction.atomic
def record_split(*, source: str, gateway: str, parts: Mapping[int, int], on: date, reference: str = "") -> Entry:
    """The gateway sent sellers their parts straight to their accounts: rial by seller."""
    held_payables(parts)
    legs = [debit(payable(seller_id), _above_zero(rial), What.PAID) for seller_id, rial in parts.items()]
    legs.append(credit(clearing(gateway), sum(parts.values())))
    return record(source=source, event="split", on=on, legs=legs, reference=reference)


@transaction.atomic
def record_payout(*, source: str, seller_id: int, amount_rial: int, on: date, reference: str = "") -> Entry:
    """A seller's money is put into a file for the bank: it is owed no more, and on its way."""
    held_payables([seller_id])
    legs = [debit(payable(seller_id), _above_zero(amount_rial), What.PAID), credit(PAYOUTS, amount_rial)]
    return record(source=source, event="payout", on=on, legs=legs, reference=reference)


def record_payout_paid(*, source: str, amount_rial: int, on: date, reference: str = "") -> Entry:
    """The bank sent it."""
    legs = _between(PAYOUTS, BANK, amount_rial)
    return record(source=source, event="payout_paid", on=on, legs=legs, reference=reference)


def record_payout_failed(
    *, source: str, seller_id: int, amount_rial: int, on: date, was_paid: bool = False, reference: str = ""
) -> Entry:
    """The bank did not send it, or (`was_paid`) sent it and got it back: it is owed again."""
    back = credit(payable(seller_id), _above_zero(amount_rial), What.PAID)
    legs = [debit(BANK if was_paid else PAYOUTS, amount_rial), back]
    return record(source=source, event="payout_failed", on=on, legs=legs, reference=reference)


def record_clearing_settled(
    *, source: str, gateway: str, amount_rial: int, on: date, fee_rial: int = 0, reference: str = ""
) -> Entry:
    """A gateway sent what it held to the market's account, less its fee. `amount_rial` includes the fee."""
    if not 0 <= fee_rial <= amount_rial:
        raise ValueError(f"A fee of {fee_rial} of {amount_rial} rial.")
    legs = [
        debit(BANK, amount_rial - fee_rial),
        debit(FEES, fee_rial),
        credit(clearing(gateway), _above_zero(amount_rial)),
    ]
    return record(source=source, event="settled", on=on, legs=legs, reference=reference)


def _legs_of(parts: list[SalePart], amount_rial: int) -> list[Leg]:
    """Everything of a sale but the payment itself."""
    if not parts or sum(part.paid_rial for part in parts) != amount_rial:
        raise ValueError(f"{amount_rial} rial are not what these parts come to: {parts}.")
    legs = []
    for part in parts:
        if min(*vars(part).values(), part.paid_rial, part.earned_rial, part.goods_rial - part.wrap_rial) < 0:
            raise ValueError(f"No part of a sale is below nothing: {part}.")
        account = payable(part.seller_id)
        legs += [
            credit(account, part.goods_rial - part.wrap_rial, What.GOODS),
            credit(account, part.wrap_rial, What.WRAP),
            credit(account, part.delivery_rial, What.DELIVERY),
            debit(account, part.commission_rial, What.COMMISSION),
            debit(account, part.tax_rial, What.TAX),
            debit(DISCOUNTS, part.discount_rial),
            credit(COMMISSION, part.commission_rial),
            credit(TAX, part.tax_rial),
        ]
    return legs


def _between(to: str, from_: str, rial: int) -> list[Leg]:
    return [debit(to, _above_zero(rial)), credit(from_, rial)]


def _above_zero(rial: int) -> int:
    if rial <= 0:
        raise ValueError(f"{rial} rial move nothing.")
    return rial
