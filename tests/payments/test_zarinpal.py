"""Zarinpal's codes as the market understands them; what cannot be read concludes nothing."""

import json

import httpx
import pytest

from marketplace.payments.gateways.base import GatewayDown, GatewayRefused, Outcome, Payer, Reversal
from marketplace.payments.gateways.zarinpal import Zarinpal
from marketplace.payments.models import PaymentAttempt
from tests.payments.sandbox import DOWN, says

ATTEMPT = PaymentAttempt(number="PAY-1", amount_rial=180_000_000, authority="A1")


def zarinpal(transport: httpx.BaseTransport) -> Zarinpal:
    return Zarinpal(name="zarinpal", base_url="https://gateway.example/", merchant_id="M", transport=transport)


def answers(body: object) -> httpx.MockTransport:
    return httpx.MockTransport(lambda request: httpx.Response(200, json=body))


def ask(transport: httpx.BaseTransport):
    return zarinpal(transport).request(
        ATTEMPT, callback_url="https://shop.example/back", description="Order", payer=Payer(mobile="+98912")
    )


def test_a_request_names_its_currency_and_our_amount():
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((str(request.url), json.loads(request.content)))
        return httpx.Response(200, json={"data": {"code": 100, "authority": "A9", "fee": 0}, "errors": []})

    redirect = ask(httpx.MockTransport(answer))
    assert (redirect.url, redirect.authority) == ("https://gateway.example/pg/StartPay/A9", "A9")
    assert seen == [
        (
            "https://gateway.example/pg/v4/payment/request.json",
            {
                "merchant_id": "M",
                "amount": 180_000_000,
                "currency": "IRR",
                "description": "Order",
                "callback_url": "https://shop.example/back",
                "metadata": {"mobile": "+98912", "order_id": "PAY-1"},
            },
        )
    ]


@pytest.mark.parametrize("code", [-9, -10, -11, -12, -14, -41])
def test_a_refused_request_carries_the_code(code):
    with pytest.raises(GatewayRefused) as error:
        ask(says(code))
    assert error.value.code == code


@pytest.mark.parametrize(
    "transport",
    [
        DOWN,
        answers([]),
        answers({"data": {"code": 100}, "errors": []}),
        answers({"data": [], "errors": []}),
        httpx.MockTransport(lambda request: httpx.Response(502, text="<html>")),
    ],
)
def test_an_answer_that_cannot_be_read_is_no_answer(transport):
    with pytest.raises(GatewayDown):
        ask(transport)


@pytest.mark.parametrize("code", [100, 101])
def test_verified_now_or_before_is_paid(code):
    verdict = zarinpal(answers({"data": {"code": code, "ref_id": 201}, "errors": []})).verify(ATTEMPT)
    assert (verdict.outcome, verdict.code, verdict.reference) == (Outcome.PAID, str(code), "201")


@pytest.mark.parametrize(("code", "outcome"), [(-51, Outcome.UNPAID), (-54, Outcome.UNPAID), (-50, Outcome.MISMATCH)])
def test_what_a_refused_verification_means(code, outcome):
    assert zarinpal(says(code)).verify(ATTEMPT).outcome is outcome


@pytest.mark.parametrize("code", [-9, -10, -11, -12, -53])
def test_codes_about_ourselves_say_nothing_about_the_money(code):
    with pytest.raises(GatewayDown):
        zarinpal(says(code)).verify(ATTEMPT)


def test_the_list_of_unverified_payments():
    listed = {"data": {"code": 100, "authorities": [{"authority": "A1", "amount": 1}]}, "errors": []}
    assert zarinpal(answers(listed)).unverified() == {"A1"}
    assert zarinpal(answers({"data": {"code": 100, "authorities": []}, "errors": []})).unverified() == set()


def in_turn(*bodies: dict) -> httpx.MockTransport:
    """Each call is given the next answer."""
    waiting = list(bodies)
    return httpx.MockTransport(lambda request: httpx.Response(200, json=waiting.pop(0)))


def refusal(code: int) -> dict:
    return {"data": {}, "errors": {"code": code, "message": "no"}}


def status(status: str) -> dict:
    return {"data": {"code": 100, "status": status, "message": "Success"}, "errors": []}


def test_a_payment_is_reversed():
    answer = zarinpal(answers({"data": {"code": 100, "message": "Reversed"}, "errors": []})).reverse(ATTEMPT)
    assert answer == Reversal(True, "100")


@pytest.mark.parametrize("code", [-60, -61, -62, -63])
@pytest.mark.parametrize(("state", "done"), [("VERIFIED", False), ("PAID", False), ("REVERSED", True)])
def test_what_cannot_be_reversed_may_have_been_reversed_before(code, state, done):
    answer = zarinpal(in_turn(refusal(code), status(state))).reverse(ATTEMPT)
    assert answer == Reversal(done, str(code))


@pytest.mark.parametrize("transport", [DOWN, says(-10), says(-12), in_turn(refusal(-61), refusal(-12))])
def test_a_reversal_without_a_clear_answer_is_none(transport):
    with pytest.raises(GatewayDown):
        zarinpal(transport).reverse(ATTEMPT)


def test_a_split_goes_out_as_wages_in_rial_and_only_when_there_is_one():
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(json.loads(request.content).get("wages"))
        return httpx.Response(200, json={"data": {"code": 100, "authority": "A9"}, "errors": []})

    gateway = zarinpal(httpx.MockTransport(answer))
    iban = "IR820540102680020817909002"
    shared = PaymentAttempt(
        number="PAY-1", amount_rial=100_000, split=[{"iban": iban, "amount_rial": 60_000, "description": "Order 1"}]
    )
    for attempt in (shared, PaymentAttempt(number="PAY-2", amount_rial=100_000)):
        gateway.request(attempt, callback_url="https://shop.example/back", description="Order", payer=Payer())
    assert seen == [[{"iban": iban, "amount": 60_000, "description": "Order 1"}], None]
