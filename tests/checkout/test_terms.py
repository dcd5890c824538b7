"""The terms of sale: nobody pays without having ticked them, nothing chosen is lost by it, and the purchase keeps their version."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from marketplace.basket.models import Basket
from marketplace.checkout.models import Purchase
from marketplace.checkout.terms import VERSION
from marketplace.payments.models import PaymentAttempt
from tests.checkout.sale import TICKED, TYPED, allocated

pytestmark = pytest.mark.django_db
PRICE = 180_000_000
SENTENCE = "Read the terms of sale and tick that you have; then you can pay. Nothing was taken."


@pytest.fixture
def ready(client, workshop_offer, gateway):
    """A guest with a kilim and an address."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    client.post("/en/checkout/", TYPED)
    return client


@pytest.mark.parametrize("posted", [{}, {"terms": "2020-01-01"}, {"terms": "on" * 50}])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_without_the_tick_nothing_is_held_and_the_page_says_why(ready, workshop_offer, posted, language):
    page = ready.post(f"{'/en' if language == 'en' else ''}/checkout/pay/", {"total": PRICE, **posted})
    with override(language):
        assert (page.status_code, gettext(SENTENCE) in page.content.decode()) == (422, True)
    assert (Purchase.objects.count(), PaymentAttempt.objects.count(), allocated(workshop_offer)) == (0, 0, 0)
    assert Basket.objects.get().status == Basket.OPEN


def test_with_the_tick_the_purchase_keeps_the_version(ready):
    assert ready.post("/en/checkout/pay/", {"total": PRICE, **TICKED}).status_code == 302
    assert Purchase.objects.get().terms == VERSION


def test_the_tick_stays_when_the_total_is_counted_anew(ready):
    ready.post("/en/checkout/pay/", {"total": 1, **TICKED})
    assert "checked" in ready.get("/en/checkout/pay/").content.decode().split('id="id_terms"')[1].split(">")[0]
    ready.post("/en/checkout/pay/", {"recount": "1"})
    assert "checked" not in ready.get("/en/checkout/pay/").content.decode().split('id="id_terms"')[1].split(">")[0]


def test_the_page_of_terms_says_the_days_that_the_rules_go_by(client):
    page = " ".join(client.get("/en/terms/").content.decode().split())
    assert "Within 7 working days after a work arrived" in page
    assert "can be told for 30 days" in page
    assert "held for you for 15 minutes" in page
    assert "The text of 23 November 2026" in page
    assert "۷ روز کاری" in client.get("/terms/").content.decode()
