"""A payment shared out among its makers: said before paying, asked of the gateway, and posted with the sale."""

import pytest
from django.urls import reverse

from marketplace.basket.models import Basket
from marketplace.basket.services import offer_to_sell
from marketplace.checkout.services import start_purchase
from marketplace.checkout.sharing import wanted_sellers
from marketplace.core.registry import MONEY, audits
from marketplace.ledger import queries
from marketplace.ledger.accounts import payable
from marketplace.ledger.models import CommissionRule, Entry
from marketplace.ledger.split import Terms
from marketplace.order.models import Order
from marketplace.order.rules import SELLER
from marketplace.order.steps import cancel_pieces
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.payments import gateways
from marketplace.payments.gateways.sandbox import sandbox
from marketplace.payments.models import PaymentAttempt
from tests.cast import DAY
from tests.checkout.sale import TICKED, TYPED, basket_of
from tests.ledger.conftest import IBAN, OTHER_IBAN

PAY = "/en/checkout/pay/"
KILIM, TRAY = 180_000_000, 45_000_000


def found() -> list[str]:
    return [sentence for walk in audits(MONEY).values() for sentence in walk()]


@pytest.fixture
def share(day):
    """The market keeps a tenth."""
    return CommissionRule.objects.create(position=1, share_bp=1000, valid_from=DAY)


@pytest.fixture
def weaver_seller(workshop_offer, share):
    seller = workshop_offer.partner
    verify_iban(seller=set_iban(seller=seller, iban=IBAN, owner="رضا"), on=DAY)
    return seller


@pytest.fixture
def tray_offer(foreign_tray):
    """A tray of the coppersmith, whose account is verified: 45,000,000 rial."""
    offer = offer_to_sell(foreign_tray.stockrecords.get().pk)
    verify_iban(seller=set_iban(seller=offer.partner, iban=OTHER_IBAN, owner="مریم"), on=DAY)
    return offer


@pytest.fixture
def at_pay(client, workshop_offer, gateway):
    """A guest with one kilim and an address."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    client.post("/en/checkout/", TYPED)
    return client


def bought(client, gateway, total: int, **more) -> PaymentAttempt:
    """Pay what is in the basket, and come back from the gateway."""
    client.get(gateway.press(client.post(PAY, {**TICKED, "total": total, **more}).headers["location"], "OK"))
    return PaymentAttempt.objects.latest("pk")


def only_one_part(gateway, monkeypatch) -> None:
    monkeypatch.setitem(gateways.GATEWAYS, "sandbox", lambda: sandbox(transport=gateway.transport, most_parts=1))


def test_the_makers_are_sent_what_they_earn_with_the_payment(at_pay, gateway, weaver_seller, workshop_offer):
    assert "straight to their account" in at_pay.get(PAY).content.decode()
    attempt = bought(at_pay, gateway, KILIM)
    assert [(part["iban"], part["amount_rial"], part["seller"]) for part in attempt.split] == [
        (IBAN, 162_000_000, weaver_seller.pk)
    ]
    assert queries.balances() == {"clearing:sandbox": 18_000_000, "commission": -18_000_000}
    assert Entry.objects.get(event="split").source == attempt.number
    assert found() == []


def test_an_account_that_nobody_verified_is_paid_afterwards_and_the_page_says_so(at_pay, gateway, share):
    assert "is not verified yet; the market pays the part afterwards" in at_pay.get(PAY).content.decode()
    attempt = bought(at_pay, gateway, KILIM)
    assert (attempt.state, attempt.split) == ("finished", [])
    assert queries.balance(payable(Order.objects.get().seller_orders.get().seller_id)) == -162_000_000


def test_where_the_operator_turned_it_off_nothing_is_split(at_pay, gateway, weaver_seller, settings):
    settings.PAYMENT_SPLIT = False
    assert "the market pays the makers afterwards" in at_pay.get(PAY).content.decode()
    assert bought(at_pay, gateway, KILIM).split == []
    assert queries.owed_to() == {weaver_seller.pk: 162_000_000}


def test_a_gateway_that_refuses_the_split_is_asked_without_it(at_pay, gateway, weaver_seller, monkeypatch):
    monkeypatch.setattr("marketplace.payments.sandbox.answers._looks_like_an_iban", lambda iban: False)
    assert bought(at_pay, gateway, KILIM).split == []
    assert list(PaymentAttempt.objects.order_by("pk").values_list("state", "code")) == [
        ("failed", "-38"),
        ("finished", "100"),
    ]
    assert (queries.owed_to(), found()) == ({weaver_seller.pk: 162_000_000}, [])


def test_a_refund_after_the_split_is_owed_by_the_maker_and_netted_in_the_next(
    at_pay, gateway, weaver_seller, workshop_offer, artisan
):
    bought(at_pay, gateway, KILIM)
    part = Order.objects.get().seller_orders.get()
    cancel_pieces(part=part, pieces={part.lines.get().pk: 1}, who=SELLER, by=artisan, reason="شکست")
    assert queries.owed_by() == {weaver_seller.pk: 162_000_000}
    at_pay.post(reverse("basket:add"), {"offer": workshop_offer.pk, "quantity": 2})
    attempt = bought(at_pay, gateway, 2 * KILIM)
    assert [part["amount_rial"] for part in attempt.split] == [162_000_000]
    assert (queries.owed_by(), queries.owed_to(), found()) == ({}, {}, [])


def test_too_many_makers_are_told_and_can_be_paid_in_two(at_pay, gateway, weaver_seller, tray_offer, monkeypatch):
    only_one_part(gateway, monkeypatch)
    at_pay.post(reverse("basket:add"), {"offer": tray_offer.pk})
    page = at_pay.get(PAY)
    assert "One payment reaches 1 makers at most" in page.content.decode()
    assert [payment.sellers for payment in page.context["sharing"].payments] == [
        str(weaver_seller.pk),
        str(tray_offer.partner_id),
    ]
    only = {"only": str(weaver_seller.pk)}
    one = at_pay.get(PAY, only)
    assert (one.context["total_rial"], one.context["sharing"].direct) == (KILIM, True)

    first = bought(at_pay, gateway, KILIM, **only)
    assert [part["amount_rial"] for part in first.split] == [162_000_000]
    assert at_pay.get("/en/basket/").context["basket_page"].total_rial == TRAY
    second = bought(at_pay, gateway, TRAY)
    assert [part["amount_rial"] for part in second.split] == [40_500_000]
    assert (Order.objects.count(), queries.owed_to(), found()) == (2, {}, [])


def test_too_many_makers_paid_at_once_all_the_same(at_pay, gateway, weaver_seller, tray_offer, monkeypatch):
    only_one_part(gateway, monkeypatch)
    at_pay.post(reverse("basket:add"), {"offer": tray_offer.pk})
    attempt = bought(at_pay, gateway, KILIM + TRAY)
    assert [part["seller"] for part in attempt.split] == [weaver_seller.pk]
    assert (queries.owed_to(), found()) == ({tray_offer.partner_id: 40_500_000}, [])


def small(terms) -> Terms:
    """As a gateway that sends no part under a billion rial."""
    return Terms(True, terms.most_parts, 10**9)


def test_a_part_under_the_minimum_is_told_and_paid_afterwards(at_pay, gateway, weaver_seller, monkeypatch):
    monkeypatch.setattr("marketplace.checkout.sharing._terms", small)
    assert "too small to be sent with the payment" in at_pay.get(PAY).content.decode()
    assert bought(at_pay, gateway, KILIM).split == []


def test_paying_for_nobody_in_the_basket_takes_nothing(at_pay, gateway, weaver_seller):
    assert at_pay.post(PAY, {**TICKED, "total": KILIM, "only": "999999"}).headers["location"] == PAY
    assert (PaymentAttempt.objects.count(), Basket.objects.get().status) == (0, "Open")


def test_what_does_not_agree_with_the_books_is_named(at_pay, gateway, weaver_seller):
    attempt = bought(at_pay, gateway, KILIM)
    PaymentAttempt.objects.update(split=[{**attempt.split[0], "amount_rial": 5}])
    assert any(sentence.startswith(f"Payment {attempt.number}: the books sent") for sentence in found())
    PaymentAttempt.objects.update(split=[])
    assert any(sentence.startswith(f"{attempt.number}: the books sent") for sentence in found())


@pytest.mark.parametrize(("typed", "sellers"), [("", []), ("3,4", [3, 4]), ("3;DROP", []), ("۳", []), ("9" * 12, [])])
def test_sellers_in_an_address_are_numbers(typed, sellers):
    assert wanted_sellers(typed) == sellers


def test_a_basket_is_taken_apart_only_where_something_is_left(workshop_offer, contact):
    basket = basket_of(workshop_offer)
    purchase = start_purchase(basket=basket, user=None, contact=contact, sellers=[workshop_offer.partner_id])
    assert (purchase.basket_id, basket.status, Basket.objects.count()) == (basket.pk, "Frozen", 1)
