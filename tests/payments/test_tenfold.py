"""Rial and toman differ by ten, and no payment that does can pass: not at the request, not at the verification, not at the purchase."""

import json

import httpx
import pytest
from django.core.exceptions import ValidationError

from marketplace.payments.gateways.base import GatewayRefused, Outcome
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt
from tests.payments.sandbox import says
from tests.payments.test_zarinpal import ATTEMPT, answers, ask, zarinpal
from tests.payments.thing import attempt, start


def names(amount: object) -> httpx.MockTransport:
    return answers({"data": {"code": 100, "authority": "A9", "ref_id": 201, "amount": amount}, "errors": []})


@pytest.mark.parametrize("amount", [18_000_000, 1_800_000_000, "18000000", 0])
def test_a_gateway_that_answers_in_toman_or_ten_times_opens_no_payment(amount):
    with pytest.raises(GatewayRefused) as error:
        ask(names(amount))
    assert error.value.code == -50


@pytest.mark.parametrize("amount", [18_000_000, 1_800_000_000])
def test_a_verification_of_a_tenth_or_of_ten_times_is_a_mismatch_though_its_code_says_paid(amount):
    verdict = zarinpal(names(amount)).verify(ATTEMPT)
    assert (verdict.outcome, verdict.paid_rial, verdict.reference) == (Outcome.MISMATCH, amount, "201")


@pytest.mark.parametrize("amount", [180_000_000, "180000000", None])
def test_our_own_amount_passes_and_so_does_an_answer_that_names_none(amount):
    assert zarinpal(names(amount)).verify(ATTEMPT).outcome is Outcome.PAID
    assert ask(names(amount)).authority == "A9"


@pytest.mark.parametrize("paid", [5_000, 500_000])
def test_what_was_paid_in_toman_or_ten_times_waits_for_a_person_with_the_amount(finisher, gateway, paid):
    gateway.press(start().url, "OTHER", amount=paid)
    assert finish_attempt(attempt().number).state == "suspense"
    kept = attempt()
    assert (kept.amount_rial, kept.paid_rial, kept.code, kept.reason_code) == (50_000, paid, "-50", "amount_mismatch")
    assert finisher.told == [("refuse", 7, "amount_mismatch")]
    assert gateway.wire.calls["reverse"] == 0


def test_a_verdict_of_paid_with_another_amount_is_not_believed(finisher, gateway, monkeypatch):
    """Should an adapter forget to compare, the attempt does."""
    from marketplace.payments import gateways
    from marketplace.payments.gateways.base import Verdict

    start()
    monkeypatch.setattr(
        type(gateways.by_name("sandbox")), "verify", lambda self, one: Verdict(Outcome.PAID, "100", "1", 500_000)
    )
    assert finish_attempt(attempt().number).state == "suspense"
    assert finisher.told == [("refuse", 7, "amount_mismatch")]


def test_every_call_that_carries_an_amount_carries_rial_and_a_request_says_so(finisher, gateway):
    seen = []
    gateway.transport = httpx.MockTransport(
        lambda request: seen.append(json.loads(request.content)) or says(-12).handler(request)
    )
    with pytest.raises(GatewayRefused):
        start()
    assert [(body["amount"], body["currency"]) for body in seen] == [(50_000, "IRR")]


@pytest.mark.parametrize(
    "changed", [{"amount_rial": 500_000}, {"currency": "EUR"}, {"payable_id": 8}, {"number": "PAY-X"}]
)
def test_what_was_agreed_before_the_gateway_was_asked_never_changes(finisher, gateway, changed):
    from django.db import IntegrityError, transaction

    start()
    before = PaymentAttempt.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        PaymentAttempt.objects.update(**changed)
    assert PaymentAttempt.objects.values().get() == before


def test_a_split_that_a_gateway_cannot_make_is_refused_before_anything_is_stored(finisher, gateway):
    from marketplace.payments.gateways.base import Part

    iban = "IR820540102680020817909002"
    for parts in ([9_999], [10_000] * 6, [40_000, 20_000]):
        with pytest.raises(ValidationError) as error:
            start(split=[Part(iban, rial, "share") for rial in parts])
        assert error.value.code == "split_not_possible"
    assert PaymentAttempt.objects.count() == 0
