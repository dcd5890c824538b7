"""What gateways and their messages do wrong: twice, too early, too late, forged, another amount, no answer."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone

from marketplace.checkout.models import Purchase
from marketplace.checkout.services import send_to_gateway
from marketplace.checkout.sweeper import sweep
from marketplace.core import clock
from marketplace.ledger import payouts
from marketplace.ledger.models import Entry
from marketplace.order.models import Order
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.payments.gateways.base import GatewayDown
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import finish_attempt
from tests.checkout.crowd import at_once
from tests.checkout.sale import allocated, purchase_of
from tests.faults.processes import Child
from tests.faults.test_killed import IBAN, PRICE, charged, later, sold_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
CALLBACK = "http://testserver/pay/fa/{attempt}/"


def states() -> list[str]:
    return list(PaymentAttempt.objects.order_by("pk").values_list("state", flat=True))


def test_callbacks_twice_and_ten_at_once_are_one_order(workshop_offer, contact, bank, client):
    number, back = charged(workshop_offer, contact, bank)
    became = at_once(*[lambda: finish_attempt(number).state] * 10)
    assert [one for one in became if isinstance(one, Exception)] == []
    assert client.get(back).headers["location"] == client.get(back).headers["location"]
    sold_once(workshop_offer)
    assert Entry.objects.filter(source=number).count() == 1


def test_processes_that_call_back_at_once_make_one_order(workshop_offer, contact, bank):
    _number, back = charged(workshop_offer, contact, bank)
    children = [Child("call back", back) for _nth in range(3)]
    assert len({child.result() for child in children}) == 1
    sold_once(workshop_offer)


def test_with_its_condition_off_a_state_that_two_callbacks_saw_is_written_twice(
    workshop_offer, contact, bank, end, monkeypatch
):
    """The conditional update is what makes one of ten the first: without it each believes so, and only the purchase's own
    condition is left to refuse the others, which gives back the money of an order that stands."""
    number, _back = charged(workshop_offer, contact, bank)

    def blindly(attempt, froms, to, **facts) -> bool:
        attempt.state = to
        PaymentAttempt.objects.filter(pk=attempt.pk).update(state=to, updated_at=timezone.now(), **facts)
        return True

    monkeypatch.setattr("marketplace.payments.services.move", blindly)
    monkeypatch.setattr("marketplace.payments.reversal.move", blindly)
    became = at_once(*[lambda: finish_attempt(number).state] * 10)
    assert Counter(map(str, became)) != {"finished": 10}
    end.broken = True


def test_a_callback_of_an_older_attempt_after_a_newer_one_was_paid_gives_the_second_money_back(
    workshop_offer, contact, bank, client
):
    purchase = purchase_of(workshop_offer, contact)
    older, newer = (send_to_gateway(purchase=purchase, callback_url=CALLBACK).url for _nth in range(2))
    client.get(bank.press(newer))
    assert states() == ["sent", "finished"]
    client.get(bank.press(older))
    assert (states(), Order.objects.count(), allocated(workshop_offer)) == (["reversed", "finished"], 1, 1)


def test_two_windows_that_pay_at_once_are_one_order_and_one_payment_back(workshop_offer, contact, bank):
    purchase = purchase_of(workshop_offer, contact)
    for address in [send_to_gateway(purchase=purchase, callback_url=CALLBACK).url for _nth in range(2)]:
        bank.press(address)
    numbers = PaymentAttempt.objects.values_list("number", flat=True)
    at_once(*(lambda number=number: finish_attempt(number).state for number in numbers))
    assert (sorted(states()), Order.objects.count()) == (["finished", "reversed"], 1)


def test_finished_before_the_browser_returns_the_browser_sees_the_order(workshop_offer, contact, bank, client):
    number, back = charged(workshop_offer, contact, bank)
    assert Child("finish", number).result() == "finished"
    assert Order.objects.get().number in client.get(back).headers["location"]
    sold_once(workshop_offer)


def test_a_callback_forged_with_anothers_authority_changes_nothing(workshop_offer, contact, bank, client):
    purchase = purchase_of(workshop_offer, contact)
    send_to_gateway(purchase=purchase, callback_url=CALLBACK)
    mine = PaymentAttempt.objects.get()
    _other, others_way = charged(workshop_offer, contact, bank)
    forged = f"/pay/fa/{mine.number}/?{others_way.partition('?')[2]}"
    before = list(PaymentAttempt.objects.order_by("pk").values())
    assert client.get(forged).status_code == 404
    assert (list(PaymentAttempt.objects.order_by("pk").values()), Order.objects.count()) == (before, 0)


@pytest.mark.parametrize("paid", [PRICE // 10, PRICE * 10, PRICE - 1])
def test_another_amount_sells_nothing_and_waits_for_a_person(workshop_offer, contact, gateway, paid):
    purchase = purchase_of(workshop_offer, contact)
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OTHER", paid)
    attempt = finish_attempt(PaymentAttempt.objects.get().number)
    assert (attempt.state, attempt.paid_rial, Order.objects.count()) == ("suspense", paid, 0)


def test_an_answer_that_was_lost_after_the_payment_was_taken_is_found_by_the_sweeper(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    gateway.wire.loses.add("verify")
    with pytest.raises(GatewayDown):
        finish_attempt(PaymentAttempt.objects.get().number)
    assert (states(), Order.objects.count()) == (["sent"], 0)
    gateway.wire.loses.clear()
    later()
    assert [sweep(), sweep()] == [(1, 0), (0, 0)]
    sold_once(workshop_offer)


def test_a_request_whose_answer_was_lost_is_made_again_and_paid_once(workshop_offer, contact, gateway):
    purchase = purchase_of(workshop_offer, contact)
    gateway.wire.loses.add("request")
    with pytest.raises(GatewayDown):
        send_to_gateway(purchase=purchase, callback_url=CALLBACK)
    gateway.wire.loses.clear()
    gateway.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url, "OK")
    finish_attempt(PaymentAttempt.objects.latest("pk").number)
    assert (states(), Order.objects.count(), allocated(workshop_offer)) == (["failed", "finished"], 1, 1)


def test_held_in_the_old_year_paid_and_settled_in_the_new_one(workshop_offer, contact, bank):
    """The last day of 1405 and Nowruz 1406: held before, ordered after midnight, paid out on the second day."""
    last_day, nowruz = date(2027, 3, 20), date(2027, 3, 21)
    clock.set_today(last_day)
    number, _back = charged(workshop_offer, contact, bank)
    clock.set_today(nowruz)
    assert Child("finish", number).result() == "finished"
    sold_once(workshop_offer)
    assert Entry.objects.get(source=number).on == nowruz
    verify_iban(seller=set_iban(seller=workshop_offer.partner, iban=IBAN, owner="رضا کرمانی"), on=nowruz)
    settled = nowruz + timedelta(days=1)
    clock.set_today(settled)
    item = payouts.prepare(on=settled).payout.items.get()
    payouts.confirm(item=item, on=settled)
    assert Entry.objects.filter(on=settled).count() == 2
    assert Purchase.objects.get().state == "ordered"
