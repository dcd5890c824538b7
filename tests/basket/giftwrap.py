"""A maker who wraps gifts, and a work that takes a text of the buyer's."""

import pytest

from marketplace.basket.gifts import Gift
from marketplace.basket.services import offer_to_sell
from marketplace.partner.models import StockRecord

#: Rial for wrapping a piece.
WRAP = 500_000
WORDS = Gift(wrap=True, note="تولدت مبارک", text="برای مینا")


@pytest.fixture
def gift_offer(kilim) -> StockRecord:
    """The kilim in its workshop, 3 pieces at 180,000,000 rial; wrapped for 500,000, with up to twelve letters woven into it."""
    kilim.maker.gift_wrap_rial = WRAP
    kilim.maker.save()
    kilim.personal_most, kilim.personal_hint_fa = 12, "نام در حاشیه بافته می‌شود."
    kilim.save()
    return offer_to_sell(kilim.stockrecords.get().pk)
