"""One winner ends an attempt, whoever comes first; what no callback finished the sweeper does."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from marketplace.payments import gateways
from marketplace.payments.gateways.base import GatewayDown, GatewayRefused
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt, sweep_attempts
from tests.payments.sandbox import DOWN, says
from tests.payments.thing import age, attempt, start


def test_an_attempt_is_stored_before_the_gateway_is_asked(finisher, gateway):
    import httpx

    seen = []
    gateway.transport = httpx.MockTransport(lambda request: seen.append(attempt().state) or httpx.Response(500))
    with pytest.raises(GatewayDown):
        start()
    assert seen == ["stored"]
    assert (attempt().state, attempt().code) == ("failed", "down")


def test_a_refused_attempt_keeps_the_code(finisher, gateway):
    gateway.transport = says(-12)
    with pytest.raises(GatewayRefused):
        start()
    assert (attempt().state, attempt().code, attempt().authority) == ("failed", "-12", "")


def test_paid_finishes_once(finisher, gateway):
    back = gateway.press(start().url, "OK")
    assert back.startswith(f"/{attempt().number}?Authority={attempt().authority}")
    assert [finish_attempt(attempt().number).state for _ in range(3)] == ["finished"] * 3
    assert finisher.told == [("finish", 7)]


def test_unpaid_is_given_up_once_and_may_still_be_paid(finisher, gateway):
    address = start().url
    assert [finish_attempt(attempt().number).state for _ in range(2)] == ["failed"] * 2
    gateway.press(address, "OK")
    assert finish_attempt(attempt().number).state == "finished"
    assert finisher.told == [("give_up", 7), ("finish", 7)]


def test_a_gateway_that_does_not_answer_changes_nothing(finisher, gateway):
    gateway.press(start().url, "OK")
    gateway.transport = DOWN
    with pytest.raises(GatewayDown):
        finish_attempt(attempt().number)
    assert (attempt().state, finisher.told) == ("sent", [])


def test_a_crash_between_paid_and_finished_is_mended_by_the_sweeper(finisher, gateway):
    gateway.press(start().url, "OK")
    finisher.refusal = RuntimeError("the process died")
    with pytest.raises(RuntimeError):
        finish_attempt(attempt().number)
    assert attempt().state == "paid"
    finisher.refusal = None
    assert sweep_attempts() == 1
    assert (attempt().state, finisher.told) == ("finished", [("finish", 7)])


def test_the_sweeper_finds_what_was_paid_without_a_callback(finisher, gateway):
    gateway.press(start().url, "OK")
    assert sweep_attempts() == 1
    assert attempt().state == "finished"


def test_the_sweeper_leaves_a_buyer_at_the_gateway_alone(finisher, gateway):
    start()
    assert sweep_attempts() == 0
    assert attempt().state == "sent"
    age(minutes=16)
    assert sweep_attempts() == 1
    assert (attempt().state, finisher.told) == ("failed", [("give_up", 7)])


def test_the_sweeper_bears_a_gateway_that_is_down(finisher, gateway):
    start()
    age(minutes=16)
    gateway.transport = DOWN
    assert sweep_attempts() == 0
    assert attempt().state == "sent"


def test_numbers_are_random_and_long(finisher, gateway):
    start()
    start()
    numbers = set(PaymentAttempt.objects.values_list("number", flat=True))
    assert len(numbers) == 2
    assert all(number.startswith("PAY-") and len(number) == 18 for number in numbers)


def test_an_unknown_gateway_is_said_plainly(settings):
    settings.PAYMENT_GATEWAY = "idpay"
    with pytest.raises(ImproperlyConfigured, match="idpay"):
        gateways.chosen()


def test_zarinpal_wants_a_merchant(settings):
    settings.PAYMENT_GATEWAY, settings.ZARINPAL_MERCHANT_ID = "zarinpal", ""
    with pytest.raises(ImproperlyConfigured, match="ZARINPAL_MERCHANT_ID"):
        gateways.chosen()
