"""Parts of a sale that several tests begin with."""

import pytest

from marketplace.basket.gifts import PLAIN, Gift
from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.contact import Contact
from marketplace.checkout.models import Purchase
from marketplace.checkout.services import start_purchase
from marketplace.checkout.terms import VERSION
from marketplace.partner.models import StockRecord

#: The tick at the pay page.
TICKED = {"terms": VERSION}
TYPED = {
    "name": "مینا کرمانی",
    "mobile": "۰۹۱۳۱۱۱۰۰۰۲",
    "province": "kerman",
    "city": "سیرجان",
    "address": "خیابان امام، کوچه ۳",
    "postal_code": "۷۸۱۴۶-۱۲۳۴۵",
    "email": "mina@example.org",
    "note": "زنگ بزنید",
}


@pytest.fixture
def contact(kerman_province) -> Contact:
    """A guest of Sirjan."""
    return Contact(
        name="مینا کرمانی",
        province="kerman",
        province_fa="کرمان",
        province_en="Kerman",
        city="سیرجان",
        address="خیابان امام، کوچه ۳",
        postal_code="7814612345",
        mobile="+989131110002",
        email="mina@example.org",
    )


@pytest.fixture
def workshop_offer(kilim) -> StockRecord:
    """The kilim in its workshop: 3 pieces at 180,000,000 rial."""
    return offer_to_sell(kilim.stockrecords.get().pk)


def basket_of(offer: StockRecord, quantity: int = 1, owner=None, gift: Gift = PLAIN) -> Basket:
    basket = Basket(owner=owner)
    add_to_basket(basket=basket, offer=offer, quantity=quantity, gift=gift)
    return basket


def purchase_of(offer: StockRecord, contact: Contact, quantity: int = 1, user=None, gift: Gift = PLAIN) -> Purchase:
    return start_purchase(basket=basket_of(offer, quantity, owner=user, gift=gift), user=user, contact=contact)


def allocated(offer: StockRecord) -> int:
    return StockRecord.objects.values_list("num_allocated", flat=True).get(pk=offer.pk) or 0
