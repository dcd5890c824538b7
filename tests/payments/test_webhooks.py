"""A gateway's message is never believed: forged or stale it changes nothing, once or ten times it ends in the same state."""

import time

import pytest
from django.urls import reverse

from marketplace.core.models import Notice
from marketplace.ledger.models import Entry
from marketplace.ledger.queries import balances
from marketplace.payments.audits import disputes_stand_in_the_books
from marketplace.payments.disputes import record_dispute_won
from marketplace.payments.models import GatewayEvent, PaymentAttempt, Refund
from marketplace.payments.refunds import ask_for, store_refund
from tests.payments.hosted import message
from tests.payments.test_stripe import hosted, paid, pay_abroad  # noqa: F401
from tests.payments.thing import attempt

ADDRESS = "/pay/stripe/message/"


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (PaymentAttempt, Refund, GatewayEvent, Notice)]


def paid_there(hosted) -> dict:  # noqa: F811
    """Paid on Stripe's page; nothing of it has reached us."""
    pay_abroad()
    return hosted.pay(attempt().authority)


def completed(hosted, number: str = "evt_1", **more) -> dict:  # noqa: F811
    return message("checkout.session.completed", hosted.sessions["cs_test_1"], number, **more)


def test_a_signed_message_makes_us_ask_and_finishes_once(hosted, finisher, client):  # noqa: F811
    paid_there(hosted)
    assert [client.post(ADDRESS, **completed(hosted)).status_code for _ in range(10)] == [200] * 10
    assert (attempt().state, finisher.told, hosted.calls["get checkout"]) == ("finished", [("finish", 7)], 1)
    assert GatewayEvent.objects.values_list("gateway", "event_id", "kind").get() == (
        "stripe",
        "evt_1",
        "checkout.session.completed",
    )


@pytest.mark.parametrize(
    "broken",
    [
        {"secret": "whsec_other"},
        {"at": time.time() - 301},
        {"headers": {}},
        {"headers": {"Stripe-Signature": "t=1,v1=aa"}},
        {"headers": {"Stripe-Signature": "nonsense"}},
        {"data": "[]"},
        {"data": "{"},
        {"data": '{"id": "evt_1"}'},
    ],
)
def test_what_stripe_did_not_sign_or_signed_long_ago_is_refused_and_changes_nothing(
    hosted,  # noqa: F811
    finisher,
    client,
    broken,
):
    paid_there(hosted)
    before = everything()
    signed = {key: broken[key] for key in ("secret", "at") if key in broken}
    posted = completed(hosted, **signed) | {key: broken[key] for key in ("headers", "data") if key in broken}
    assert client.post(ADDRESS, **posted).status_code == 400
    assert (everything(), hosted.calls["get checkout"], finisher.told) == (before, 0, [])


def test_a_signed_body_that_was_changed_on_its_way_is_refused(hosted, finisher, client):  # noqa: F811
    paid_there(hosted)
    before, posted = everything(), completed(hosted)
    posted["data"] = posted["data"].replace("cs_test_1", "cs_test_2")
    assert client.post(ADDRESS, **posted).status_code == 400
    assert everything() == before


def test_a_message_that_says_paid_of_what_was_not_paid_buys_nothing(hosted, finisher, client):  # noqa: F811
    pay_abroad()
    lie = hosted.sessions["cs_test_1"] | {"payment_status": "paid", "status": "complete"}
    assert client.post(ADDRESS, **message("checkout.session.completed", lie)).status_code == 200
    assert (attempt().state, finisher.told) == ("failed", [("give_up", 7)])


def test_messages_in_any_order_end_in_the_same_state(hosted, finisher, client):  # noqa: F811
    paid_there(hosted)
    session = hosted.sessions["cs_test_1"]
    for number, kind in enumerate(["checkout.session.expired", "charge.succeeded", "checkout.session.completed"]):
        assert client.post(ADDRESS, **message(kind, session, f"evt_{number}")).status_code == 200
    assert (attempt().state, finisher.told) == ("finished", [("finish", 7)])


def test_a_message_before_the_browser_returns_and_the_browser_after_it(hosted, finisher, client, monkeypatch):  # noqa: F811
    paid_there(hosted)
    monkeypatch.setattr(finisher, "page", lambda payable_id: "/done/", raising=False)
    client.post(ADDRESS, **completed(hosted))
    back = client.get(reverse("payments:callback", args=["en", attempt().number]), {"Authority": "cs_test_1"})
    assert (back.status_code, back.headers["Location"], finisher.told) == (302, "/done/", [("finish", 7)])


def test_a_message_that_overtakes_our_own_answer_is_sent_again(hosted, finisher, client):  # noqa: F811
    paid_there(hosted)
    PaymentAttempt.objects.update(state="stored", authority="")
    assert client.post(ADDRESS, **completed(hosted)).status_code == 503
    assert GatewayEvent.objects.get().done_at is None
    PaymentAttempt.objects.update(state="sent", authority="cs_test_1")
    assert client.post(ADDRESS, **completed(hosted)).status_code == 200
    assert (attempt().state, GatewayEvent.objects.get().done_at is None) == ("finished", False)


def test_a_message_whose_question_is_not_answered_is_sent_again(hosted, finisher, client):  # noqa: F811
    paid_there(hosted)
    hosted.down = True
    assert client.post(ADDRESS, **completed(hosted)).status_code == 503
    hosted.down = False
    assert (attempt().state, client.post(ADDRESS, **completed(hosted)).status_code, attempt().state) == (
        "sent",
        200,
        "finished",
    )


@pytest.mark.parametrize("session", [{"id": "cs_x", "client_reference_id": "PAY-OTHER"}, {"id": "cs_x"}])
def test_a_message_about_what_is_not_ours_changes_nothing(hosted, finisher, client, session):  # noqa: F811
    paid_there(hosted)
    assert client.post(ADDRESS, **message("checkout.session.completed", session)).status_code == 200
    assert (attempt().state, finisher.told) == ("sent", [])


def test_a_refund_that_ended_later_is_asked_about(hosted, finisher, client):  # noqa: F811
    part = store_refund(attempt=paid(hosted, finisher), amount_rial=1_000_000, source="r:1")
    hosted.lost.add("refunds")
    ask_for(part)
    hosted.lost.clear()
    assert client.post(ADDRESS, **message("refund.updated", hosted.refunds["re_1"])).status_code == 200
    part.refresh_from_db()
    assert (part.state, len(hosted.refunds)) == ("given", 1)


@pytest.fixture
def disputed(hosted, finisher, client, officer) -> PaymentAttempt:  # noqa: F811
    paid(hosted, finisher)
    officer.is_staff = True
    officer.save()
    hosted.disputes["dp_1"] = {"id": "dp_1", "object": "dispute", "payment_intent": "pi_cs_test_1"} | {
        "amount": 1_235,
        "status": "needs_response",
    }
    for number in range(3):
        answer = client.post(ADDRESS, **message("charge.dispute.created", hosted.disputes["dp_1"], f"evt_d{number}"))
        assert answer.status_code == 200
    return attempt()


def test_a_dispute_is_shown_to_a_person_once_and_stops_refunds(disputed, officer):
    assert (disputed.state, disputed.disputed_at is None) == ("finished", False)
    assert [notice.text_en for notice in Notice.objects.filter(user=officer)] == [
        f"The payer of {disputed.number} asked the bank for the money back. Answer at the gateway; nothing is refunded meanwhile."
    ]
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError) as error:
        store_refund(attempt=disputed, amount_rial=1_000_000, source="r:1")
    assert (error.value.code, Refund.objects.count()) == ("disputed", 0)


def test_a_dispute_that_was_won_lets_refunds_go_on(disputed, officer):
    assert record_dispute_won(attempt=disputed, by=officer) is True
    assert store_refund(attempt=disputed, amount_rial=1_000_000, source="r:1").state == "stored"


def told_of(hosted, client, status: str, number: str) -> tuple[dict[str, int], list[str]]:  # noqa: F811
    """After a message about the dispute: the books' balances that it moves, and what the audit says."""
    hosted.disputes["dp_1"]["status"] = status
    sent = message("charge.dispute.closed", hosted.disputes["dp_1"], number)
    assert client.post(ADDRESS, **sent).status_code == 200
    return balances(), list(disputes_stand_in_the_books())


def test_what_a_bank_took_stands_apart_until_it_is_decided(disputed):
    assert balances() == {"clearing:stripe": -12_345_001, "disputes": 12_345_001}
    assert list(disputes_stand_in_the_books()) == []
    PaymentAttempt.objects.update(disputed_at=None)
    assert list(disputes_stand_in_the_books()) == [
        f"Payment {disputed.number}, dispute dp_1: 12345001 rial stand at a bank, and the payment is not in dispute so."
    ]


def test_a_dispute_that_is_won_is_back_at_the_gateway_once(disputed, hosted, client):  # noqa: F811
    for number in ("evt_w1", "evt_w2"):
        assert told_of(hosted, client, "won", number) == ({}, [])
    assert (attempt().disputed_at, Entry.objects.count()) == (None, 2)
    assert told_of(hosted, client, "needs_response", "evt_late") == ({}, [])
    assert (attempt().disputed_at, Entry.objects.count()) == (None, 2)


def test_a_dispute_that_is_lost_is_borne_by_the_market_once_and_nothing_is_refunded(disputed, hosted, client):  # noqa: F811
    lost = {"clearing:stripe": -12_345_001, "losses": 12_345_001}
    for number in ("evt_l1", "evt_l2"):
        assert told_of(hosted, client, "lost", number) == (lost, [])
    assert (attempt().disputed_at is None, Entry.objects.count()) == (False, 2)


def test_a_bank_that_only_asks_took_nothing(disputed, hosted, client):  # noqa: F811
    hosted.disputes["dp_2"] = hosted.disputes["dp_1"] | {"id": "dp_2", "status": "warning_needs_response"}
    before = Entry.objects.count()
    assert (
        client.post(ADDRESS, **message("charge.dispute.created", hosted.disputes["dp_2"], "evt_q")).status_code == 200
    )
    assert (attempt().disputed_at is None, Entry.objects.count()) == (False, before)


def test_of_two_disputes_one_that_is_won_leaves_the_other_open(disputed, hosted, client):  # noqa: F811
    hosted.disputes["dp_2"] = hosted.disputes["dp_1"] | {"id": "dp_2", "amount": 235}
    assert (
        client.post(ADDRESS, **message("charge.dispute.created", hosted.disputes["dp_2"], "evt_2")).status_code == 200
    )
    there, said = told_of(hosted, client, "won", "evt_w")
    part = 235 * 12_345_001 // 1_235
    assert (there, said) == ({"clearing:stripe": -part, "disputes": part}, [])
    assert attempt().disputed_at is not None


def test_while_stripe_is_off_its_address_is_not_there(client, db):
    answer = client.post(ADDRESS, **message("checkout.session.completed", {"id": "cs_1"}))
    assert (answer.status_code, GatewayEvent.objects.count()) == (404, 0)


def test_only_posts_are_messages(hosted, client):  # noqa: F811
    assert client.get(ADDRESS).status_code == 405


def test_a_buyer_who_turns_back_comes_with_our_own_proof(hosted, finisher, client, monkeypatch):  # noqa: F811
    pay_abroad()
    monkeypatch.setattr(finisher, "page", lambda payable_id: "/done/", raising=False)
    page = reverse("payments:callback", args=["en", attempt().number])
    back = hosted.seen[0][1]["cancel_url"].partition("?")[2]
    assert client.get(f"{page}?Proof=wrong").status_code == 404
    assert attempt().state == "sent"
    assert (client.get(f"{page}?{back}").status_code, attempt().state) == (302, "failed")
