"""The small market every run begins in: something of every kind, so that twenty steps reach far."""

from dataclasses import dataclass
from datetime import date

import pytest

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.contact import Contact
from marketplace.checkout.placing import place_order
from marketplace.core.models import User
from marketplace.crafts.models import Craft
from marketplace.listing.licences import record_production_licence
from marketplace.listing.origins import change_origin
from marketplace.listing.services import add_variant, create_work, offer_in_venue
from marketplace.makers.models import Maker
from tests.checkout.sale import purchase_of


@dataclass(frozen=True)
class Market:
    """What the machine needs by name; the rest it finds in the database."""

    makers: tuple[Maker, ...]
    crafts: tuple[Craft, ...]
    officer: User
    buyer: User
    contact: Contact


@pytest.fixture
def market(
    weaver, coppersmith, licence, kilim, foreign_tray, unproven_tray, bazaar, free_shop, officer, buyer, contact, metal
) -> Market:
    """Works of every origin, one with variants; offers in workshops, in a bound bazaar and a free shop; two orders and a basket."""
    crafts = (kilim.craft, foreign_tray.craft)
    record_production_licence(
        maker=weaver, craft_group=metal, number="T-2", issued_on=date(2026, 1, 1), expires_on=date(2027, 1, 1)
    )
    bowl = create_work(maker=coppersmith, craft=crafts[1], title_fa="کاسه", price_rial=20_000_000, pieces=9)
    change_origin(work=bowl, state="domestic", country="IR", basis="verified", until=date(2027, 3, 1), by=officer)
    rug = create_work(maker=weaver, craft=crafts[0], title_fa="قالیچه")
    add_variant(work=rug, title_fa="قالیچه کوچک", price_rial=30_000_000, pieces=5, venue=bazaar)
    add_variant(work=rug, title_fa="قالیچه بزرگ", price_rial=60_000_000, pieces=5)
    there = [
        offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=20),
        offer_in_venue(work=bowl, venue=bazaar, price_rial=21_000_000, pieces=20),
        offer_in_venue(work=unproven_tray, venue=free_shop, price_rial=50_000_000, pieces=20),
        offer_in_venue(work=foreign_tray, venue=free_shop, price_rial=50_000_000, pieces=20),
    ]
    offers = [offer_to_sell(offer.pk) for offer in there]
    basket = Basket.objects.create(owner=buyer)
    for offer in offers:
        place_order(purchase_of(offer, contact, user=buyer))
        add_to_basket(basket=basket, offer=offer)
    return Market((weaver, coppersmith), crafts, officer, buyer, contact)
