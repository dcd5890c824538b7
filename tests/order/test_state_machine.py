"""Order, cancel, refund, return and settle in any order, by two makers, with discounts: the books always balance, every audit is silent.

`make test` makes 10 runs of 15 steps, always the same ones; on PostgreSQL there are 20 of 40 beside them. The seed is printed:
MONEY_MACHINE_SEED chooses another, MONEY_MACHINE_RUNS how many runs.
"""

import os
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.ledger.models import CommissionRule, CommissionTax
from marketplace.order import money
from marketplace.order.money import Share, whole
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.partner.models import StockRecord
from marketplace.payments import gateways
from tests.cast import DAY
from tests.ledger.conftest import IBAN, OTHER_IBAN
from tests.offer.discounts import a_range, an_offer
from tests.order.closing import closing
from tests.order.machine import MoneyMachine
from tests.order.teller import Teller
from tests.shipping.carriers import post  # noqa: F401

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("MONEY_MACHINE_SEED", "2"))
RUNS = int(os.environ.get("MONEY_MACHINE_RUNS", "10"))


@pytest.fixture
def machine(workshop_offer, foreign_tray, contact, officer, post, settings, monkeypatch):  # noqa: F811
    """Prices that divide by nothing, a commission and its tax, and two discounts."""
    tray = foreign_tray.stockrecords.get()
    for offer, price in ((workshop_offer, 1_000_003), (tray, 70_001)):
        StockRecord.objects.filter(pk=offer.pk).update(price=price, num_in_stock=5_000)
    for offer, iban in ((workshop_offer, IBAN), (tray, OTHER_IBAN)):
        verify_iban(seller=set_iban(seller=offer.partner, iban=iban, owner="رضا"), on=DAY)
    CommissionRule.objects.create(position=1, share_bp=733, valid_from=DAY)
    CommissionTax.objects.create(share_bp=1000, valid_from=DAY, source="test")
    an_offer(a_range(workshop_offer.product), value=7)
    an_offer(a_range(includes_all_products=True), value=13, max_basket_applications=1)
    teller = Teller()
    monkeypatch.setitem(gateways.GATEWAYS, "sandbox", lambda: teller)
    world = SimpleNamespace(
        offers=(workshop_offer.pk, tray.pk),
        sellers=(workshop_offer.partner, tray.partner),
        contact=contact,
        officer=officer,
        settings=settings,
        gateway=teller,
        did=set(),
    )
    monkeypatch.setattr(MoneyMachine, "world", world, raising=False)
    return MoneyMachine


def drive(machine: type[MoneyMachine], *, runs: int, steps: int = 15, start: int = SEED) -> None:
    manner = settings(
        deadline=None, database=None, phases=[Phase.generate], report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck), max_examples=runs, stateful_step_count=steps,
    )  # fmt: skip
    run_state_machine_as_test(seed(start)(machine), settings=manner)


def test_whatever_happens_no_rial_is_lost(machine):
    print(f"MONEY_MACHINE_SEED={SEED}: {RUNS} runs of 15 steps")
    drive(machine, runs=RUNS)


KINDS = {
    "bought finished", "bought finished split", "bought failed", "bought suspense", "cancelled by buyer",
    "cancelled by seller", "return: accept", "return: refuse", "return: dispute", "return: receive",
    "paid by hand", "looked up", "resolved", "paid out", "confirmed", "failed", "refused reversed", "refused suspense",
    "refused reversing", "reversed later", "dispute won", "dispute lost", "dispute needs_response",
}  # fmt: skip


def test_a_walk_that_is_always_the_same_comes_by_every_kind(machine):
    walk = machine()
    try:
        closing(walk)
    finally:
        walk.teardown()
    assert KINDS - machine.world.did == set()


@pytest.mark.services
def test_whatever_happens_no_rial_is_lost_on_the_real_database(machine):
    """Long walks; what kinds they come by is left to chance, the walk above comes by each."""
    if connection.vendor != "postgresql":
        pytest.skip("the longer walk is for the real database")
    drive(machine, runs=20, steps=40)
    print(f"not met: {sorted(KINDS - machine.world.did)}")


def test_the_machine_finds_a_share_worked_out_without_the_ones_before_it(machine, monkeypatch):
    """So that its silence says something: portions that are each rounded down lose a rial, or two."""

    def each_for_itself(line, pieces: int) -> Share:
        of = whole(line)
        return Share(*(amount * pieces // line.quantity for amount in (of.goods, of.discount, of.commission, of.tax)))

    monkeypatch.setattr(money, "share_of", each_for_itself)
    with pytest.raises(AssertionError):
        drive(machine, runs=30)


def test_the_machine_finds_a_split_that_the_books_do_not_hear_of(machine, monkeypatch):
    monkeypatch.setattr(money, "sent_straight", lambda attempt: {})
    with pytest.raises(AssertionError):
        drive(machine, runs=10)
