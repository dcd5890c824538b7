"""What a work must bring so that its maker's hours are paid: hours by the maker's own wage, and materials. Pure; amounts in rial.

No wage is proposed: the maker says what an hour is worth and where that figure comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.core.money import RIAL_PER_TOMAN
from marketplace.ledger.commission import WHOLE_BP, Commission

#: What the market keeps of an amount.
Keeps = Callable[[int], Commission]


@dataclass(frozen=True)
class FairPrice:
    """`floor` is what the maker must receive; `price` the least price at which the maker receives it.

    Of the price that was typed (`asked`, None when there is none): what the market keeps, what the maker receives, and what is
    left of it for an hour, in whole toman, once materials are paid.
    """

    hours: int
    wage: int
    wage_source: str
    materials: int
    floor: int
    price: int
    asked: int | None
    kept: int
    received: int
    an_hour: int

    @property
    def covers(self) -> bool:
        """Whether the price that was typed pays the hours and the materials."""
        return self.asked is not None and self.received >= self.floor


def fair_price(
    *, hours: int, wage: int, wage_source: str, materials: int, asked: int | None, keeps: Keeps
) -> FairPrice | None:
    """None while hours or wage are not told."""
    if not hours or not wage:
        return None
    floor = hours * wage + materials
    kept = _whole(keeps(asked)) if asked else 0
    received = (asked or 0) - kept
    return FairPrice(
        hours=hours,
        wage=wage,
        wage_source=wage_source,
        materials=materials,
        floor=floor,
        price=_least_price(floor, keeps),
        asked=asked or None,
        kept=kept,
        received=received,
        an_hour=max(0, received - materials) // hours // RIAL_PER_TOMAN * RIAL_PER_TOMAN,
    )


def _whole(commission: Commission) -> int:
    return commission.rial + commission.tax_rial


def _least_price(floor: int, keeps: Keeps) -> int:
    """The least price in whole toman of which the maker keeps `floor`; the market's share is rounded, so it is looked for around the sum.

    0 where the market keeps everything.
    """
    share = keeps(floor)
    part = share.share_bp * (WHOLE_BP + share.tax_bp)
    left = WHOLE_BP * WHOLE_BP - part
    if left <= 0:
        return 0
    price = -(-floor * WHOLE_BP * WHOLE_BP // left)
    price = -(-price // RIAL_PER_TOMAN) * RIAL_PER_TOMAN
    while price - _whole(keeps(price)) < floor:
        price += RIAL_PER_TOMAN
    while price > RIAL_PER_TOMAN and price - RIAL_PER_TOMAN - _whole(keeps(price - RIAL_PER_TOMAN)) >= floor:
        price -= RIAL_PER_TOMAN
    return price
