"""All pieces of a purchase are held or none; each is given back once; a payment finishes once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import PurchaseFinisher, place_order
from marketplace.checkout.services import give_back, release_expired, send_to_gateway, start_purchase
from marketplace.core import clock
from marketplace.core.models import OutboxEvent, Refusal
from marketplace.listing.origins import change_origin
from marketplace.listing.services import offer_in_venue
from marketplace.order.models import Order, SellerOrder
from marketplace.partner.models import StockRecord
from marketplace.payments.gateways.base import GatewayDown
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt
from tests.checkout.sale import allocated, basket_of, purchase_of
from tests.payments.sandbox import DOWN

CALLBACK = "http://testserver/pay/fa/{attempt}/"


def test_a_purchase_holds_its_pieces_and_freezes_its_basket(workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact, 2)
    assert (purchase.total_rial, purchase.delivery_rial, purchase.state) == (360_000_000, 0, "reserved")
    assert purchase.held == [[workshop_offer.pk, 2]]
    assert timedelta(minutes=14) < purchase.held_until - timezone.now() <= timedelta(minutes=15)
    assert allocated(workshop_offer) == 2
    assert Basket.objects.get().status == "Frozen"


def test_one_sold_out_work_holds_nothing_of_the_others(workshop_offer, unproven_tray, contact):
    tray = offer_to_sell(unproven_tray.stockrecords.get().pk)
    basket = basket_of(workshop_offer)
    add_to_basket(basket=basket, offer=tray, quantity=2)
    StockRecord.objects.filter(pk=tray.pk).update(num_in_stock=1)
    with pytest.raises(ValidationError) as error:
        start_purchase(basket=basket, user=None, contact=contact)
    assert error.value.code == "sold_out"
    assert unproven_tray.name in error.value.messages[0]
    assert (allocated(workshop_offer), allocated(tray)) == (0, 0)
    assert Purchase.objects.count() == 0
    assert Basket.objects.get().status == "Open"


def test_a_basket_is_bought_once(workshop_offer, contact):
    basket = basket_of(workshop_offer)
    start_purchase(basket=basket, user=None, contact=contact)
    with pytest.raises(ValidationError) as error:
        start_purchase(basket=Basket.objects.get(), user=None, contact=contact)
    assert error.value.code == "basket_frozen"
    assert (Purchase.objects.count(), allocated(workshop_offer)) == (1, 1)


def test_a_work_that_lapsed_since_the_basket_is_refused_before_any_charge(kilim, bazaar, contact):
    offer = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1).pk)
    basket = basket_of(offer)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    with pytest.raises(ValidationError) as error:
        start_purchase(basket=basket, user=None, contact=contact)
    assert error.value.code == "foreign_goods"
    assert (allocated(offer), Purchase.objects.count(), PaymentAttempt.objects.count()) == (0, 0, 0)
    assert (Refusal.objects.get().door, Refusal.objects.get().rule) == ("checkout", "forbid_foreign_goods")


def test_what_is_held_is_given_back_once(workshop_offer, contact):
    one, _other = purchase_of(workshop_offer, contact), purchase_of(workshop_offer, contact)
    assert [give_back(one, "released"), give_back(one, "released")] == [True, False]
    assert allocated(workshop_offer) == 1


def test_only_purchases_past_their_time_are_released(workshop_offer, contact):
    late, fresh = purchase_of(workshop_offer, contact), purchase_of(workshop_offer, contact, 2)
    Purchase.objects.filter(pk=late.pk).update(held_until=timezone.now() - timedelta(seconds=1))
    assert release_expired() == 1
    late.refresh_from_db()
    fresh.refresh_from_db()
    assert (late.state, fresh.state, allocated(workshop_offer)) == ("released", "reserved", 2)


def test_a_purchase_past_its_time_is_not_sent_to_pay(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    purchase.held_until = timezone.now()
    with pytest.raises(ValidationError) as error:
        send_to_gateway(purchase=purchase, callback_url=CALLBACK)
    assert error.value.code == "not_held"
    assert PaymentAttempt.objects.count() == 0


def test_a_gateway_that_is_down_leaves_the_purchase_to_try_again(workshop_offer, contact, gateway):
    working, gateway.transport = gateway.transport, DOWN
    purchase = purchase_of(workshop_offer, contact)
    with pytest.raises(GatewayDown):
        send_to_gateway(purchase=purchase, callback_url=CALLBACK)
    assert (PaymentAttempt.objects.get().state, PaymentAttempt.objects.get().code) == ("failed", "down")
    assert (allocated(workshop_offer), purchase.state) == (1, "reserved")
    gateway.transport = working
    send_to_gateway(purchase=purchase, callback_url=CALLBACK)
    assert list(PaymentAttempt.objects.order_by("id").values_list("state", flat=True)) == ["failed", "sent"]


def paid_attempt(purchase, gateway) -> PaymentAttempt:
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    return PaymentAttempt.objects.latest("id")


def test_refused_between_basket_and_payment_gives_the_money_back(kilim, bazaar, contact, gateway):
    offer = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1).pk)
    purchase = purchase_of(offer, contact)
    attempt = paid_attempt(purchase, gateway)
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None)
    assert finish_attempt(attempt.number).state == "reversed"
    purchase.refresh_from_db()
    assert (purchase.state, purchase.order, allocated(offer)) == ("refused", None, 0)
    assert (Order.objects.count(), SellerOrder.objects.count()) == (0, 0)
    assert OutboxEvent.objects.filter(topic="order_placed").count() == 0
    assert (Refusal.objects.get().door, Refusal.objects.get().code) == ("order_line", "foreign_goods")
    assert finish_attempt(attempt.number).state == "reversed"


def test_an_amount_that_differs_keeps_the_money_in_suspense(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    address = send_to_gateway(purchase=purchase, callback_url=CALLBACK).url
    attempt = PaymentAttempt.objects.get()
    gateway.press(address, "OTHER", amount=purchase.total_rial // 10)
    attempt = finish_attempt(attempt.number)
    assert (attempt.state, attempt.code) == ("suspense", "-50")
    purchase.refresh_from_db()
    assert (purchase.state, Order.objects.count(), allocated(workshop_offer)) == ("refused", 0, 0)


def test_paying_the_same_purchase_twice_gives_one_order_and_one_payment_back(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    first, second = paid_attempt(purchase, gateway), paid_attempt(purchase, gateway)
    assert finish_attempt(first.number).state == "finished"
    assert finish_attempt(second.number).state == "reversed"
    assert (gateway.wire.calls["reverse"], finish_attempt(first.number).state) == (1, "finished")
    purchase.refresh_from_db()
    assert (purchase.state, Order.objects.count(), allocated(workshop_offer)) == ("ordered", 1, 1)


def test_a_late_payment_takes_its_pieces_anew(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact, 2)
    attempt = paid_attempt(purchase, gateway)
    give_back(purchase, "released")
    assert finish_attempt(attempt.number).state == "finished"
    purchase.refresh_from_db()
    assert (purchase.state, Order.objects.count(), allocated(workshop_offer)) == ("ordered", 1, 2)


def test_a_late_payment_for_what_was_sold_meanwhile_goes_back(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact, 2)
    attempt = paid_attempt(purchase, gateway)
    give_back(purchase, "released")
    purchase_of(workshop_offer, contact, 2)
    assert finish_attempt(attempt.number).state == "reversed"
    purchase.refresh_from_db()
    assert (purchase.state, Order.objects.count(), allocated(workshop_offer)) == ("refused", 0, 2)


def test_the_price_agreed_on_is_the_price_of_the_order(workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    StockRecord.objects.update(price=999_000_000)
    order = place_order(purchase)
    assert (order.total_incl_tax, order.lines.get().line_price_incl_tax) == (180_000_000, 180_000_000)


def test_a_payable_is_not_finished_for_another_amount(workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    attempt = PaymentAttempt(amount_rial=1)
    with pytest.raises(ValidationError) as error:
        PurchaseFinisher().finish(purchase.pk, attempt)
    assert error.value.code == "amount_mismatch"
    assert Order.objects.count() == 0
