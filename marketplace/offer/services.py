"""The verbs of discount offers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from oscar.apps.offer.results import OfferApplications

from marketplace.offer.applicator import Applicator
from marketplace.offer.models import ConditionalOffer
from marketplace.partner.strategy import CheapestLawfulOffer


@dataclass(frozen=True)
class Discount:
    """What one offer gives to a basket: how often it applied, and for each line (by its number) rial and pieces taken."""

    offer: ConditionalOffer
    voucher: Any
    times: int
    lines: dict[int, tuple[int, int]]

    @property
    def rial(self) -> int:
        return sum(rial for rial, _pieces in self.lines.values())


class Sheet:
    """The lines that offers may look at: those of a basket that can be paid for. Oscar's offers take it for the basket."""

    def __init__(self, basket, lines: Sequence, user) -> None:
        self.id, self.owner, self.vouchers = basket.id, user, basket.vouchers
        self.currency = "IRR"
        self.lines = lines
        self.offer_applications = OfferApplications()

    def all_lines(self) -> Sequence:
        return self.lines


def work_out(*, basket, lines: Sequence, user) -> list[Discount]:
    """What offers and vouchers give to these lines of a basket (in the order of their numbers), in the order they applied. Takes no use.

    A fixed number of queries, whatever the number of offers and lines.
    """
    if not lines:
        return []
    if not basket.has_strategy:
        basket.strategy = CheapestLawfulOffer()
    for line in lines:
        line.basket = basket
    sheet = Sheet(basket, lines, user)
    Applicator().apply(sheet, user)
    return [_discount(application, lines) for application in sheet.offer_applications if application["discount"]]


def sums_of_lines(discounts: list[Discount]) -> dict[int, int]:
    """Line → rial, over all offers."""
    sums: Counter[int] = Counter()
    for discount in discounts:
        sums.update({line: rial for line, (rial, _pieces) in discount.lines.items()})
    return dict(sums)


def _discount(application: dict, lines: Sequence) -> Discount:
    offer = application["offer"]
    got = {line.pk: _got(line, offer) for line in lines}
    return Discount(
        offer, application["voucher"], application["freq"], {pk: part for pk, part in got.items() if part[0]}
    )


def _got(line, offer: ConditionalOffer) -> tuple[int, int]:
    parts = [part for part in line.discounts if part.offer and part.offer.pk == offer.pk]
    return int(sum((part.amount for part in parts), Decimal())), sum(int(part.quantity) for part in parts)
