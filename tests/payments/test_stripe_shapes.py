"""Every request that the adapter makes has the shape that Stripe's own checker knows; one with an unknown parameter is refused."""

import os

import pytest
import stripe
from django.utils import timezone

from marketplace.payments.gateways.base import GatewayRefused, Given, Outcome, Payer, RefundOrder
from marketplace.payments.gateways.stripe_gateway import Stripe
from marketplace.payments.models import PaymentAttempt

pytestmark = pytest.mark.services
ADDRESS = "https://shop.example/pay/en/PAY-1/"


@pytest.fixture
def at_the_checker() -> Stripe:
    if not os.environ.get("STRIPE_MOCK_URL"):
        pytest.skip("needs stripe-mock: python -m tests.services")
    return Stripe(
        secret_key="sk_test_123",
        webhook_secret="whsec_x",
        currencies=("EUR",),
        base_url=os.environ["STRIPE_MOCK_URL"],
    )


@pytest.fixture
def attempt() -> PaymentAttempt:
    return PaymentAttempt(
        number="PAY-1",
        amount_rial=12_345_001,
        currency="EUR",
        amount_minor=1_235,
        rate=1_000_000,
        authority="cs_test_1",
        reference="pi_1",
        created_at=timezone.now(),
    )


@pytest.mark.parametrize("payer", [Payer(), Payer(mobile="+98912", email="b@example.org")])
def test_a_session_is_opened(at_the_checker, attempt, payer):
    redirect = at_the_checker.request(attempt, callback_url=ADDRESS, description="Order 1", payer=payer)
    assert redirect.url.startswith("https://checkout.stripe.com/")
    assert redirect.authority.startswith("cs_test_")


def test_a_session_is_asked_about(at_the_checker, attempt):
    assert at_the_checker.verify(attempt).outcome is Outcome.UNPAID


def test_sessions_are_listed(at_the_checker):
    assert at_the_checker.unverified() == set()


@pytest.mark.parametrize("again", [False, True])
def test_a_part_is_refunded(at_the_checker, attempt, again):
    order = RefundOrder(number="REF-1", amount_rial=1, before_rial=0, again=again, amount_minor=100)
    answer = at_the_checker.refund(attempt, order)
    assert (answer.given, answer.code) == (Given.GIVEN, "succeeded")


def test_the_whole_is_reversed(at_the_checker, attempt):
    assert at_the_checker.reverse(attempt).done is True


def test_a_dispute_is_asked_about(at_the_checker):
    dispute = at_the_checker.dispute("dp_1")
    assert (dispute.number, type(dispute.reference), type(dispute.amount_minor)) == ("dp_1", str, int)


def test_the_checker_refuses_an_unknown_parameter(at_the_checker, attempt, monkeypatch):
    with pytest.raises(stripe.InvalidRequestError):
        at_the_checker.client.v1.checkout.sessions.create({"mode": "payment", "no_such_parameter": 1})
    attempt.amount_minor = "a lot"
    with pytest.raises(GatewayRefused):
        at_the_checker.request(attempt, callback_url=ADDRESS, description="Order 1", payer=Payer())
