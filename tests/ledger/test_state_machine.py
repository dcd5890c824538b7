"""Sales, splits, returns, refunds, payouts and suspense at random: the books always balance and `audit_money` finds nothing.

BOOKS_MACHINE_SEED chooses another seed, BOOKS_MACHINE_RUNS how many runs of 30 steps.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from marketplace.ledger import books
from marketplace.partner.ibans import set_iban, verify_iban
from marketplace.partner.models import Partner
from tests.cast import DAY
from tests.ledger.conftest import IBAN
from tests.ledger.machine import BooksMachine

pytestmark = pytest.mark.django_db
SEED = int(os.environ.get("BOOKS_MACHINE_SEED", "1404"))
RUNS = int(os.environ.get("BOOKS_MACHINE_RUNS", "15"))


@pytest.fixture
def machine(day, monkeypatch):
    sellers = []
    for nth in range(3):
        seller = Partner.objects.create(name=f"seller {nth}", code=f"seller-{nth}")
        verify_iban(seller=set_iban(seller=seller, iban=IBAN, owner="رضا"), on=DAY)
        sellers.append(Partner.objects.get(pk=seller.pk))
    monkeypatch.setattr(BooksMachine, "sellers", sellers, raising=False)
    return BooksMachine


def drive(machine: type[BooksMachine], *, runs: int) -> None:
    manner = settings(
        deadline=None, database=None, phases=[Phase.generate], report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck), max_examples=runs, stateful_step_count=30,
    )  # fmt: skip
    run_state_machine_as_test(seed(SEED)(machine), settings=manner)


def test_whatever_happens_the_books_balance(machine):
    print(f"BOOKS_MACHINE_SEED={SEED}: {RUNS} runs of 30 steps")
    drive(machine, runs=RUNS)


def test_the_machine_finds_a_commission_that_is_not_given_back(machine, monkeypatch):
    """So that its silence says something."""
    mirror = books._legs_of

    def without_tax(parts, amount_rial):
        return [leg for leg in mirror(parts, amount_rial) if leg.account != "tax" and leg.what != "tax"]

    monkeypatch.setattr(books, "_legs_of", without_tax)
    with pytest.raises(AssertionError):
        drive(machine, runs=30)
