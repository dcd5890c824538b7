"""The whole sale, through the pages and the real sandbox gateway."""

from django.urls import reverse

from marketplace.basket.models import Basket
from marketplace.checkout.models import Purchase
from marketplace.core.models import OutboxEvent
from marketplace.order.models import Line, Order, SellerOrder
from marketplace.payments.models import PaymentAttempt
from tests.checkout.sale import TICKED, TYPED, allocated

PRICE = 180_000_000


def fill(client, offer, quantity="1") -> None:
    client.post(reverse("basket:add"), {"offer": offer.pk, "quantity": quantity})


def to_gateway(client, offer, quantity=1) -> str:
    """From an empty basket to the gateway's address."""
    fill(client, offer, str(quantity))
    client.post(reverse("checkout:address"), TYPED)
    answer = client.post(reverse("checkout:pay"), {**TICKED, "total": PRICE * quantity})
    assert answer.status_code == 302
    return answer.headers["location"]


def test_a_guest_buys(client, workshop_offer, gateway):
    address = to_gateway(client, workshop_offer, 2)
    assert allocated(workshop_offer) == 2
    attempt = PaymentAttempt.objects.get()
    assert (attempt.state, attempt.amount_rial, attempt.gateway) == ("sent", 360_000_000, "sandbox")

    back = gateway.press(address, "OK")
    answer = client.get(back, follow=True)

    order, purchase = Order.objects.get(), Purchase.objects.get()
    assert answer.redirect_chain == [(reverse("checkout:done", args=[order.number]), 302)]
    assert order.number == purchase.number
    assert order.number.startswith("RST-")
    assert len(order.number) == 18
    assert (order.total_incl_tax, order.guest_email, order.guest_mobile) == (
        360_000_000,
        "mina@example.org",
        "+989131110002",
    )
    assert (order.shipping_address.postcode, order.shipping_address.line4) == ("7814612345", "سیرجان")
    line = Line.objects.get()
    assert (line.quantity, line.unit_price_incl_tax, line.num_allocated) == (2, PRICE, 2)
    seller = SellerOrder.objects.get()
    assert (seller.number, seller.total_rial, line.seller_order) == (f"{order.number}-1", 360_000_000, seller)
    assert (purchase.state, purchase.order, allocated(workshop_offer)) == ("ordered", order, 2)
    assert Basket.objects.get(pk=purchase.basket_id).status == "Submitted"
    attempt.refresh_from_db()
    assert (attempt.state, attempt.code, attempt.reference) == ("finished", "100", "1")
    letter = OutboxEvent.objects.get(topic="order_placed")
    assert (letter.key, letter.payload) == (order.number, {"email": "mina@example.org", "language": "fa"})


def test_a_second_callback_gives_no_second_order(client, workshop_offer, gateway):
    back = gateway.press(to_gateway(client, workshop_offer), "OK")
    first, second = client.get(back), client.get(back)
    assert first.headers["location"] == second.headers["location"]
    assert (Order.objects.count(), allocated(workshop_offer), PaymentAttempt.objects.get().state) == (1, 1, "finished")


def test_cancelling_at_the_gateway_gives_the_pieces_back(client, workshop_offer, gateway):
    back = gateway.press(to_gateway(client, workshop_offer), "NOK")
    page = client.get(back, follow=True)
    assert "checkout/done_released.html" in [template.name for template in page.templates]
    assert (Order.objects.count(), allocated(workshop_offer)) == (0, 0)
    assert (Purchase.objects.get().state, PaymentAttempt.objects.get().state) == ("released", "failed")

    number = Purchase.objects.get().number
    answer = client.post(reverse("checkout:again", args=[number]), follow=True)
    assert answer.context["basket_page"].pieces == 1
    client.post(reverse("checkout:again", args=[number]))
    assert client.get(reverse("basket:summary")).context["basket_page"].pieces == 1


def test_a_callback_with_another_authority_opens_nothing(client, workshop_offer, gateway):
    back = gateway.press(to_gateway(client, workshop_offer), "OK")
    assert client.get(back.replace("Authority=S", "Authority=T")).status_code == 404
    assert (Order.objects.count(), PaymentAttempt.objects.get().state) == (0, "sent")


def test_a_forged_no_does_not_release_what_was_paid(client, workshop_offer, gateway):
    back = gateway.press(to_gateway(client, workshop_offer), "OK")
    client.get(back.replace("Status=OK", "Status=NOK"))
    assert (Order.objects.count(), Purchase.objects.get().state) == (1, "ordered")


def test_the_english_sale_comes_back_in_english(client, workshop_offer, gateway):
    client.post("/en/basket/add/", {"offer": workshop_offer.pk})
    client.post("/en/checkout/", TYPED)
    address = client.post("/en/checkout/pay/", {**TICKED, "total": PRICE}).headers["location"]
    answer = client.get(gateway.press(address, "OK"))
    assert answer.headers["location"] == f"/en/checkout/done/{Order.objects.get().number}/"
    assert client.get(answer.headers["location"]).status_code == 200
