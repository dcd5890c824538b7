"""A figure to compare prices with, a licence with a capacity, and works sold."""

from datetime import datetime
from decimal import Decimal

import pytest

from marketplace.core.clock import TEHRAN
from marketplace.order.models import Line, Order, SellerOrder
from marketplace.suspicion.models import LabourFloor
from tests.cast import DAY


@pytest.fixture
def floor(flatweave):
    """1,000,000 rial an hour for loom weaves."""
    return LabourFloor.objects.create(craft_group=flatweave, rial_per_hour=1_000_000, since=DAY, source="نمونه")


@pytest.fixture
def sold(buyer):
    """Records a sale: `sold(work, pieces, state=…, placed=…)`."""

    def _sold(work, pieces, *, state="placed", placed=DAY, origin_state="domestic"):
        number = f"T-{Order.objects.count() + 1}"
        money = {"total_incl_tax": 1, "total_excl_tax": 1}
        order = Order.objects.create(
            number=number,
            user=buyer,
            currency="IRR",
            date_placed=datetime(*placed.timetuple()[:3], 12, tzinfo=TEHRAN),
            **money,
        )
        offer = work.stockrecords.first()
        part = SellerOrder.objects.create(
            order=order, seller=offer.partner, number=f"{number}-1", state=state, total_rial=1
        )
        Line.objects.create(
            order=order,
            product=work,
            stockrecord=offer,
            partner=offer.partner,
            maker=work.maker,
            seller_order=part,
            title=work.title,
            quantity=pieces,
            num_allocated=pieces,
            origin_state=origin_state,
            **dict.fromkeys(
                (
                    "line_price_incl_tax",
                    "line_price_excl_tax",
                    "line_price_before_discounts_incl_tax",
                    "line_price_before_discounts_excl_tax",
                ),
                Decimal(1),
            ),
        )

    return _sold
