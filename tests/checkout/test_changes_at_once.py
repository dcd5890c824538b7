"""The rule's world changes at the very moment of paying, on PostgreSQL with threads: an order, or the money back, never both or neither."""

from collections import Counter
from threading import Event

import pytest
from django.db import connection

from marketplace.checkout.models import Purchase
from marketplace.checkout.services import send_to_gateway
from marketplace.order.models import Line, Order
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt, sweep_attempts
from tests.checkout.crowd import at_once
from tests.checkout.guards import guards_off
from tests.checkout.sale import allocated, purchase_of

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
CALLBACK = "http://testserver/pay/fa/{attempt}/"
LONG = 30


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


def paid(change, contact, gateway) -> str:
    """The number of an attempt that was paid at the gateway and not yet verified."""
    purchase = purchase_of(change.offer, contact)
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    return PaymentAttempt.objects.latest("id").number


def change_while_the_gateway_is_asked(change, number: str, gateway) -> list[object]:
    """The callback has begun to verify; the change commits; then the gateway answers."""
    asked, changed = Event(), Event()

    def wait_for_the_change() -> None:
        asked.set()
        assert changed.wait(LONG)

    def happens() -> None:
        assert asked.wait(LONG)
        change.happens()
        changed.set()

    gateway.wire.before["verify"] = wait_for_the_change
    return at_once(lambda: finish_attempt(number).state, happens)


def test_with_the_rules_off_a_change_during_verifying_is_sold(change, contact, gateway):
    number = paid(change, contact, gateway)
    with guards_off():
        became = change_while_the_gateway_is_asked(change, number, gateway)
    assert became == ["finished", None]
    assert (Order.objects.count(), allocated(change.offer), gateway.wire.calls["reverse"]) == (1, 1, 0)


def test_a_change_during_verifying_gives_the_money_back(change, contact, gateway):
    became = change_while_the_gateway_is_asked(change, paid(change, contact, gateway), gateway)
    assert became == ["reversed", None]
    assert (Order.objects.count(), allocated(change.offer), Purchase.objects.get().state) == (0, 0, "refused")
    assert (PaymentAttempt.objects.get().reason_code, gateway.wire.calls["reverse"]) == (change.code, 1)
    assert change.sentence in Purchase.objects.get().refusal_en


def test_callbacks_sweepers_and_the_change_at_once_end_one_way(change, contact, gateway):
    number = paid(change, contact, gateway)
    callbacks = [lambda: finish_attempt(number).state] * 4
    became = at_once(*callbacks, sweep_attempts, change.happens, sweep_attempts, *callbacks)
    assert [one for one in became if isinstance(one, Exception)] == []
    attempt, purchase = PaymentAttempt.objects.get(), Purchase.objects.get()
    orders = Order.objects.count()
    assert (attempt.state, purchase.state, orders, allocated(change.offer), gateway.wire.calls["reverse"]) in [
        ("finished", "ordered", 1, 1, 0),
        ("reversed", "refused", 0, 0, 1),
    ]
    assert Line.objects.count() == orders


def test_ten_callbacks_of_a_refused_payment_reverse_it_once(change, contact, gateway):
    number = paid(change, contact, gateway)
    change.happens()
    became = at_once(*[lambda: finish_attempt(number).state] * 10)
    assert set(Counter(became)) <= {"reversed", "reversing"}
    assert (PaymentAttempt.objects.get().state, gateway.wire.calls["reverse"]) == ("reversed", 1)
    assert (Order.objects.count(), allocated(change.offer)) == (0, 0)


def test_sweepers_at_once_ask_again_for_one_reversal_once(change, contact, gateway):
    number = paid(change, contact, gateway)
    change.happens()
    gateway.wire.loses.add("reverse")
    assert finish_attempt(number).state == "reversing"
    gateway.wire.loses.clear()
    PaymentAttempt.objects.update(updated_at="2026-01-01T00:00Z")
    assert sorted(at_once(*[sweep_attempts] * 5)) == [0, 0, 0, 0, 1]
    assert (PaymentAttempt.objects.get().state, gateway.wire.calls["reverse"]) == ("reversed", 2)
