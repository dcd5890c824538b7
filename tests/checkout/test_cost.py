"""What a sale asks the database: adding to a basket, and placing an order of 3 makers x 3 lines, in markets of two sizes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.services import send_to_gateway, start_purchase
from marketplace.listing.services import create_work
from marketplace.makers.models import Maker
from marketplace.order.models import Line, SellerOrder
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt

pytestmark = pytest.mark.django_db
MAKERS = LINES = 3
CALLBACK = "http://testserver/pay/fa/{attempt}/"


def offers_of(weaver, craft, works: int) -> list:
    """Each maker's first works, in a market of so many."""
    made = []
    for nth in range(MAKERS):
        maker = Maker.objects.get(pk=weaver.pk)
        maker.pk, maker.slug, maker.owner = None, f"maker-{nth}", None
        maker.save()
        for number in range(works // MAKERS):
            work = create_work(
                maker=maker, craft=craft, title_fa=f"گلیم {nth} {number}", price_rial=10_000_000, pieces=5,
                one_of_a_kind=False,
            )  # fmt: skip
            made += [work.stockrecords.get()] if number < LINES else []
    return made


def paid_for(offers, contact, gateway) -> str:
    """The number of a payment whose buyer pressed "pay", for one piece of each offer."""
    basket = Basket()
    for offer in offers:
        add_to_basket(basket=basket, offer=offer_to_sell(offer.pk))
    purchase = start_purchase(basket=basket, user=None, contact=contact)
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    return PaymentAttempt.objects.latest("pk").number


@pytest.mark.parametrize("works", [9, 60])
def test_a_sale_of_three_makers_asks_few_queries_in_a_market_of_any_size(
    works, weaver, kilim_craft, contact, gateway, client
):
    offers = offers_of(weaver, kilim_craft, works)
    client.post(reverse("basket:add"), {"offer": offers[0].pk, "quantity": "1"})
    with CaptureQueriesContext(connection) as adding:
        client.post(reverse("basket:add"), {"offer": offers[1].pk, "quantity": "1"})
    finish_attempt(paid_for(offers, contact, gateway))  # the first sale of all opens the makers' accounts
    number = paid_for(offers, contact, gateway)
    with CaptureQueriesContext(connection) as placing:
        assert finish_attempt(number).state == "finished"
    assert (SellerOrder.objects.count(), Line.objects.count()) == (2 * MAKERS, 2 * MAKERS * LINES)
    assert (len(adding), len(placing)) == (6, 54)
