"""Delivery on the way to the gateway: chosen for each maker, written down on the purchase and on each maker's part."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.checkout.delivery import typed_choices
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.order.models import SellerOrder
from marketplace.payments.models import PaymentAttempt
from marketplace.shipping.models import Carrier
from tests.checkout.sale import TICKED, TYPED, purchase_of
from tests.shipping.carriers import courier, folding, post  # noqa: F401  these tests' own carriers

PAY = "/checkout/pay/"
KILIM = 180_000_000


@pytest.fixture
def at_pay(client, workshop_offer, post, courier, folding) -> Client:  # noqa: F811
    """A guest of Sirjan with a kilim of Sirjan and an address; post 625 rial, courier 1,000."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    client.post("/checkout/", TYPED)
    return client


@pytest.fixture
def field(workshop_offer) -> str:
    return f"delivery-{workshop_offer.partner_id}"


def total_of(page) -> int:
    return page.context["total_rial"]


def test_the_cheapest_way_to_the_address_is_chosen_first(at_pay):
    page = at_pay.get("/en/checkout/pay/")
    assert total_of(page) == KILIM + 625
    (group,) = page.context["delivery"].groups
    assert [(way.code, way.is_chosen) for way in group.ways] == [
        ("post", True),
        ("courier", False),
        ("pickup", False),
    ]
    assert "the maker&#x27;s workshop in Sirjan" in page.content.decode()


def test_before_the_address_nothing_is_said_of_the_price(at_pay):
    assert total_of(at_pay.get("/checkout/")) == KILIM


def test_a_choice_without_script_is_counted_and_stays(at_pay, field):
    assert at_pay.post(PAY, {field: "courier", "recount": "1", **TICKED, "total": "0"}).headers["location"] == PAY
    assert total_of(at_pay.get(PAY)) == KILIM + 1_000
    assert Purchase.objects.count() == 0


def test_a_choice_with_script_answers_with_the_new_total(at_pay, field):
    page = at_pay.post(PAY, {field: "pickup", "recount": "1"}, headers={"HX-Request": "true"})
    assert (page.status_code, total_of(page)) == (200, KILIM)


def test_paying_another_total_than_the_choice_makes_is_refused(at_pay, field):
    assert at_pay.post(PAY, {field: "courier", **TICKED, "total": str(KILIM + 625)}).headers["location"] == PAY
    assert (Purchase.objects.count(), PaymentAttempt.objects.count()) == (0, 0)
    assert total_of(at_pay.get(PAY)) == KILIM + 1_000


def test_what_is_chosen_is_paid_and_kept_by_the_purchase_and_the_makers_part(at_pay, field, gateway, workshop_offer):
    at_pay.post(PAY, {field: "courier", **TICKED, "total": str(KILIM + 1_000)})
    purchase = Purchase.objects.get()
    assert (purchase.total_rial, purchase.delivery_rial) == (KILIM + 1_000, 1_000)
    assert PaymentAttempt.objects.get().amount_rial == KILIM + 1_000
    assert list(purchase.delivery) == [str(workshop_offer.partner_id)]
    Carrier.objects.update(name_fa="دیگر", name_en="Other")
    order = place_order(purchase)
    part = SellerOrder.objects.get()
    assert (int(order.total_incl_tax), int(order.shipping_incl_tax)) == (KILIM + 1_000, 1_000)
    assert (part.total_rial, part.delivery_rial, part.delivery["name_en"]) == (KILIM, 1_000, "Courier")
    assert part.delivery == purchase.delivery[str(part.seller_id)]


@pytest.mark.parametrize("code", ["door", "no-such", ""])
def test_a_way_that_is_not_offered_is_said_and_left(at_pay, field, code):
    answer = at_pay.post(f"/en{PAY}", {field: code, **TICKED, "total": str(KILIM + 625)}, follow=True)
    assert answer.redirect_chain == [(f"/en{PAY}", 302)]
    if code:
        assert "This delivery cannot be had" in [str(message) for message in answer.context["messages"]][-1]
    assert total_of(answer) == KILIM + 625
    assert Purchase.objects.count() == 0


def test_a_way_that_ends_while_the_buyer_looks_is_said(at_pay, field):
    at_pay.post(PAY, {field: "courier", "recount": "1"})
    Carrier.objects.filter(code="courier").update(is_active=False)
    answer = at_pay.post(PAY, {**TICKED, "total": str(KILIM + 1_000)}, follow=True)
    assert total_of(answer) == KILIM + 625
    assert Purchase.objects.count() == 0


def test_a_carrier_that_refuses_stays_on_the_page_with_its_reason(at_pay, folding):  # noqa: F811
    folding.delete()
    page = at_pay.get("/en/checkout/pay/").content.decode()
    assert "Post takes nothing longer than 110 cm" in page
    assert 'value="post"' not in page


def test_without_rates_nothing_is_taken_for_delivery(workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    assert (purchase.delivery_rial, purchase.total_rial) == (0, KILIM)
    assert purchase.delivery[str(workshop_offer.partner_id)]["kind"] == "door"


def test_the_order_page_and_the_makers_page_say_how_it_goes(at_pay, gateway, artisan, django_assert_max_num_queries):
    at_pay.post(PAY, {**TICKED, "total": str(KILIM + 625)})
    number = place_order(Purchase.objects.get()).number
    with django_assert_max_num_queries(15):
        page = at_pay.get(f"/en/checkout/order/{number}/").content.decode()
    assert "Post" in page
    assert "1 to 2 working days" in page
    maker = Client()
    maker.force_login(artisan)
    assert "پست" in maker.get("/desk/orders/").content.decode()


def test_fields_that_name_no_seller_are_no_choices():
    sent = {"delivery-12": "post", "delivery-": "x", "delivery-۱۲": "x", "delivery-1x": "x", "total": "5"}
    assert typed_choices(sent) == {12: "post"}


def test_the_pay_page_asks_as_many_queries_for_one_maker_as_for_two(
    at_pay, unproven_tray, django_assert_max_num_queries
):
    with CaptureQueriesContext(connection) as one:
        at_pay.get(PAY)
    at_pay.post(reverse("basket:add"), {"offer": unproven_tray.stockrecords.get().pk})
    with CaptureQueriesContext(connection) as two:
        page = at_pay.get(PAY)
    assert len(page.context["delivery"].groups) == 2
    assert len(one) == len(two)
