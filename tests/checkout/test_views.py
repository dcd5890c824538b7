"""Address, summary, order page: what was typed stays, and a number alone opens nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt
from tests.checkout.sale import TICKED, TYPED, allocated, purchase_of
from tests.payments.sandbox import DOWN, says

ADDRESS, PAY = "/checkout/", "/checkout/pay/"


@pytest.fixture
def full(client, workshop_offer) -> Client:
    """A guest with a kilim in the basket."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    return client


def test_digits_of_any_keyboard_are_understood(full):
    assert full.post(ADDRESS, TYPED).headers["location"] == PAY
    contact = full.get(PAY).context["contact"]
    assert (contact.mobile, contact.postal_code, contact.province_en) == ("+989131110002", "7814612345", "Kerman")


def test_errors_keep_what_was_typed(full):
    answer = full.post(ADDRESS, TYPED | {"mobile": "۱۲", "province": ""})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"mobile", "province"}
    page = answer.content.decode()
    for typed in ("مینا کرمانی", "خیابان امام، کوچه ۳", "۷۸۱۴۶-۱۲۳۴۵", "mina@example.org", "زنگ بزنید", 'value="۱۲"'):
        assert typed in page
    assert Purchase.objects.count() == 0


def test_a_short_postal_code_is_said_and_not_refused(full):
    answer = full.post(ADDRESS, TYPED | {"postal_code": "781"}, follow=True)
    assert answer.redirect_chain == [(PAY, 302)]
    assert [message.level_tag for message in answer.context["messages"]] == ["success", "warning"]


def test_an_account_fills_the_form(client, buyer, workshop_offer):
    client.force_login(buyer)
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    form = client.get(ADDRESS).context["form"]
    assert (form.initial["mobile"], form.initial["email"]) == ("+989131110002", "buyer@example.org")


def test_the_summary_needs_an_address_and_a_basket(full, client):
    assert full.get(PAY).headers["location"] == ADDRESS
    assert Client().get(ADDRESS).headers["location"] == "/basket/"


def test_a_total_that_changed_since_it_was_seen_is_not_charged(full):
    full.post(ADDRESS, TYPED)
    StockRecord.objects.update(price=190_000_000)
    assert full.post(PAY, {**TICKED, "total": "180000000"}).headers["location"] == PAY
    assert (Purchase.objects.count(), PaymentAttempt.objects.count()) == (0, 0)


def test_a_gateway_that_is_down_is_said_and_the_works_stay_held(full, workshop_offer, gateway):
    gateway.transport = DOWN
    full.post(ADDRESS, TYPED)
    answer = full.post(PAY, {**TICKED, "total": "180000000"}, follow=True)
    number = Purchase.objects.get().number
    assert answer.redirect_chain == [(f"/checkout/done/{number}/", 302)]
    assert "checkout/done_reserved.html" in [template.name for template in answer.templates]
    assert (Purchase.objects.get().state, allocated(workshop_offer)) == ("reserved", 1)
    assert number in full.get("/basket/").content.decode()
    assert full.get(ADDRESS).headers["location"] == f"/checkout/done/{number}/"


def test_a_payment_the_gateway_refuses_is_said_with_its_code(full, gateway):
    gateway.transport = says(-41)
    full.post(ADDRESS, TYPED)
    answer = full.post(PAY, {**TICKED, "total": "180000000"}, follow=True)
    assert "-41" in [str(message) for message in answer.context["messages"]][-1]
    assert PaymentAttempt.objects.get().code == "-41"


def test_a_purchase_can_be_tried_again_and_given_up(full, workshop_offer, gateway):
    working, gateway.transport = gateway.transport, DOWN
    full.post(ADDRESS, TYPED)
    full.post(PAY, {**TICKED, "total": "180000000"})
    gateway.transport, number = working, Purchase.objects.get().number
    assert "/pg/StartPay/S" in full.post(reverse("checkout:retry", args=[number])).headers["location"]
    full.post(reverse("checkout:again", args=[number]))
    assert (Purchase.objects.get().state, allocated(workshop_offer)) == ("released", 0)
    assert full.get("/basket/").context["basket_page"].pieces == 1


@pytest.fixture
def bought(workshop_offer, contact) -> str:
    """The number of an order that another session placed."""
    return place_order(purchase_of(workshop_offer, contact)).number


@pytest.mark.parametrize("name", ["done", "order"])
def test_a_stranger_with_the_number_alone_sees_no_order(client, bought, name):
    answer = client.get(reverse(f"checkout:{name}", args=[bought]))
    assert (answer.status_code, answer.headers["location"]) == (302, "/checkout/order/")


@pytest.mark.parametrize("name", ["retry", "again"])
def test_a_stranger_changes_nothing(client, bought, name):
    assert client.post(reverse(f"checkout:{name}", args=[bought])).status_code == 404


def test_a_guest_finds_the_order_by_number_and_mobile(client, bought):
    typed = {"number": bought.lower(), "mobile": "۰۹۱۳ ۱۱۱ ۰۰۰۲"}
    page = client.post("/checkout/order/", typed, follow=True)
    assert page.redirect_chain == [(f"/checkout/order/{bought}/", 302)]
    assert "گلیم شیریکی‌پیچ" in page.content.decode()


def test_a_wrong_mobile_finds_nothing_and_keeps_what_was_typed(client, bought):
    page = client.post("/checkout/order/", {"number": bought, "mobile": "09131110009"})
    assert page.status_code == 422
    assert bought in page.content.decode()
    assert client.get(f"/checkout/order/{bought}/").status_code == 302


def test_an_owner_sees_the_order_in_any_session(client, buyer, workshop_offer, contact):
    number = place_order(purchase_of(workshop_offer, contact, user=buyer)).number
    client.force_login(buyer)
    page = client.get(f"/en/checkout/order/{number}/").content.decode()
    assert "Shiriki-pich kilim" in page
    assert "Kilim workshop" in page
    assert "Kerman&nbsp;· <bdi>سیرجان</bdi>" in page


def test_the_order_page_asks_few_queries(client, buyer, workshop_offer, contact, django_assert_max_num_queries):
    number = place_order(purchase_of(workshop_offer, contact, user=buyer)).number
    client.force_login(buyer)
    with django_assert_max_num_queries(15):
        client.get(f"/checkout/order/{number}/")
