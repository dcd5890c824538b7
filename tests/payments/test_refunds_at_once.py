"""Partial refunds at once on PostgreSQL: never more than was paid; and the proof that the race is real, with the guards off."""

from collections import Counter
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from marketplace.payments import refunds
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import ask_for, store_refund, sweep_refunds
from marketplace.payments.services import finish_attempt
from tests.checkout.crowd import at_once
from tests.payments.thing import attempt, start

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
ASKERS = 10
CHECK = "refunds_within_the_attempt"


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


@pytest.fixture
def paid(finisher, gateway) -> PaymentAttempt:
    gateway.press(start(100_000).url, "OK")
    return finish_attempt(attempt().number)


def ten_times_thirty(paid) -> Counter:
    """Ten returns of 30,000 rial each of a payment of 100,000, all at once."""

    def ask(nth: int) -> str:
        try:
            return store_refund(attempt=paid, amount_rial=30_000, source=f"return:{nth}").state
        except ValidationError as error:
            return error.code

    return Counter(at_once(*(lambda nth=nth: ask(nth) for nth in range(ASKERS))))


def promised() -> int:
    return Refund.objects.aggregate(rial=Sum("amount_rial"))["rial"]


def test_partial_refunds_at_once_are_never_more_than_was_paid(paid, gateway):
    assert ten_times_thirty(paid) == {"stored": 3, "refund_too_much": 7}
    assert (promised(), attempt().refunded_rial) == (90_000, 90_000)
    Refund.objects.update(updated_at=paid.created_at - refunds.ASK_AGAIN_AFTER)
    at_once(*[sweep_refunds] * 4)
    assert gateway.app.book.find(paid.authority).refunded_rial <= 90_000
    for one in Refund.objects.order_by("pk"):
        ask_for(one)
    assert gateway.app.book.find(paid.authority).refunded_rial == 90_000
    assert set(Refund.objects.values_list("state", flat=True)) == {"given"}


def test_the_race_is_real_with_the_guards_off(paid, monkeypatch):
    """Without the lock, the conditional update and the database's rules every asker sees room for one refund."""
    everyone_has_looked = Barrier(ASKERS)
    real = refunds.require_refundable

    def look_and_wait(*args, **more) -> None:
        real(*args, **more)
        everyone_has_looked.wait(30)

    def count_blindly(one, rial: int, lost: int) -> bool:
        return bool(PaymentAttempt.objects.filter(pk=one.pk).update(refunded_rial=one.refunded_rial + rial))

    monkeypatch.setattr(refunds, "require_refundable", look_and_wait)
    monkeypatch.setattr(refunds, "_count", count_blindly)
    monkeypatch.setattr(PaymentAttempt.objects.none().__class__, "select_for_update", lambda self: self.all())
    _triggers("DISABLE")
    try:
        assert ten_times_thirty(paid) == {"stored": ASKERS}
        assert promised() == 300_000
    finally:
        _triggers("ENABLE")


def test_with_only_the_database_left_more_than_was_paid_is_still_refused(paid, monkeypatch):
    monkeypatch.setattr(refunds, "require_refundable", lambda *args, **more: None)
    monkeypatch.setattr(
        refunds,
        "_count",
        lambda one, rial, lost: bool(
            PaymentAttempt.objects.filter(pk=one.pk).update(refunded_rial=refunds.F("refunded_rial") + rial)
        ),
    )
    outcomes = at_once(
        *(
            lambda nth=nth: store_refund(attempt=paid, amount_rial=30_000, source=f"return:{nth}").state
            for nth in range(ASKERS)
        )
    )
    assert Counter("stored" if one == "stored" else type(one).__name__ for one in outcomes) == {
        "stored": 3,
        "IntegrityError": 7,
    }
    assert (promised(), attempt().refunded_rial) == (90_000, 90_000)


def _triggers(what: str) -> None:
    with connection.cursor() as cursor:
        for table in ("payments_refund", "payments_paymentattempt"):
            cursor.execute(f"ALTER TABLE {table} {what} TRIGGER USER")
