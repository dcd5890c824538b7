"""Money goes back once, never more than came, and what the gateway cannot give any more waits for a person."""

from datetime import timedelta

import httpx
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from marketplace.ledger.models import Entry
from marketplace.payments import gateways, told
from marketplace.payments.gateways.sandbox import sandbox
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.refunds import ask_for, record_found, record_given_by_hand, store_refund, sweep_refunds
from marketplace.payments.services import finish_attempt
from tests.payments.sandbox import DOWN
from tests.payments.thing import attempt, start

IBAN = "IR820540102680020817909002"
HALF_HOUR = 31 * 60


@pytest.fixture
def paid(finisher, gateway) -> PaymentAttempt:
    """100,000 rial, paid and handed over."""
    gateway.press(start(100_000).url, "OK")
    return finish_attempt(attempt().number)


def ledger() -> list[tuple]:
    """What the books say: source, event, and the rial by account, of every entry in its order."""
    return [
        (one.source, one.event, {leg.account.code: leg.amount_rial for leg in one.postings.select_related("account")})
        for one in Entry.objects.order_by("pk")
    ]


def moved(from_account: str, to_account: str, rial: int) -> dict[str, int]:
    """A debit and a credit."""
    return {from_account: rial, to_account: -rial}


def refund(paid, rial: int, source: str = "return:1") -> Refund:
    return store_refund(attempt=paid, amount_rial=rial, source=source)


def refunded_at(gateway) -> int:
    return gateway.app.book.find(attempt().authority).refunded_rial


def late(gateway) -> None:
    """More than half an hour after the payment."""
    now = gateway.app.book.now()
    gateway.app.book.now = lambda: now + HALF_HOUR


def age(**by) -> None:
    Refund.objects.update(updated_at=timezone.now() - timedelta(**by))


def test_a_part_is_stored_then_asked_for_then_given_once(paid, gateway):
    part = refund(paid, 30_000)
    assert (part.state, attempt().refunded_rial, gateway.wire.calls["graphql"]) == ("stored", 30_000, 0)
    assert [ask_for(part).state for _ in range(3)] == ["given"] * 3
    assert (part.code, part.reference, refunded_at(gateway)) == ("refunded", "1", 30_000)
    assert gateway.wire.calls["graphql"] == 2  # the payment is looked up, then refunded
    assert ledger() == [(paid.number, f"given:{part.number}", moved("refunds", "clearing:sandbox", 30_000))]
    assert (sweep_refunds(), attempt().state) == (0, "finished")


def test_the_whole_goes_back_by_a_reversal_within_half_an_hour_and_by_a_refund_after(paid, gateway):
    assert ask_for(refund(paid, 100_000)).code == "reversed"
    assert (gateway.wire.calls["reverse"], gateway.app.book.find(attempt().authority).state) == (1, "reversed")


def test_the_whole_goes_back_by_a_refund_when_a_reversal_is_too_late(paid, gateway):
    late(gateway)
    assert (ask_for(refund(paid, 100_000)).code, refunded_at(gateway)) == ("refunded", 100_000)


def test_the_same_cause_gets_one_refund_however_often_it_asks(paid):
    first = refund(paid, 30_000)
    assert refund(paid, 30_000).pk == first.pk
    with pytest.raises(ValidationError) as error:
        refund(paid, 40_000)
    assert error.value.code == "refund_changed"
    assert (Refund.objects.count(), attempt().refunded_rial) == (1, 30_000)


@pytest.mark.parametrize(("rial", "code"), [(0, "refund_amount"), (-1, "refund_amount"), (70_001, "refund_too_much")])
def test_no_more_goes_back_than_came(paid, rial, code):
    refund(paid, 30_000)
    with pytest.raises(ValidationError) as error:
        refund(paid, rial, "return:2")
    assert error.value.code == code
    assert (Refund.objects.count(), attempt().refunded_rial) == (1, 30_000)


@pytest.mark.parametrize("state", ["stored", "sent", "paid", "failed", "reversing", "reversed"])
def test_only_money_that_stays_with_us_is_given_back(paid, state):
    PaymentAttempt.objects.update(state=state)
    with pytest.raises(ValidationError) as error:
        refund(paid, 30_000)
    assert (error.value.code, Refund.objects.count(), attempt().refunded_rial) == ("not_refundable", 0, 0)


def test_a_refund_whose_answer_was_lost_is_found_and_not_given_twice(paid, gateway):
    part = refund(paid, 30_000)
    lose_only_the_mutation(gateway)
    assert (ask_for(part).state, refunded_at(gateway)) == ("sent", 30_000)
    gateway.transport = gateway.wire
    assert sweep_refunds() == 0
    age(minutes=2)
    assert (sweep_refunds(), sweep_refunds(), refunded_at(gateway)) == (1, 0, 30_000)
    part.refresh_from_db()
    assert (part.state, part.code) == ("given", "found")


def lose_only_the_mutation(gateway) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        said = gateway.wire.handle_request(request)
        if b"AddRefund(" in request.content:
            raise httpx.ReadTimeout("lost", request=request)
        return said

    gateway.transport = httpx.MockTransport(answer)


def test_a_refund_that_never_reached_the_gateway_is_asked_for_again(paid, gateway):
    part = refund(paid, 30_000)
    gateway.transport = DOWN
    assert ask_for(part).state == "sent"
    gateway.transport = gateway.wire
    age(minutes=2)
    assert (sweep_refunds(), refunded_at(gateway)) == (1, 30_000)


def test_refunds_of_one_payment_are_asked_for_one_after_another(paid, gateway):
    first, second = refund(paid, 30_000), refund(paid, 40_000, "return:2")
    assert (ask_for(second).state, refunded_at(gateway)) == ("stored", 0)
    assert (ask_for(first).state, ask_for(second).state, refunded_at(gateway)) == ("given", "given", 70_000)


def test_a_refund_that_somebody_else_gave_meanwhile_is_shown_to_a_person(paid, gateway, buyer):
    part = refund(paid, 30_000)
    gateway.transport = DOWN
    ask_for(part)
    gateway.transport = gateway.wire
    gateway.app.book.refund(gateway.app.book.find(attempt().authority), 25_000, "in the panel")
    age(minutes=2)
    assert sweep_refunds() == 1
    part.refresh_from_db()
    assert (part.state, part.code, refunded_at(gateway)) == ("suspense", "other_amount", 25_000)
    assert record_found(refund=part, given=False, by=buyer).state == "by_hand"


def without_token(monkeypatch, gateway) -> None:
    monkeypatch.setitem(gateways.GATEWAYS, "sandbox", lambda: sandbox(transport=gateway.transport, refunds=None))


def test_what_the_gateway_gives_back_no_more_is_paid_by_a_person_to_an_iban(paid, gateway, buyer, monkeypatch):
    without_token(monkeypatch, gateway)
    part = ask_for(refund(paid, 30_000))
    assert (part.state, part.code, ledger(), sweep_refunds()) == ("by_hand", "no_access_token", [], 0)
    with pytest.raises(ValidationError) as error:
        record_given_by_hand(refund=part, iban="IR000000000000000000000001", holder="Buyer", reference="1", by=buyer)
    assert (error.value.code, Refund.objects.get().state) == ("bad_iban", "by_hand")
    given = record_given_by_hand(refund=part, iban=IBAN, holder="Buyer", reference="77", by=buyer)
    assert (given.state, given.iban, given.reference, given.by) == ("given", IBAN, "77", buyer)
    assert ledger() == [(paid.number, f"given:{part.number}", moved("refunds", "bank", 30_000))]
    with pytest.raises(ValidationError) as error:
        record_given_by_hand(refund=part, iban=IBAN, holder="Buyer", reference="78", by=buyer)
    assert (error.value.code, Refund.objects.get().reference, len(ledger())) == ("refund_closed", "77", 1)


def test_less_than_the_gateways_least_refund_is_paid_by_hand(paid):
    assert (ask_for(refund(paid, 19_999)).state, attempt().refunded_rial) == ("by_hand", 19_999)


def test_a_gateway_that_stays_silent_for_two_days_leaves_the_refund_to_a_person(paid, gateway):
    refund(paid, 30_000)
    gateway.transport = DOWN
    age(minutes=2)
    assert sweep_refunds() == 0
    Refund.objects.update(
        created_at=timezone.now() - timedelta(days=2), updated_at=timezone.now() - timedelta(minutes=2)
    )
    assert (sweep_refunds(), Refund.objects.get().state, Refund.objects.get().code) == (1, "suspense", "down")


def test_money_of_another_amount_goes_back_as_far_as_it_came(finisher, gateway):
    gateway.press(start(100_000).url, "OTHER", amount=10_000)
    held = finish_attempt(attempt().number)
    with pytest.raises(ValidationError) as error:
        refund(held, 10_001)
    assert error.value.code == "refund_too_much"
    part = refund(held, 10_000)
    assert ledger() == [
        (held.number, "suspense", moved("clearing:sandbox", "suspense", 10_000)),
        (held.number, f"resolved:{part.number}", moved("suspense", "refunds", 10_000)),
    ]


def test_what_was_refused_is_owed_and_then_given(finisher, gateway):
    gateway.press(start(100_000).url, "OK")
    finisher.refusal = ValidationError("sold", code="sold")
    number = attempt().number
    assert finish_attempt(number).state == "reversed"
    assert ledger() == [
        (number, "refused", moved("clearing:sandbox", "refunds", 100_000)),
        (number, "reversed", moved("refunds", "clearing:sandbox", 100_000)),
    ]


def test_storing_and_counting_are_one(paid, monkeypatch):
    monkeypatch.setattr(told, "refund_stored", lambda refund: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        refund(paid, 30_000)
    assert (Refund.objects.count(), attempt().refunded_rial) == (0, 0)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE payments_paymentattempt SET refunded_rial = 100001",
        "UPDATE payments_paymentattempt SET refunded_rial = 0",
        "UPDATE payments_refund SET amount_rial = 1",
        "UPDATE payments_refund SET state = 'stored' WHERE state = 'given'",
        "DELETE FROM payments_refund",
        "DELETE FROM payments_paymentattempt",
        "INSERT INTO payments_refund (number, attempt_id, source, amount_rial, before_rial, state, code, reference, iban, holder,"
        " created_at, updated_at) SELECT 'REF-2', attempt_id, 'x', 1, 30000, 'stored', '', '', '', '', created_at, updated_at"
        " FROM payments_refund",
    ],
)
def test_the_database_lets_nobody_give_back_more_or_rewrite_a_refund(paid, sql):
    ask_for(refund(paid, 30_000))
    before = (list(Refund.objects.values()), list(PaymentAttempt.objects.values()))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert (list(Refund.objects.values()), list(PaymentAttempt.objects.values())) == before
