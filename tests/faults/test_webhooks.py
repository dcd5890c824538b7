"""Messages of a gateway at the market's own web server: twice, ten at once, in any order, before the browser, forged, stale, lying."""

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date

import httpx
import pytest

from marketplace.checkout.models import Purchase
from marketplace.checkout.services import send_to_gateway
from marketplace.ledger.models import Entry
from marketplace.order.models import Order
from marketplace.payments import gateways
from marketplace.payments.models import ForeignRate, GatewayEvent, PaymentAttempt, Refund
from tests.checkout.crowd import at_once
from tests.checkout.sale import allocated, purchase_of
from tests.faults.abroad import ADDRESS, OFFERED, at_an_address
from tests.faults.test_killed import sold_once
from tests.faults.web import served
from tests.payments.hosted import Hosted, message, stripe_at

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
MESSAGES, CALLBACK, ABROAD = "/pay/stripe/message/", "http://testserver/pay/fa/{attempt}/", "stripe-EUR"


@pytest.fixture
def hosted(settings, monkeypatch) -> Hosted:
    """Stripe, and the operator's rate: 180,000,000 rial are 180 euro."""
    hosted = Hosted()
    settings.PAYMENT_GATEWAY = OFFERED
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", lambda: stripe_at(hosted))
    ForeignRate.objects.create(
        currency="EUR", rial_per_unit="1000000", valid_from=date(2020, 1, 1), source="a test's own number"
    )
    return hosted


@pytest.fixture
def market(hosted, workshop_offer) -> Iterator[str]:
    """The market's web server, with several processes, beside that Stripe."""
    with at_an_address(hosted) as there, served(PAYMENT_GATEWAY=OFFERED, **{ADDRESS: there}) as address:
        yield address


@pytest.fixture
def paid(market, hosted, workshop_offer, contact) -> PaymentAttempt:
    """A kilim paid at Stripe's page, of which we know nothing yet."""
    send_to_gateway(purchase=purchase_of(workshop_offer, contact), callback_url=CALLBACK, way=ABROAD)
    attempt = PaymentAttempt.objects.get()
    hosted.pay(attempt.authority)
    return attempt


def told(market: str, posted: dict) -> int:
    headers = posted["headers"] | {"Content-Type": posted["content_type"]}
    return httpx.post(market + MESSAGES, content=posted["data"], headers=headers, timeout=60).status_code


def about(hosted: Hosted, kind: str = "checkout.session.completed", number: str = "evt_1", **more) -> dict:
    return message(kind, hosted.sessions["cs_test_1"], number, **more)


def test_a_message_twice_and_ten_at_once_is_one_order(market, paid, hosted, workshop_offer):
    same, others = about(hosted), [about(hosted, number=f"evt_{nth}") for nth in range(2, 6)]
    became = at_once(*(lambda one=one: told(market, one) for one in [same] * 6 + others))
    assert Counter(became) == {200: 10}
    assert [told(market, same), told(market, same)] == [200, 200]
    sold_once(workshop_offer)
    assert (GatewayEvent.objects.count(), Entry.objects.filter(source=paid.number).count()) == (5, 1)


def test_messages_out_of_order_and_before_the_browser_end_in_the_same_order(market, paid, hosted, workshop_offer):
    PaymentAttempt.objects.update(state="stored", authority="")  # the message overtakes the answer to our own request
    assert (told(market, about(hosted)), Order.objects.count()) == (503, 0)
    PaymentAttempt.objects.update(state="sent", authority="cs_test_1")
    kinds = ["checkout.session.expired", "charge.succeeded", "checkout.session.completed"]
    assert [told(market, about(hosted, kind, f"evt_{kind}")) for kind in kinds] == [200] * 3
    assert told(market, about(hosted)) == 200
    sold_once(workshop_offer)
    back = httpx.get(f"{market}/pay/en/{paid.number}/", params={"Authority": "cs_test_1"}, timeout=60)
    assert (back.status_code, Order.objects.get().number in back.headers["location"]) == (302, True)
    sold_once(workshop_offer)


def everything() -> list:
    tables = (PaymentAttempt, Refund, GatewayEvent, Purchase, Entry)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def test_forged_and_stale_messages_change_nothing_and_the_true_one_still_counts(market, paid, hosted, workshop_offer):
    before, changed = everything(), about(hosted)
    changed["data"] = changed["data"].replace("cs_test_1", "cs_test_2")
    unsigned = about(hosted) | {"headers": {}}
    bad = [about(hosted, secret="whsec_other"), about(hosted, at=time.time() - 301), changed, unsigned]
    assert at_once(*(lambda one=one: told(market, one) for one in bad)) == [400] * 4
    assert (everything(), Order.objects.count()) == (before, 0)
    assert told(market, about(hosted)) == 200
    sold_once(workshop_offer)


LIES: list[tuple[dict, int | None]] = [
    ({"currency": "usd"}, None),
    ({"amount_total": 1_800}, 18_000_000),
    ({"client_reference_id": "PAY-X"}, 180_000_000),
]


def test_another_currency_amount_or_payment_sells_nothing_and_waits_for_a_person(
    market, hosted, workshop_offer, contact
):
    for nth, (lie, paid_rial) in enumerate(LIES, start=1):
        send_to_gateway(purchase=purchase_of(workshop_offer, contact), callback_url=CALLBACK, way=ABROAD)
        paid = PaymentAttempt.objects.latest("pk")
        session = hosted.pay(paid.authority)
        ours = message("checkout.session.completed", session, f"evt_{nth}")
        session |= lie  # the message names our payment; what the gateway says when it is asked is another one
        assert told(market, ours) == 200
        paid.refresh_from_db()
        assert (paid.state, paid.paid_rial) == ("suspense", paid_rial)
        assert (Purchase.objects.latest("pk").state, allocated(workshop_offer)) == ("refused", 0)
    assert Order.objects.count() == 0
