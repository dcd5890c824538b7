"""Paid, and may not be handed over: given back once, or shown to a person with the reason; no answer is asked for again."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language

from marketplace.payments.models import PaymentAttempt
from marketplace.payments.rules import another_amount
from marketplace.payments.services import finish_attempt, sweep_attempts
from tests.payments.sandbox import DOWN, says
from tests.payments.thing import age, attempt, start

#: Its sentence is the name of the language it is read in.
FORBIDDEN = ValidationError(lazy(get_language, str)(), code="foreign_goods")


@pytest.fixture
def paid(finisher, gateway) -> PaymentAttempt:
    """Paid at the gateway, for something that a rule forbids by now."""
    gateway.press(start().url, "OK")
    finisher.refusal = FORBIDDEN
    return attempt()


def status_at(gateway) -> str:
    return gateway.app.book.find(attempt().authority).state


@pytest.mark.parametrize(
    ("refusal", "code"), [(FORBIDDEN, "foreign_goods"), (IntegrityError("forbid_foreign_goods"), "database_rule")]
)
def test_what_a_rule_refuses_is_given_back_once(paid, finisher, gateway, refusal, code):
    finisher.refusal = refusal
    assert [finish_attempt(paid.number).state for _ in range(3)] == ["reversed"] * 3
    assert finisher.told == [("refuse", 7, code)]
    assert (attempt().reason_code, attempt().code, attempt().reference) == (code, "100", "1")
    assert (gateway.wire.calls["reverse"], status_at(gateway)) == (1, "reversed")
    assert sweep_attempts() == 0


def test_the_reason_is_kept_in_both_languages(paid):
    finish_attempt(paid.number)
    assert (attempt().reason_fa, attempt().reason_en) == ("fa", "en")


def test_a_database_rule_that_comes_first_is_told_in_our_own_words(paid, finisher, monkeypatch):
    refusals = [IntegrityError("forbid_foreign_goods"), FORBIDDEN]

    def finish(payable_id, attempt):
        raise refusals.pop(0)

    monkeypatch.setattr(finisher, "finish", finish)
    assert (finish_attempt(paid.number).state, attempt().reason_code) == ("reversed", "foreign_goods")


def test_another_amount_is_left_to_a_person_and_not_reversed(paid, finisher, gateway):
    finisher.refusal = another_amount()
    assert finish_attempt(paid.number).state == "suspense"
    assert (attempt().reason_code, gateway.wire.calls["reverse"]) == ("amount_mismatch", 0)


@pytest.mark.parametrize("code", [-60, -61, -62, -63])
def test_what_cannot_be_reversed_waits_for_a_person_with_the_reason(paid, gateway, code):
    refused = says(code)
    answered = gateway.wire.inside.handle_request

    def refuse_only_reverse(request):
        return (refused.handle_request if request.url.path.endswith("reverse.json") else answered)(request)

    gateway.wire.inside.handle_request = refuse_only_reverse
    assert finish_attempt(paid.number).state == "suspense"
    assert (attempt().code, attempt().reason_code, attempt().reason_fa) == (str(code), "foreign_goods", "fa")
    assert (status_at(gateway), sweep_attempts()) == ("verified", 0)


def unanswered(paid, gateway) -> None:
    """The gateway falls silent between verifying and reversing."""
    gateway.wire.before["reverse"] = lambda: DOWN.handler(None)
    assert finish_attempt(paid.number).state == "reversing"


def test_a_reversal_that_is_not_answered_is_asked_for_again_after_a_minute(paid, finisher, gateway):
    unanswered(paid, gateway)
    gateway.wire.before.clear()
    assert (finish_attempt(paid.number).state, sweep_attempts(), attempt().state) == ("reversing", 0, "reversing")
    age(minutes=2)
    assert [sweep_attempts(), sweep_attempts()] == [1, 0]
    assert (attempt().state, status_at(gateway)) == ("reversed", "reversed")
    assert finisher.told == [("refuse", 7, "foreign_goods")]


def test_a_reversal_whose_answer_was_lost_is_not_paid_back_by_hand_as_well(paid, gateway):
    gateway.wire.loses.add("reverse")
    assert (finish_attempt(paid.number).state, status_at(gateway)) == ("reversing", "reversed")
    gateway.wire.loses.clear()
    age(minutes=2)
    assert (sweep_attempts(), attempt().state, attempt().code) == (1, "reversed", "-61")


def test_a_gateway_that_stays_silent_for_two_days_leaves_the_money_to_a_person(paid, gateway):
    unanswered(paid, gateway)
    age(minutes=2)
    assert (sweep_attempts(), attempt().state) == (0, "reversing")
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(days=2))
    age(minutes=2)
    assert (sweep_attempts(), attempt().state, attempt().code) == (1, "suspense", "down")


def test_letting_go_and_the_new_state_are_one(paid, finisher, gateway, monkeypatch):
    def die(payable_id, attempt, error):
        raise RuntimeError("the process died")

    monkeypatch.setattr(finisher, "refuse", die)
    with pytest.raises(RuntimeError):
        finish_attempt(paid.number)
    assert (attempt().state, attempt().reason_code, gateway.wire.calls["reverse"]) == ("paid", "", 0)
    monkeypatch.undo()
