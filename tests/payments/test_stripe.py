"""Stripe by its own library: what is sent, what an answer means, and that the rial never goes there."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError

from marketplace.payments import gateways
from marketplace.payments.gateways.base import GatewayDown, GatewayRefused, Part, Payer
from marketplace.payments.models import ForeignRate, PaymentAttempt, Refund
from marketplace.payments.refunds import ask_for, store_refund
from marketplace.payments.services import finish_attempt, start_attempt, sweep_attempts
from tests.payments.hosted import Hosted, stripe_at
from tests.payments.sandbox import says
from tests.payments.thing import age, attempt

ABROAD = {"currency": "EUR", "buyer": "abroad"}


@pytest.fixture
def hosted(monkeypatch, settings, db) -> Hosted:
    hosted = Hosted()
    settings.PAYMENT_GATEWAY = "sandbox,stripe"
    monkeypatch.setitem(gateways.GATEWAYS, "stripe", lambda: stripe_at(hosted))
    ForeignRate.objects.create(
        currency="EUR", rial_per_unit="1000000", valid_from=date(2020, 1, 1), source="a test's own number"
    )
    return hosted


def pay_abroad(**more):
    facts = {"payable_kind": "thing", "payable_id": 7, "amount_rial": 12_345_001, "description": "Order 1"} | ABROAD
    return start_attempt(
        **facts | more, callback_url="https://shop.example/pay/en/{attempt}/", payer=Payer(email="b@example.org")
    )


def paid(hosted, finisher, **changed) -> PaymentAttempt:
    pay_abroad()
    hosted.pay(attempt().authority, **changed)
    return finish_attempt(attempt().number)


def test_a_request_names_price_currency_and_our_number_and_carries_it_as_key(hosted, finisher):
    redirect = pay_abroad()
    kept = attempt()
    assert redirect.url == "https://checkout.stripe.example/cs_test_1"
    assert (kept.state, kept.currency, kept.amount_minor, kept.amount_rial) == ("sent", "EUR", 1_235, 12_345_001)
    assert (kept.rate, kept.rate_source) == (1_000_000, "a test's own number (2020-01-01)")
    [(call, sent, key)] = hosted.seen
    assert (call, key) == ("post checkout/sessions", kept.number)
    assert sent["line_items[0][price_data][unit_amount]"] == "1235"
    assert sent["line_items[0][price_data][currency]"] == "eur"
    assert (sent["client_reference_id"], sent["metadata[attempt]"]) == (kept.number, kept.number)
    assert sent["success_url"] == f"https://shop.example/pay/en/{kept.number}/?Authority={{CHECKOUT_SESSION_ID}}"
    assert not any("12345001" in value for value in sent.values())


def test_without_a_rate_nothing_is_stored_or_asked(hosted, finisher):
    ForeignRate.objects.update(valid_from=date(2999, 1, 1))
    with pytest.raises(ValidationError) as error:
        pay_abroad()
    assert (error.value.code, PaymentAttempt.objects.count(), hosted.seen) == ("no_rate", 0, [])


@pytest.mark.parametrize(
    "attempt",
    [
        PaymentAttempt(number="PAY-1", amount_rial=1_000_000),
        PaymentAttempt(number="PAY-1", amount_rial=1_000_000, currency="IRR", amount_minor=1_000_000),
        PaymentAttempt(number="PAY-1", amount_rial=1_000_000, currency="USD", amount_minor=100),
        PaymentAttempt(
            number="PAY-1", amount_rial=1_000_000, currency="EUR", amount_minor=100, split=[Part("", 1, "")]
        ),
    ],
)
def test_rial_another_currency_and_a_split_never_go_to_stripe(hosted, attempt):
    with pytest.raises(GatewayRefused) as error:
        stripe_at(hosted, currencies=("IRR", "EUR")).request(
            attempt, callback_url="https://shop.example/", description="x", payer=Payer()
        )
    assert (error.value.code, hosted.seen) == ("currency", [])


def test_paid_finishes_once_and_keeps_the_reference(hosted, finisher):
    assert paid(hosted, finisher).state == "finished"
    assert [finish_attempt(attempt().number).state for _ in range(2)] == ["finished"] * 2
    assert (attempt().reference, finisher.told) == ("pi_cs_test_1", [("finish", 7)])


@pytest.mark.parametrize(
    ("changed", "paid_rial"),
    [
        ({"amount_total": 1_234}, 12_340_000),
        ({"amount_total": 12_350}, 123_500_000),
        ({"currency": "usd"}, None),
        ({"client_reference_id": "PAY-OTHER"}, 12_350_000),
        ({"payment_status": "no_payment_required"}, 12_350_000),
    ],
)
def test_another_amount_currency_or_payment_waits_for_a_person(hosted, finisher, changed, paid_rial):
    assert paid(hosted, finisher, **changed).state == "suspense"
    assert (attempt().reason_code, attempt().paid_rial) == ("amount_mismatch", paid_rial)
    assert (finisher.told, hosted.calls["post refunds"]) == ([("refuse", 7, "amount_mismatch")], 0)


def test_a_buyer_who_turned_back_has_not_paid_and_may_still(hosted, finisher):
    pay_abroad()
    assert (finish_attempt(attempt().number).state, attempt().code) == ("failed", "open")
    hosted.pay("cs_test_1")
    assert finish_attempt(attempt().number).state == "finished"
    assert finisher.told == [("give_up", 7), ("finish", 7)]


def test_a_payment_that_is_on_its_way_concludes_nothing(hosted, finisher):
    pay_abroad()
    hosted.pay("cs_test_1", payment_status="unpaid")
    with pytest.raises(GatewayDown):
        finish_attempt(attempt().number)
    assert (attempt().state, finisher.told) == ("sent", [])


def test_no_answer_concludes_nothing_and_the_sweeper_finds_it(hosted, finisher):
    pay_abroad()
    hosted.pay("cs_test_1")
    hosted.down = True
    with pytest.raises(GatewayDown):
        finish_attempt(attempt().number)
    hosted.down = False
    assert (sweep_attempts(), attempt().state) == (1, "finished")


def test_a_lost_answer_to_the_request_is_a_failed_attempt_and_a_new_one_has_a_new_key(hosted, finisher):
    hosted.lost.add("checkout/sessions")
    with pytest.raises(GatewayDown):
        pay_abroad()
    hosted.lost.clear()
    pay_abroad()
    assert len({key for _call, _sent, key in hosted.seen}) == 2
    assert sorted(PaymentAttempt.objects.values_list("state", flat=True)) == ["failed", "sent"]


def test_parts_are_given_back_once_each_and_together_exactly_what_was_paid(hosted, finisher):
    whole = paid(hosted, finisher)
    parts = [
        store_refund(attempt=whole, amount_rial=rial, source=f"r:{nth}")
        for nth, rial in enumerate((4_115_000, 4_115_001, 4_115_000))
    ]
    assert [ask_for(part).state for part in parts] == ["given"] * 3
    assert sum(one["amount"] for one in hosted.refunds.values()) == 1_235
    assert [key for call, _sent, key in hosted.seen if call == "post refunds"] == [part.number for part in parts]


def test_a_refund_whose_answer_was_lost_is_found_by_its_number_even_when_its_key_is_forgotten(hosted, finisher):
    part = store_refund(attempt=paid(hosted, finisher), amount_rial=1_000_000, source="r:1")
    hosted.lost.add("refunds")
    assert ask_for(part).state == "sent"
    hosted.lost.clear()
    hosted.keys.clear()
    assert (ask_for(part).state, len(hosted.refunds)) == ("given", 1)


def test_a_refund_that_stripe_took_on_is_asked_about_until_it_ends(hosted, finisher):
    part = store_refund(attempt=paid(hosted, finisher), amount_rial=1_000_000, source="r:1")
    hosted._answer, answer = lambda *call: _pending(answer(*call)), hosted._answer
    assert ask_for(part).state == "sent"
    hosted._answer = answer
    assert ask_for(part).state == "given"
    assert len(hosted.refunds) == 1


def _pending(answer: tuple[int, dict]) -> tuple[int, dict]:
    status, body = answer
    return status, body | {"status": "pending"} if body.get("object") == "refund" else body


def test_a_refund_that_failed_at_the_bank_is_paid_by_a_person(hosted, finisher):
    part = store_refund(attempt=paid(hosted, finisher), amount_rial=1_000_000, source="r:1")
    hosted.refunds["re_1"] = {
        "id": "re_1",
        "object": "refund",
        "amount": 100,
        "payment_intent": "pi_cs_test_1",
        "metadata": {"refund": part.number},
        "status": "failed",
    }
    Refund.objects.update(state="sent")
    part.refresh_from_db()
    assert (ask_for(part).state, part.code) == ("by_hand", "failed")


def test_what_was_given_back_in_the_panel_is_left_to_a_person(hosted, finisher):
    part = store_refund(attempt=paid(hosted, finisher), amount_rial=12_345_001, source="r:1")
    hosted.sessions["cs_test_1"]["amount_total"] = 0
    assert (ask_for(part).state, part.code) == ("by_hand", "charge_already_refunded")


def test_what_may_not_be_handed_over_goes_back_whole_and_once(hosted, finisher):
    finisher.refusal = ValidationError("sold", code="sold")
    assert paid(hosted, finisher).state == "reversed"
    age(minutes=2)
    assert (sweep_attempts(), [one["amount"] for one in hosted.refunds.values()]) == (0, [1_235])


def test_which_gateway_is_offered_depends_on_currency_and_buyer(hosted, gateway):
    def names(**asked):
        return [one.name for one in gateways.offered(**asked)]

    assert (names(), names(**ABROAD), names(currency="USD", buyer="abroad")) == (["sandbox"], ["stripe"], [])
    assert gateways.chosen(**ABROAD).name == "stripe"
    with pytest.raises(ImproperlyConfigured):
        gateways.chosen("stripe")


@pytest.mark.parametrize("missing", ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET", "STRIPE_CURRENCIES"])
def test_stripe_is_off_until_all_of_it_is_configured(settings, missing):
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_CURRENCIES = "sk", "whsec", ["EUR"]
    setattr(settings, missing, type(getattr(settings, missing))())
    with pytest.raises(ImproperlyConfigured, match=missing):
        gateways.by_name("stripe")


def test_stripe_is_not_among_what_is_offered_by_default(gateway):
    assert [one.name for one in gateways.offered()] == ["sandbox"]
    assert gateways.offered(**ABROAD) == []
    gateway.transport = says(-12)
