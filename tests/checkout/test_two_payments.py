"""Makers too many for one split, paid in two payments: whatever becomes of the second, the first is an order of its own makers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.basket.models import Basket
from marketplace.checkout.models import Purchase
from marketplace.checkout.services import release_expired
from marketplace.core.registry import MARKET, MONEY, audits
from marketplace.ledger import queries
from marketplace.listing.services import withdraw_offer
from marketplace.order.models import Order, SellerOrder
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt
from tests.checkout.sale import TICKED, allocated
from tests.checkout.test_sharing import (  # noqa: F401
    KILIM,
    PAY,
    TRAY,
    at_pay,
    bought,
    only_one_part,
    share,
    tray_offer,
    weaver_seller,
)
from tests.payments.sandbox import DOWN


@pytest.fixture
def first_is_paid(at_pay, gateway, weaver_seller, tray_offer, monkeypatch):  # noqa: F811
    """A kilim and a tray in one basket; the kilim's maker is paid by the first payment."""
    only_one_part(gateway, monkeypatch)
    at_pay.post("/basket/add/", {"offer": tray_offer.pk})
    bought(at_pay, gateway, KILIM, only=str(weaver_seller.pk))
    return at_pay


def rest_of(client) -> str:
    """The buyer's way to the gateway for the second payment."""
    return client.post(PAY, {**TICKED, "total": TRAY}).headers["location"]


def the_first_stands(offer, *, pieces: int) -> None:
    """One order, of the kilim's maker alone, whose money went out with its payment; so many trays are held, and the books agree."""
    assert [part.seller.name for part in SellerOrder.objects.all()] == ["کارگاه گلیم"]
    assert Order.objects.get().total_incl_tax == KILIM
    assert (queries.owed_to(), queries.owed_by(), allocated(offer)) == ({}, {}, pieces)
    assert queries.balances() == {"clearing:sandbox": 18_000_000, "commission": -18_000_000}
    assert [line for of in (MONEY, MARKET) for walk in audits(of).values() for line in walk()] == []


def test_the_page_says_how_many_payments_there_are_before_any(
    at_pay,  # noqa: F811
    gateway,
    weaver_seller,  # noqa: F811
    tray_offer,  # noqa: F811
    monkeypatch,
):
    only_one_part(gateway, monkeypatch)
    at_pay.post("/basket/add/", {"offer": tray_offer.pk})
    assert "or in 2 payments, each an order of its own" in at_pay.get(PAY).content.decode()
    assert "you are led to their payment" in at_pay.get(PAY, {"only": str(weaver_seller.pk)}).content.decode()


def test_after_the_first_the_buyer_is_led_to_the_second(first_is_paid, tray_offer):  # noqa: F811
    page = first_is_paid.get(f"/en/checkout/done/{Order.objects.get().number}/")
    assert page.context["unpaid"] == [tray_offer.product.title_en or tray_offer.product.get_title()]
    assert f'href="{PAY}"' in page.content.decode()
    assert first_is_paid.get(PAY).context["total_rial"] == TRAY
    the_first_stands(tray_offer, pieces=0)


def test_both_are_paid(first_is_paid, gateway, tray_offer):  # noqa: F811
    attempt = bought(first_is_paid, gateway, TRAY)
    assert [part["amount_rial"] for part in attempt.split] == [40_500_000]
    page = first_is_paid.get(f"/en/checkout/done/{Order.objects.latest('pk').number}/")
    assert (page.context["unpaid"], Order.objects.count(), queries.owed_to()) == ([], 2, {})
    assert [line for of in (MONEY, MARKET) for walk in audits(of).values() for line in walk()] == []


@pytest.mark.parametrize("status", ["NOK", "FAIL"])
def test_the_second_is_not_paid(first_is_paid, gateway, tray_offer, status):  # noqa: F811
    first_is_paid.get(gateway.press(rest_of(first_is_paid), status))
    assert Purchase.objects.latest("pk").state == "released"
    the_first_stands(tray_offer, pieces=0)


def test_the_second_is_never_answered_and_its_time_passes(first_is_paid, gateway, tray_offer):  # noqa: F811
    rest_of(first_is_paid)
    the_first_stands(tray_offer, pieces=1)
    Purchase.objects.filter(state="reserved").update(held_until=timezone.now() - timedelta(seconds=1))
    assert release_expired() == 1
    the_first_stands(tray_offer, pieces=0)


def test_the_second_is_refused_by_a_rule_and_its_money_goes_back(first_is_paid, gateway, tray_offer):  # noqa: F811
    back = gateway.press(rest_of(first_is_paid), "OK")
    Purchase.objects.filter(state="reserved").update(held_until=timezone.now() - timedelta(seconds=1))
    release_expired()
    StockRecord.objects.filter(pk=tray_offer.pk).update(num_in_stock=0)  # sold elsewhere meanwhile
    first_is_paid.get(back)
    assert (PaymentAttempt.objects.latest("pk").state, Purchase.objects.latest("pk").state) == ("reversed", "refused")
    the_first_stands(tray_offer, pieces=0)


def test_the_works_of_the_second_are_withdrawn_before_it_is_paid(first_is_paid, gateway, tray_offer):  # noqa: F811
    withdraw_offer(offer=tray_offer, because="maker")
    assert first_is_paid.post(PAY, {**TICKED, "total": TRAY}).headers["location"] == "/en/basket/"
    assert (PaymentAttempt.objects.count(), Basket.objects.filter(status=Basket.OPEN).count()) == (1, 1)
    the_first_stands(tray_offer, pieces=0)


def test_the_gateway_is_down_for_the_second_and_answers_later(first_is_paid, gateway, tray_offer):  # noqa: F811
    working, gateway.transport = gateway.transport, DOWN
    assert "/checkout/done/" in rest_of(first_is_paid)
    the_first_stands(tray_offer, pieces=1)
    gateway.transport = working
    number = Purchase.objects.latest("pk").number
    first_is_paid.get(gateway.press(first_is_paid.post(f"/en/checkout/retry/{number}/").headers["location"], "OK"))
    assert (Order.objects.count(), queries.owed_to()) == (2, {})
