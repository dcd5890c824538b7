"""The staff see which gateways are on, and read in plain words why Stripe is off."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from marketplace.payments.gateways.overview import overview


@pytest.mark.django_db
def test_the_page_of_gateways_says_why_stripe_is_off(admin_client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    answer = admin_client.get(reverse("admin:payments_gateways"), headers={"Accept-Language": "en"})
    assert answer.status_code == 200
    assert "STRIPE_SECRET_KEY is not set" in answer.content.decode()


def test_what_is_offered_and_what_is_missing(settings):
    settings.ZARINPAL_MERCHANT_ID = ""
    with override("en"):
        rows = {row.name: (row.is_offered, row.missing.partition(":")[0], str(row.note)) for row in overview()}
    assert {name: row[:2] for name, row in rows.items()} == {
        "sandbox": (True, ""),
        "stripe": (False, "STRIPE_SECRET_KEY is not set"),
        "zarinpal": (False, "ZARINPAL_MERCHANT_ID is not set"),
    }
    assert "no rial" in rows["stripe"][2]
    assert "originate from Iran" in rows["stripe"][2]


@pytest.mark.django_db
def test_a_buyer_does_not_see_the_page_of_gateways(client):
    assert client.get(reverse("admin:payments_gateways")).status_code == 302
