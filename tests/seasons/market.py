"""A bazaar in which two makers sell, a free shop and a workshop beside it; prices that divide by nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.bazaars.models import Venue
from marketplace.core.clock import set_today
from marketplace.ledger.models import CommissionRule, CommissionTax
from marketplace.listing.services import create_work, offer_in_venue
from marketplace.makers.models import ProductionLicence
from marketplace.order.models import SellerOrder
from marketplace.order.rules import BUYER, SELLER
from marketplace.order.steps import advance, cancel_pieces, dispatch
from marketplace.partner.models import StockRecord
from tests.offer.discounts import a_range, an_offer
from tests.order.sold import paid

State = SellerOrder.State
#: 10 Aban 1405, in the month before the tests' own day (1 Azar).
ABAN = date(2026, 11, 1)
PIECES = 400


@dataclass
class Market:
    """`offers` by name: kilim and jug in the bazaar, `elsewhere` in the free shop, `workshop` in none."""

    bazaar: Venue
    shop: Venue
    offers: dict[str, int]
    contact: Any

    def sell(self, **wanted: int) -> list[SellerOrder]:
        """One order of these offers, paid; its parts by seller."""
        basket = Basket(owner=None)
        for name, pieces in wanted.items():
            add_to_basket(basket=basket, offer=offer_to_sell(self.offers[name]), quantity=pieces)
        return list(paid(None, self.contact, basket=basket).seller_orders.order_by("pk"))

    def cancel(self, part: SellerOrder, pieces: int) -> None:
        line = part.lines.get()
        cancel_pieces(part=part, pieces={line.pk: pieces}, who=SELLER, by=None, reason="شکست")

    def arrive(self, part: SellerOrder) -> None:
        advance(part=part, to=State.CONFIRMED, who=SELLER, by=None)
        dispatch(part=part, by=None, carrier="پست", tracking="1")
        advance(part=part, to=State.DELIVERED, who=BUYER, by=None)


@pytest.fixture
def market(bazaar, free_shop, kilim, coppersmith, copper_craft, metal, contact) -> Market:
    """A commission of 7.33 % with its tax, and a discount of 7 % on the kilim, from the first of Aban on."""
    set_today(ABAN)
    ProductionLicence.objects.create(
        maker=coppersmith, craft_group=metal, number="T-2", issued_on=date(2025, 6, 1), expires_on=date(2027, 6, 1)
    )
    jug = create_work(
        maker=coppersmith, craft=copper_craft, title_fa="آفتابه", title_en="Ewer", price_rial=70_001, pieces=5,
        one_of_a_kind=False, weight_grams=900, length_mm=200, width_mm=200, height_mm=300,
    )  # fmt: skip
    offers = {
        "kilim": offer_in_venue(work=kilim, venue=bazaar, price_rial=1_000_003, pieces=PIECES).pk,
        "jug": offer_in_venue(work=jug, venue=bazaar, price_rial=70_001, pieces=PIECES).pk,
        "elsewhere": offer_in_venue(work=kilim, venue=free_shop, price_rial=900_001, pieces=PIECES).pk,
        "workshop": kilim.stockrecords.get(venue=None).pk,
    }
    StockRecord.objects.filter(pk=offers["workshop"]).update(price=800_009, num_in_stock=PIECES)
    CommissionRule.objects.create(position=1, share_bp=733, valid_from=ABAN)
    CommissionTax.objects.create(share_bp=1000, valid_from=ABAN, source="test")
    an_offer(a_range(kilim), value=7)
    return Market(bazaar, free_shop, offers, contact)
