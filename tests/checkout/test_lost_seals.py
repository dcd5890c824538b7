"""A seal lost between basket and paying is said before anybody pays; the order keeps only what was in force when it was sold."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from authenticity.models import SealGrant
from authenticity.seals import revoke_seal
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import place_order
from marketplace.payments.models import PaymentAttempt
from tests.checkout.sale import TICKED, TYPED, allocated
from tests.payments.sandbox import DOWN

PAY = "/checkout/pay/"
TOTAL = {**TICKED, "total": "180000000"}


@pytest.fixture
def ready(client, seal, workshop_offer) -> Client:
    """A guest at the last page, with a kilim that bears a seal."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    client.post("/checkout/", TYPED)
    return client


def nothing_taken(offer) -> bool:
    return (Purchase.objects.count(), PaymentAttempt.objects.count(), allocated(offer)) == (0, 0, 0)


def test_the_first_press_after_a_loss_takes_nothing_and_says_it(ready, seal, workshop_offer):
    revoke_seal(grant=seal, because="نمونه")
    answer = ready.post("/en" + PAY, TOTAL)
    assert answer.headers["location"] == "/en" + PAY
    assert nothing_taken(workshop_offer)
    page = ready.get("/en" + PAY).content.decode()
    assert "The seal “Quality mark” of this work is no longer in force." in page
    assert "A seal changed since you saw this page. Nothing was taken" in page


def test_the_second_press_goes_on(ready, seal, workshop_offer, gateway):
    revoke_seal(grant=seal, because="نمونه")
    ready.post(PAY, TOTAL)
    word = ready.get(PAY).context["basket_page"].lost_seals
    assert "/pg/StartPay/S" in ready.post(PAY, TOTAL | {"lost_seals": word}).headers["location"]
    assert (Purchase.objects.count(), allocated(workshop_offer)) == (1, 1)


def test_another_loss_is_said_again(ready, seal, weaver, kilim_line, workshop_offer):
    word = ready.get(PAY).context["basket_page"].lost_seals
    assert word == ""
    revoke_seal(grant=seal, because="نمونه")
    assert ready.post(PAY, TOTAL | {"lost_seals": "1-999"}).headers["location"] == PAY
    assert nothing_taken(workshop_offer)


def test_without_a_loss_one_press_is_enough(ready, gateway):
    assert "/pg/StartPay/S" in ready.post(PAY, TOTAL).headers["location"]


def test_a_work_whose_text_names_the_lost_seal_cannot_be_paid_for(ready, seal, kilim, workshop_offer):
    type(kilim).objects.filter(pk=kilim.pk).update(description="با نشان مرغوبیت")
    revoke_seal(grant=seal, because="نمونه")
    answer = ready.post(PAY, TOTAL, follow=True)
    assert answer.redirect_chain == [("/basket/", 302)]
    assert nothing_taken(workshop_offer)
    assert "Its text names a seal that is not in force for it any more." in ready.get("/en/basket/").content.decode()


def test_a_loss_while_works_are_held_is_said_before_the_next_try(ready, seal, gateway):
    working, gateway.transport = gateway.transport, DOWN
    ready.post(PAY, TOTAL)
    gateway.transport, number = working, Purchase.objects.get().number
    revoke_seal(grant=seal, because="نمونه")
    retry, done = reverse("checkout:retry", args=[number]), f"/checkout/done/{number}/"
    before = PaymentAttempt.objects.count()
    assert ready.post(retry).headers["location"] == done
    assert PaymentAttempt.objects.count() == before
    page = ready.get("/en" + done)
    assert "The seal “Quality mark” of “Shiriki-pich kilim” is no longer in force." in page.content.decode()
    assert "/pg/StartPay/S" in ready.post(retry, {"lost_seals": page.context["losses"].word}).headers["location"]


def test_the_order_keeps_only_seals_in_force_when_it_was_sold(ready, seal, weaver, kilim_line, gateway):
    other = SealGrant.objects.create(
        scheme=seal.scheme.__class__.objects.create(slug="n", name_fa="م", name_en="N", body_fa="ب", body_en="B"),
        product_line=kilim_line,
        maker=weaver,
        number="N-1",
        valid_from=date(2026, 1, 1),
        valid_until=date(2028, 1, 1),
    )
    ready.post(PAY, TOTAL)
    revoke_seal(grant=seal, because="نمونه")
    order = place_order(Purchase.objects.get())
    assert [said["number"] for said in order.lines.get().snapshot["seals"]] == [other.number]
