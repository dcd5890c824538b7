"""A licence or an origin that changes between basket, payment and sweep: no order, the stock released, and the page says what became
of the money. Each moment is first tried with the rules off, where the unlawful sale goes through."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from marketplace.checkout.models import Purchase
from marketplace.checkout.services import start_purchase
from marketplace.checkout.sweeper import sweep
from marketplace.core.models import Refusal
from marketplace.order.models import Order
from marketplace.payments.models import PaymentAttempt
from tests.checkout.guards import guards_off
from tests.checkout.sale import TICKED, TYPED, allocated, basket_of
from tests.payments.sandbox import DOWN
from tests.payments.thing import age

GIVEN_BACK, BEING_GIVEN_BACK = "Your payment was given back.", "Your payment is being given back."
SET_ASIDE, NOT_TAKEN = "Your payment is recorded and set aside.", "Nothing was taken from your card."
SENTENCES = {GIVEN_BACK, BEING_GIVEN_BACK, SET_ASIDE, NOT_TAKEN}


def to_pay(client: Client, change) -> str:
    """From an empty basket, in English, to where paying sends the buyer."""
    client.post("/en/basket/add/", {"offer": change.offer.pk})
    client.post("/en/checkout/", TYPED)
    return client.post("/en/checkout/pay/", {**TICKED, "total": int(change.offer.price)}).headers["location"]


def done_page(client: Client) -> str:
    return client.get(f"/en/checkout/done/{Purchase.objects.get().number}/").content.decode()


def assert_refused(client: Client, change, *, says: str, state: str) -> None:
    """No order, nothing held, the attempt's state, and a page that says why and what became of the money, and nothing else."""
    assert (Order.objects.count(), allocated(change.offer), Purchase.objects.get().state) == (0, 0, "refused")
    assert PaymentAttempt.objects.latest("id").state == state
    page = done_page(client)
    assert change.sentence in page
    assert {sentence for sentence in SENTENCES if sentence in page} == {says}


def sold(change) -> bool:
    """The unlawful sale went through."""
    return (Order.objects.count(), allocated(change.offer), Purchase.objects.get().state) == (1, 1, "ordered")


def test_between_basket_and_payment_with_the_rules_off_it_is_sold(client, change, gateway):
    client.post("/en/basket/add/", {"offer": change.offer.pk})
    client.post("/en/checkout/", TYPED)
    change.happens()
    with guards_off():
        basket = client.get("/en/basket/").wsgi_request.basket
        purchase = start_purchase(basket=basket, user=None, contact=client.get("/en/checkout/pay/").context["contact"])
    assert (purchase.state, allocated(change.offer)) == ("reserved", 1)


def test_between_basket_and_payment_nothing_is_held_and_no_gateway_is_asked(client, change, contact, gateway):
    basket = basket_of(change.offer)
    change.happens()
    with pytest.raises(ValidationError) as error:
        start_purchase(basket=basket, user=None, contact=contact)
    assert error.value.code in {change.code, "offer_withdrawn"}
    assert (allocated(change.offer), Purchase.objects.count(), PaymentAttempt.objects.count()) == (0, 0, 0)
    assert sum(gateway.wire.calls.values()) == 0


@pytest.fixture
def held(client, change, gateway) -> str:
    """Held, with a gateway that did not answer the first time; where to try again."""
    gateway.transport = DOWN
    to_pay(client, change)
    gateway.transport = gateway.wire
    return f"/en/checkout/retry/{Purchase.objects.get().number}/"


def test_between_holding_and_paying_with_the_rules_off_the_buyer_is_sent_to_pay(client, change, gateway, held):
    change.happens()
    with guards_off():
        assert "/pg/StartPay/" in client.post(held).headers["location"]


def test_between_holding_and_paying_the_buyer_is_not_sent_to_pay(client, change, gateway, held):
    change.happens()
    assert client.post(held).headers["location"] == f"/en/checkout/done/{Purchase.objects.get().number}/"
    assert_refused(client, change, says=NOT_TAKEN, state="failed")
    assert [(one.door, one.code) for one in Refusal.objects.all()] == [("checkout", change.code)]
    assert sum(gateway.wire.calls.values()) == 0


def test_between_gateway_and_callback_with_the_rules_off_it_is_sold(client, change, gateway):
    back = gateway.press(to_pay(client, change), "OK")
    change.happens()
    with guards_off():
        client.get(back)
    assert sold(change)


def test_between_gateway_and_callback_the_money_is_given_back(client, change, gateway):
    back = gateway.press(to_pay(client, change), "OK")
    change.happens()
    for _nth in range(2):
        assert client.get(back).status_code == 302
        assert_refused(client, change, says=GIVEN_BACK, state="reversed")
    assert PaymentAttempt.objects.get().reason_code == change.code
    assert [(one.door, one.code) for one in Refusal.objects.all()] == [("order_line", change.code)]
    assert gateway.wire.calls["reverse"] == 1


def test_between_gateway_and_callback_a_buyer_who_cancels_pays_nothing(client, change, gateway):
    back = gateway.press(to_pay(client, change), "NOK")
    change.happens()
    client.get(back)
    assert (Order.objects.count(), allocated(change.offer), Purchase.objects.get().state) == (0, 0, "released")
    assert (PaymentAttempt.objects.get().state, gateway.wire.calls["reverse"]) == ("failed", 0)


def paid_without_an_answer(client, change, gateway) -> None:
    """Paid, and the callback came while the gateway told us nothing."""
    back = gateway.press(to_pay(client, change), "OK")
    gateway.transport = DOWN
    client.get(back)
    gateway.transport = gateway.wire
    assert PaymentAttempt.objects.get().state == "sent"


def test_between_callback_and_sweep_with_the_rules_off_it_is_sold(client, change, gateway):
    paid_without_an_answer(client, change, gateway)
    change.happens()
    with guards_off():
        sweep()
    assert sold(change)


def test_between_callback_and_sweep_the_money_is_given_back(client, change, gateway):
    paid_without_an_answer(client, change, gateway)
    change.happens()
    assert [sweep(), sweep()] == [(1, 0), (0, 0)]
    assert_refused(client, change, says=GIVEN_BACK, state="reversed")


def test_a_reversal_without_an_answer_is_said_and_comes_with_the_sweep(client, change, gateway):
    back = gateway.press(to_pay(client, change), "OK")
    change.happens()
    gateway.wire.loses.add("reverse")
    client.get(back)
    assert_refused(client, change, says=BEING_GIVEN_BACK, state="reversing")
    gateway.wire.loses.clear()
    age(minutes=2)
    assert sweep() == (1, 0)
    assert_refused(client, change, says=GIVEN_BACK, state="reversed")


def test_what_the_gateway_cannot_reverse_is_left_to_a_person_and_said(client, change, gateway):
    back = gateway.press(to_pay(client, change), "OK")
    change.happens()
    gateway.app.calls["reverse.json"] = lambda book, body: {"data": [], "errors": {"code": -63, "message": "late"}}
    client.get(back)
    assert_refused(client, change, says=SET_ASIDE, state="suspense")
    assert (PaymentAttempt.objects.get().code, PaymentAttempt.objects.get().reason_code) == ("-63", change.code)


def test_a_second_payment_of_an_order_is_given_back_and_said(client, workshop_offer, gateway):
    client.post("/en/basket/add/", {"offer": workshop_offer.pk})
    client.post("/en/checkout/", TYPED)
    first = client.post("/en/checkout/pay/", {**TICKED, "total": int(workshop_offer.price)}).headers["location"]
    second = client.post(f"/en/checkout/retry/{Purchase.objects.get().number}/").headers["location"]
    for address in (first, second):
        client.get(gateway.press(address, "OK"))
    assert list(PaymentAttempt.objects.order_by("id").values_list("state", flat=True)) == ["finished", "reversed"]
    page = done_page(client)
    assert {sentence for sentence in SENTENCES if sentence in page} == {GIVEN_BACK}
    assert "only one payment is kept" in page
