"""Processes killed (-9) in the middle of a sale, of giving money back and of paying makers: what was begun is ended once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.checkout.models import Purchase
from marketplace.checkout.services import send_to_gateway
from marketplace.checkout.sweeper import sweep
from marketplace.ledger import payouts
from marketplace.ledger.models import Payout, PayoutItem
from marketplace.order.models import Order
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.payments.models import PaymentAttempt, Refund
from tests.cast import DAY
from tests.checkout.sale import allocated, purchase_of
from tests.faults.processes import Child, killed

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]
CALLBACK = "http://testserver/pay/fa/{attempt}/"
IBAN = "IR062960000000100324200001"
PRICE = 180_000_000


def charged(offer, contact, bank) -> tuple[str, str]:
    """A purchase paid at the gateway of which we know nothing yet: the attempt's number and the way back."""
    purchase = purchase_of(offer, contact)
    back = bank.press(send_to_gateway(purchase=purchase, callback_url=CALLBACK).url)
    return PaymentAttempt.objects.latest("pk").number, back


def later() -> None:
    """Minutes passed, as far as the sweeper is concerned."""
    PaymentAttempt.objects.update(updated_at=timezone.now() - timedelta(minutes=16))
    Refund.objects.update(updated_at=timezone.now() - timedelta(minutes=16))


def sold_once(offer) -> None:
    assert (Order.objects.count(), PaymentAttempt.objects.get().state) == (1, "finished")
    assert (Purchase.objects.get().state, allocated(offer)) == ("ordered", 1)


@pytest.mark.parametrize(
    ("place", "left"),
    [("charged, not written", "sent"), ("paid, not ordered", "paid"), ("ordered, not committed", "paid")],
)
def test_killed_after_the_charge_and_before_the_order_the_sweeper_makes_one_order(
    workshop_offer, contact, bank, place, left
):
    number, _back = charged(workshop_offer, contact, bank)
    killed("finish", number, halt=place)
    assert (Order.objects.count(), PaymentAttempt.objects.get().state) == (0, left)
    later()
    assert [sweep(), sweep()] == [(1, 0), (0, 0)]
    sold_once(workshop_offer)


def test_killed_after_the_commit_and_before_the_reply_the_buyer_comes_again_to_the_same_order(
    workshop_offer, contact, bank
):
    _number, back = charged(workshop_offer, contact, bank)
    killed("call back", back, halt="committed, not replied")
    sold_once(workshop_offer)
    assert Order.objects.get().number in Child("call back", back).result()
    sold_once(workshop_offer)


def paid_order(offer, contact, bank) -> PaymentAttempt:
    number, _back = charged(offer, contact, bank)
    assert Child("finish", number).result() == "finished"
    return PaymentAttempt.objects.get()


def test_a_worker_killed_while_refused_money_goes_back_gives_it_back_once(change, contact, bank):
    number, _back = charged(change.offer, contact, bank)
    change.happens()
    killed("finish", number, halt="refused, not given back")
    assert (Order.objects.count(), PaymentAttempt.objects.get().state) == (0, "reversing")
    later()
    assert sweep() == (1, 0)
    assert (PaymentAttempt.objects.get().state, allocated(change.offer)) == ("reversed", 0)


def test_a_worker_killed_while_a_file_for_the_bank_is_made_leaves_no_file_and_the_next_holds_the_money_once(
    workshop_offer, contact, bank
):
    paid_order(workshop_offer, contact, bank)
    verify_iban(seller=set_iban(seller=workshop_offer.partner, iban=IBAN, owner="رضا کرمانی"), on=DAY)
    killed("pay makers", DAY.isoformat(), halt="payout begun, not committed")
    assert (Payout.objects.count(), PayoutItem.objects.count()) == (0, 0)
    prepared = payouts.prepare(on=DAY)
    assert prepared.payout.items.get().seller_id == workshop_offer.partner_id
