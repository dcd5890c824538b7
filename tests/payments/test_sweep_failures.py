"""One attempt that fails in any way stops no other, and what was paid is never too old to be looked at."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.utils import timezone

from marketplace.payments import gateways, reversal, services
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import sweep_attempts
from tests.payments.thing import age, start

pytestmark = pytest.mark.usefixtures("finisher", "gateway")


def attempts(gateway, count: int) -> list[PaymentAttempt]:
    """Paid at the gateway without a callback, oldest number first."""
    for _nth in range(count):
        gateway.press(start().url, "OK")
    return list(PaymentAttempt.objects.order_by("number"))


def states() -> list[str]:
    return list(PaymentAttempt.objects.order_by("number").values_list("state", flat=True))


def old(**by) -> None:
    PaymentAttempt.objects.update(created_at=timezone.now() - timedelta(**by))


def test_an_attempt_of_a_gateway_nobody_knows_any_more_stops_no_other(gateway):
    first, _second = attempts(gateway, 2)
    PaymentAttempt.objects.filter(pk=first.pk).update(gateway="idpay")
    age(minutes=16)
    assert sweep_attempts() == 1
    assert states() == ["sent", "finished"]


@pytest.mark.parametrize("error", [OperationalError("server closed"), ImproperlyConfigured("no id"), KeyError("data")])
def test_an_attempt_that_fails_in_any_way_stops_no_other(gateway, monkeypatch, error):
    first, _second = attempts(gateway, 2)
    finish = services.finish_attempt

    def fails_first(number):
        if number == first.number:
            raise error
        return finish(number)

    monkeypatch.setattr(services, "finish_attempt", fails_first)
    assert sweep_attempts() == 1
    assert states() == ["sent", "finished"]


def test_a_list_that_breaks_leaves_the_attempts_to_be_asked_one_by_one(gateway, monkeypatch):
    attempts(gateway, 1)
    monkeypatch.setattr(type(gateways.by_name("sandbox")), "unverified", lambda self: 1 / 0)
    age(minutes=16)
    assert sweep_attempts() == 1
    assert states() == ["finished"]


def test_what_was_paid_three_days_ago_is_still_handed_over(gateway, finisher):
    attempts(gateway, 1)
    PaymentAttempt.objects.update(state="paid")
    old(days=3)
    assert sweep_attempts() == 1
    assert (states(), finisher.told) == (["finished"], [("finish", 7)])


def test_what_cannot_be_handed_over_for_two_days_waits_for_a_person(gateway, finisher):
    attempts(gateway, 1)
    PaymentAttempt.objects.update(state="paid")
    finisher.refusal = RuntimeError("a fault of ours")
    assert (sweep_attempts(), states()) == (0, ["paid"])
    old(days=3)
    assert (sweep_attempts(), states()) == (1, ["suspense"])
    assert PaymentAttempt.objects.get().reason_code == "not_handed_over"
    assert (sweep_attempts(), finisher.told) == (0, [])


def test_a_reversal_that_fails_stops_no_other(gateway, monkeypatch):
    first, _second = attempts(gateway, 2)
    PaymentAttempt.objects.update(state="reversing")
    age(minutes=2)

    def fails_first(attempt):
        if attempt.pk == first.pk:
            raise OperationalError("server closed")
        PaymentAttempt.objects.filter(pk=attempt.pk).update(state="reversed")
        attempt.refresh_from_db()

    monkeypatch.setattr(reversal, "give_money_back", fails_first)
    assert sweep_attempts() == 1
    assert states() == ["reversing", "reversed"]


def test_a_reversal_of_a_gateway_nobody_knows_any_more_ends_with_a_person(gateway):
    attempts(gateway, 1)
    PaymentAttempt.objects.update(state="reversing", gateway="idpay")
    age(minutes=2)
    assert (sweep_attempts(), states()) == (0, ["reversing"])
    age(minutes=2)
    old(days=3)
    assert (sweep_attempts(), states()) == (1, ["suspense"])
