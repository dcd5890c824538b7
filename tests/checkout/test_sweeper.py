"""One sweep: payments without a callback become orders, purchases past their time let go."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from marketplace.checkout import services
from marketplace.checkout.models import Purchase
from marketplace.checkout.services import send_to_gateway
from marketplace.checkout.sweeper import sweep
from marketplace.order.models import Order
from marketplace.payments.models import PaymentAttempt
from tests.checkout.sale import allocated, purchase_of
from tests.payments.sandbox import DOWN

CALLBACK = "http://testserver/pay/fa/{attempt}/"


def out_of_time() -> None:
    Purchase.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    PaymentAttempt.objects.update(updated_at=timezone.now() - timedelta(minutes=16))


def test_a_buyer_who_paid_and_closed_the_browser_has_an_order(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    out_of_time()
    assert [sweep(), sweep()] == [(1, 0), (0, 0)]
    purchase.refresh_from_db()
    assert (Order.objects.count(), purchase.state, allocated(workshop_offer)) == (1, "ordered", 1)


def test_a_buyer_who_never_paid_holds_nothing_for_long(workshop_offer, contact, gateway):
    send_to_gateway(purchase=purchase_of(workshop_offer, contact), callback_url=CALLBACK)
    purchase_of(workshop_offer, contact)
    assert (sweep(), allocated(workshop_offer)) == ((0, 0), 2)
    out_of_time()
    said = StringIO()
    call_command("sweep_payments", stdout=said)
    assert said.getvalue().strip() == "payments ended: 1, purchases released: 1"
    assert set(Purchase.objects.values_list("state", flat=True)) == {"released"}
    assert (Order.objects.count(), allocated(workshop_offer)) == (0, 0)


def test_a_gateway_that_is_down_does_not_keep_pieces_from_others(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    back = gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    working, gateway.transport = gateway.transport, DOWN
    out_of_time()
    assert (sweep(), allocated(workshop_offer)) == ((0, 1), 0)
    gateway.transport = working
    assert sweep() == (1, 0)
    assert (Order.objects.get().number, allocated(workshop_offer)) == (purchase.number, 1)
    assert PaymentAttempt.objects.get().number in back


def test_purchases_are_released_though_the_payments_fail(workshop_offer, contact, gateway, monkeypatch):
    purchase_of(workshop_offer, contact)
    out_of_time()
    monkeypatch.setattr("marketplace.checkout.sweeper.sweep_attempts", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):  # the worker logs it
        sweep()
    assert (Purchase.objects.get().state, allocated(workshop_offer)) == ("released", 0)


def test_a_purchase_that_cannot_be_released_stops_no_other(workshop_offer, contact, gateway, monkeypatch):
    first, second = purchase_of(workshop_offer, contact), purchase_of(workshop_offer, contact)
    out_of_time()
    give_back = services.give_back

    def fails_first(purchase, to):
        if purchase.pk == first.pk:
            raise OperationalError("server closed")
        return give_back(purchase, to)

    monkeypatch.setattr(services, "give_back", fails_first)
    assert sweep() == (0, 1)
    assert [Purchase.objects.get(pk=one.pk).state for one in (first, second)] == ["reserved", "released"]
