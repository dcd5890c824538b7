"""A buyer gives a purchase up and takes its works back, while its payment may still come: never two orders of the same works."""

from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from catalogue.models import Product
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import offer_to_sell
from marketplace.checkout import again
from marketplace.checkout.again import hold_again, take_back
from marketplace.checkout.models import Purchase
from marketplace.checkout.services import give_back, send_to_gateway
from marketplace.core.registry import MARKET, MONEY, audits
from marketplace.listing.services import withdraw_offer
from marketplace.makers.models import Maker
from marketplace.order.models import Order
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt, sweep_attempts
from tests.basket.giftwrap import WORDS
from tests.checkout.crowd import at_once
from tests.checkout.sale import TICKED, TYPED, allocated, purchase_of
from tests.checkout.test_late_payments import somebody_waits

pytestmark = pytest.mark.django_db
PAY, PRICE = "/en/checkout/pay/", 180_000_000
CALLBACK = "http://testserver/pay/fa/{attempt}/"


def silent() -> bool:
    return not [word for of in (MONEY, MARKET) for walk in audits(of).values() for word in walk()]


@pytest.fixture
def ready(client, workshop_offer):
    """A guest with a kilim and an address."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    client.post("/en/checkout/", TYPED)
    return client


def test_works_that_were_taken_back_and_bought_anew_are_one_order_and_the_first_money_goes_back(
    ready, gateway, workshop_offer
):
    gateway.press(ready.post(PAY, {**TICKED, "total": PRICE}).headers["location"], "OK")  # paid; no callback came
    first = Purchase.objects.get()
    ready.post(reverse("checkout:again", args=[first.number]))
    gateway.press(ready.post(PAY, {**TICKED, "total": PRICE}).headers["location"], "OK")
    one, other = PaymentAttempt.objects.order_by("pk").values_list("number", flat=True)
    assert (finish_attempt(other).state, finish_attempt(one).state) == ("finished", "reversed")
    assert (Order.objects.count(), allocated(workshop_offer), silent()) == (1, 1, True)
    first.refresh_from_db()
    assert (first.state, PaymentAttempt.objects.get(number=one).reason_code) == ("refused", "put_back")
    page = ready.get(reverse("checkout:done", args=[first.number])).content.decode()
    assert "Its works were put back in the basket before the payment came" in page


def test_the_sweeper_gives_money_back_that_came_after_the_works_were_taken_back(ready, gateway, workshop_offer):
    gateway.press(ready.post(PAY, {**TICKED, "total": PRICE}).headers["location"], "OK")
    ready.post(reverse("checkout:again", args=[Purchase.objects.get().number]))
    assert sweep_attempts() == 1
    assert (PaymentAttempt.objects.get().state, Order.objects.count(), silent()) == ("reversed", 0, True)
    assert (allocated(workshop_offer), Line.objects.filter(basket__status=Basket.OPEN).count()) == (0, 1)


def test_a_second_press_of_try_again_knows_that_the_first_holds_the_works(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    give_back(purchase, "released")
    second = Purchase.objects.get(pk=purchase.pk)
    hold_again(purchase)
    hold_again(second)
    assert send_to_gateway(purchase=second, callback_url=CALLBACK).url
    assert (allocated(workshop_offer), PaymentAttempt.objects.get().state) == (1, "sent")


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_works_that_are_being_taken_back_are_not_held_again_by_another_tab(workshop_offer, contact, monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")
    purchase = purchase_of(workshop_offer, contact)
    let_go, waits = Event(), []

    def give_back_and_wait(given, to):
        done = give_back(given, to)
        let_go.set()
        waits.append(somebody_waits(2))
        return done

    def try_again() -> str:
        assert let_go.wait(30)
        try:
            hold_again(Purchase.objects.get(pk=purchase.pk))
        except ValidationError as error:
            return error.code or ""
        return "held"

    monkeypatch.setattr(again, "give_back", give_back_and_wait)
    became = at_once(lambda: take_back(Purchase.objects.get(pk=purchase.pk)).status, try_again)
    assert (became, waits) == ([Basket.MERGED, "purchase_closed"], [True])
    assert (Purchase.objects.get().state, allocated(workshop_offer)) == ("released", 0)


def withdrawn(offer):
    withdraw_offer(offer=offer, because="by_maker")


def hidden(offer):
    Product.objects.filter(pk=offer.product_id).update(is_public=False)


def wraps_no_more(offer):
    Maker.objects.update(gift_wrap_rial=None)


def takes_no_text_more(offer):
    Product.objects.filter(pk=offer.product_id).update(personal_most=0)


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        (withdrawn, "offer_withdrawn"),
        (hidden, "offer_withdrawn"),
        (wraps_no_more, "no_wrapping"),
        (takes_no_text_more, "no_personal_text"),
    ],
)
def test_what_is_not_sold_any_more_is_not_held_again(gift_offer, contact, happens, code):
    Maker.objects.update(gift_wrap_rial=0)
    gift_offer.refresh_from_db()
    purchase = purchase_of(offer_to_sell(gift_offer.pk), contact, gift=WORDS)
    give_back(purchase, "released")
    happens(gift_offer)
    with pytest.raises(ValidationError) as refused:
        hold_again(purchase)
    purchase.refresh_from_db()
    assert (refused.value.code, purchase.state, allocated(gift_offer)) == (code, "released", 0)
