"""Payments and refunds against a Stripe that remembers them (localstripe, a process of its own), from page to webhook to refund.

It has no hosted pages, so those are the tests' own; what is paid on one becomes a payment there, and every refund is given there.
"""

import json
import os

import httpx
import pytest
from django.core.exceptions import ValidationError

from marketplace.payments import gateways
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.refunds import ask_for, store_refund
from marketplace.payments.services import finish_attempt, sweep_attempts
from tests.payments.hosted import Hosted, message, stripe_at
from tests.payments.test_stripe import hosted as _hosted
from tests.payments.test_stripe import pay_abroad
from tests.payments.thing import age, attempt

pytestmark = pytest.mark.services
CARD = {
    "type": "card",
    "card[number]": "4242424242424242",
    "card[exp_month]": "12",
    "card[exp_year]": "2040",
    "card[cvc]": "123",
}


class Remembering(Hosted):
    """Pages here, money there."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.there = httpx.Client(base_url=f"{url}/v1/", headers={"Authorization": "Bearer sk_test_x"})

    def pay(self, number: str, **changed) -> dict:
        card = self._post("payment_methods", CARD)["id"]
        session = self.sessions[number]
        asked = {"amount": session["amount_total"], "currency": session["currency"], "payment_method": card}
        intent = self._post("payment_intents", asked | {"confirm": "true"})
        assert intent["status"] == "succeeded"
        return super().pay(number, payment_intent=intent["id"], amount_total=intent["amount"], **changed)

    def given_back(self, intent: str) -> int:
        """In hundredths, as it stands there."""
        found = self.there.get("refunds", params={"payment_intent": intent, "limit": 100})
        return sum(one["amount"] for one in found.json()["data"])

    def _post(self, path: str, data: dict) -> dict:
        answer = self.there.post(path, data=data)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def _answer(self, method: str, path: str, sent: dict) -> tuple[int, dict]:
        if path != "refunds":
            return super()._answer(method, path, sent)
        answer = self.there.request(method, path, **{"params" if method == "get" else "data": sent})
        return answer.status_code, json.loads(answer.text)


@pytest.fixture
def there(monkeypatch, settings, db):
    if not os.environ.get("LOCALSTRIPE_URL"):
        pytest.skip("needs localstripe: python -m tests.services")
    _hosted.__wrapped__(monkeypatch, settings, db)
    remembering = Remembering(os.environ["LOCALSTRIPE_URL"])
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", lambda: stripe_at(remembering))
    yield remembering
    remembering.there.close()


def paid(there: Remembering, client) -> PaymentAttempt:
    """Paid on the page, told by a message, and the browser never returned."""
    pay_abroad()
    session = there.pay(attempt().authority)
    assert client.post("/pay/stripe/message/", **message("checkout.session.completed", session)).status_code == 200
    return attempt()


def test_from_page_to_message_to_the_end(there, finisher, client):
    one = paid(there, client)
    assert (one.state, one.amount_minor, finisher.told) == ("finished", 1_235, [("finish", 7)])
    assert one.reference.startswith("pi_")
    assert finish_attempt(one.number).state == "finished"


def test_parts_are_given_back_there_and_together_are_what_was_paid(there, finisher, client):
    one = paid(there, client)
    parts = [store_refund(attempt=one, amount_rial=rial, source=f"r:{rial}") for rial in (5_000_000, 7_345_001)]
    assert [ask_for(part).state for part in parts] == ["given", "given"]
    assert there.given_back(one.reference) == 1_235
    with pytest.raises(ValidationError):
        store_refund(attempt=one, amount_rial=1, source="r:more")
    assert there.given_back(one.reference) == 1_235


def test_a_refund_whose_answer_was_lost_is_not_given_twice_there(there, finisher, client):
    """It keeps no idempotency keys: only looking for our own number saves us."""
    one = paid(there, client)
    part = store_refund(attempt=one, amount_rial=5_000_000, source="r:1")
    there.lost.add("refunds")
    assert (ask_for(part).state, there.given_back(one.reference)) == ("sent", 500)
    there.lost.clear()
    there.keys.clear()
    assert (ask_for(part).state, there.given_back(one.reference)) == ("given", 500)


def test_what_may_not_be_handed_over_goes_back_there_once(there, finisher, client):
    finisher.refusal = ValidationError("sold", code="sold")
    one = paid(there, client)
    age(minutes=2)
    assert (one.state, sweep_attempts(), there.given_back(one.reference)) == ("reversed", 0, 1_235)
