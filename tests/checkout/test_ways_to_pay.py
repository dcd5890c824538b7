"""The choice of the way to pay: shown where there is one, asked by a rule, and changed after a failure without a second order."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket
from marketplace.checkout.again import hold_again
from marketplace.checkout.models import Purchase
from marketplace.checkout.placing import PurchaseFinisher
from marketplace.checkout.services import give_back, send_to_gateway, start_purchase
from marketplace.core.registry import MARKET, MONEY, audits
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from marketplace.payments import gateways
from marketplace.payments.gateways.sandbox import sandbox
from marketplace.payments.models import ForeignRate, PaymentAttempt
from marketplace.payments.services import finish_attempt
from tests.checkout.sale import TICKED, TYPED, allocated, basket_of, purchase_of
from tests.offer.discounts import a_range, a_voucher, an_offer
from tests.payments.hosted import Hosted, stripe_at

PAY, PRICE = "/en/checkout/pay/", 180_000_000
CALLBACK = "http://testserver/pay/fa/{attempt}/"
SANDBOX, ZARINPAL, ABROAD = "sandbox-IRR", "zarinpal-IRR", "stripe-EUR"


def silent() -> bool:
    return not [word for of in (MONEY, MARKET) for walk in audits(of).values() for word in walk()]


@pytest.fixture
def ready(client, workshop_offer):
    """A guest with a kilim and an address."""
    client.post(reverse("basket:add"), {"offer": workshop_offer.pk})
    client.post("/en/checkout/", TYPED)
    return client


@pytest.fixture
def two_ways(gateway, monkeypatch, settings):
    """The sandbox twice: under its own name, and as Zarinpal, which splits no payment here."""
    settings.PAYMENT_GATEWAY = "sandbox, zarinpal"

    def zarinpal():
        made = sandbox(transport=gateway.transport, most_parts=0)
        made.name = "zarinpal"
        return made

    monkeypatch.setitem(gateways.GATEWAYS, "zarinpal", zarinpal)
    return gateway


@pytest.fixture
def abroad(monkeypatch, settings, gateway) -> Hosted:
    hosted = Hosted()
    settings.PAYMENT_GATEWAY = "sandbox,stripe"
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", lambda: stripe_at(hosted))
    ForeignRate.objects.create(
        currency="EUR", rial_per_unit="1000000", valid_from=date(2020, 1, 1), source="a test's own number"
    )
    return hosted


def shown(page) -> list[tuple[str, bool]]:
    return [(way.code, way.is_chosen) for way in page.context["ways_to_pay"]]


def last() -> tuple[str, str]:
    return PaymentAttempt.objects.values_list("gateway", "state").latest("pk")


def test_one_way_is_no_choice(ready, gateway):
    page = ready.get(PAY)
    assert (page.context["ways_to_pay"], 'name="way"' in page.content.decode()) == ([], False)


def test_two_ways_are_shown_by_their_names_and_the_first_is_chosen(ready, two_ways):
    page = ready.get(PAY)
    assert shown(page) == [(SANDBOX, True), (ZARINPAL, False)]
    assert "Sandbox (no money moves)" in page.content.decode()
    assert "A card of any Iranian bank, in rial." in page.content.decode()


def test_the_chosen_way_is_asked_and_its_terms_are_what_the_page_says(ready, two_ways):
    counted = ready.post(PAY, {"way": ZARINPAL, "recount": "1"}, headers={"HX-Request": "true"})
    assert shown(counted) == [(SANDBOX, False), (ZARINPAL, True)]
    assert "the market pays the makers afterwards" in counted.content.decode()
    assert shown(ready.get(PAY)) == [(SANDBOX, False), (ZARINPAL, True)]
    ready.post(PAY, {**TICKED, "total": PRICE, "way": ZARINPAL})
    assert (last(), Purchase.objects.count()) == (("zarinpal", "sent"), 1)


@pytest.mark.parametrize("way", [ABROAD, "stripe-IRR", "nobody", "sandbox-EUR"])
def test_a_way_that_is_not_offered_takes_nothing_and_is_said(ready, two_ways, workshop_offer, way):
    answer = ready.post(PAY, {**TICKED, "total": PRICE, "way": way}, follow=True)
    assert answer.redirect_chain == [(PAY, 302)]
    assert "This way to pay is not offered now" in answer.content.decode()
    assert (Purchase.objects.count(), PaymentAttempt.objects.count(), allocated(workshop_offer)) == (0, 0, 0)
    assert Basket.objects.get().status == Basket.OPEN


def test_a_way_that_is_taken_off_while_works_are_held_asks_no_gateway(two_ways, workshop_offer, contact, settings):
    purchase = purchase_of(workshop_offer, contact)
    settings.PAYMENT_GATEWAY = "sandbox"
    with pytest.raises(ValidationError) as error:
        send_to_gateway(purchase=purchase, callback_url=CALLBACK, way=ZARINPAL)
    assert (error.value.code, PaymentAttempt.objects.count()) == ("way_not_offered", 0)
    assert Purchase.objects.get().state == "reserved"


def test_a_card_from_abroad_says_its_price_and_becomes_an_order(ready, abroad):
    page = ready.get(PAY)
    assert shown(page) == [(SANDBOX, True), (ABROAD, False)]
    assert "EUR 180.00" in page.content.decode()
    assert "checkout.stripe.example" in ready.post(PAY, {**TICKED, "total": PRICE, "way": ABROAD}).headers["location"]
    attempt = PaymentAttempt.objects.get()
    assert (attempt.currency, attempt.amount_minor, attempt.amount_rial, attempt.split) == ("EUR", 18_000, PRICE, [])
    abroad.pay(attempt.authority)
    assert (finish_attempt(attempt.number).state, Order.objects.count(), silent()) == ("finished", 1, True)


def test_without_a_rate_of_today_there_is_no_way_from_abroad(ready, abroad):
    ForeignRate.objects.update(valid_from=date(2999, 1, 1))
    assert ready.get(PAY).context["ways_to_pay"] == []


def failed(client, gateway) -> str:
    """A payment that the gateway did not take; the number of its purchase."""
    client.get(gateway.press(client.post(PAY, {**TICKED, "total": PRICE, "way": SANDBOX}).headers["location"], "FAIL"))
    return Purchase.objects.get().number


def test_a_failed_payment_is_tried_again_by_another_way_and_is_one_order(ready, two_ways, workshop_offer):
    number = failed(ready, two_ways)
    page = ready.get(reverse("checkout:done", args=[number]))
    assert (shown(page), page.context["purchase"].state) == ([(SANDBOX, True), (ZARINPAL, False)], "released")
    again = ready.post(reverse("checkout:retry", args=[number]), {"way": ZARINPAL})
    assert (last(), allocated(workshop_offer), Purchase.objects.get().state) == (("zarinpal", "sent"), 1, "reserved")
    ready.get(two_ways.press(again.headers["location"], "OK"))
    assert list(PaymentAttempt.objects.order_by("pk").values_list("gateway", "state")) == [
        ("sandbox", "failed"),
        ("zarinpal", "finished"),
    ]
    assert (Order.objects.get().number, Purchase.objects.count(), silent()) == (number, 1, True)


def test_a_retry_by_a_way_that_is_not_offered_asks_no_gateway(ready, two_ways):
    number = failed(ready, two_ways)
    ready.post(reverse("checkout:retry", args=[number]), {"way": ABROAD})
    assert (PaymentAttempt.objects.count(), Order.objects.count(), silent()) == (1, 0, True)


def test_works_that_another_bought_meanwhile_are_not_held_again(ready, two_ways, workshop_offer, contact):
    number = failed(ready, two_ways)
    purchase_of(workshop_offer, contact, 3)
    answer = ready.post(reverse("checkout:retry", args=[number]), follow=True)
    assert "checkout/done_released.html" in [template.name for template in answer.templates]
    assert (PaymentAttempt.objects.count(), allocated(workshop_offer), silent()) == (1, 3, True)


@pytest.mark.parametrize("why", ["dearer", "put back", "long ago"])
def test_a_purchase_whose_time_is_over_for_good_is_not_held_again(ready, two_ways, workshop_offer, why):
    number = failed(ready, two_ways)
    if why == "dearer":
        StockRecord.objects.update(price=190_000_000)
    elif why == "put back":
        ready.post(reverse("checkout:again", args=[number]))
    else:
        Purchase.objects.update(held_until=timezone.now() - timedelta(minutes=61))
    code = "total_changed" if why == "dearer" else "purchase_closed"
    with pytest.raises(ValidationError) as error:
        hold_again(Purchase.objects.get())
    assert (error.value.code, Purchase.objects.get().state, allocated(workshop_offer)) == (code, "released", 0)
    offers_it = ready.get(reverse("checkout:done", args=[number])).context["may_try_again"]
    assert offers_it is (why == "dearer")


def test_discounts_are_held_again_with_the_works(workshop_offer, contact, kilim):
    voucher = a_voucher(an_offer(a_range(kilim), offer_type="Voucher"), usage="Single use")
    basket = basket_of(workshop_offer)
    basket.vouchers.add(voucher)
    purchase = start_purchase(basket=basket, user=None, contact=contact)
    give_back(purchase, "released")
    hold_again(purchase)
    hold_again(purchase)
    assert (purchase.state, allocated(workshop_offer)) == ("reserved", 1)
    assert silent()
    give_back(purchase, "released")
    other = basket_of(workshop_offer)
    other.vouchers.add(voucher)
    assert start_purchase(basket=other, user=None, contact=contact).total_rial == PRICE * 9 // 10
    with pytest.raises(ValidationError):  # its one use is another's by now
        hold_again(purchase)
    purchase.refresh_from_db()
    assert (purchase.state, allocated(workshop_offer), silent()) == ("released", 1, True)


def test_no_word_of_the_first_way_does_not_let_go_while_the_second_is_open(two_ways, workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    first = send_to_gateway(purchase=purchase, callback_url=CALLBACK, way=SANDBOX)
    number = PaymentAttempt.objects.get().number
    send_to_gateway(purchase=purchase, callback_url=CALLBACK, way=ZARINPAL)
    two_ways.press(first.url, "NOK")
    assert finish_attempt(number).state == "failed"
    assert (Purchase.objects.get().state, allocated(workshop_offer)) == ("reserved", 1)
    PaymentAttempt.objects.update(state="failed")
    PurchaseFinisher().give_up(purchase.pk)
    assert (Purchase.objects.get().state, allocated(workshop_offer)) == ("released", 0)


def test_both_ways_paid_are_one_order_and_the_other_money_goes_back(two_ways, workshop_offer, contact):
    purchase = purchase_of(workshop_offer, contact)
    for way in (SANDBOX, ZARINPAL):
        two_ways.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK, way=way).url, "OK")
    became = [finish_attempt(number).state for number in PaymentAttempt.objects.values_list("number", flat=True)]
    assert (sorted(became), Order.objects.count(), silent()) == (["finished", "reversed"], 1, True)
    assert add_to_basket(basket=Basket(), offer=workshop_offer).quantity == 1
