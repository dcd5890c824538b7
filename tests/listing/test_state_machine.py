"""The foreign-goods rule, driven at random: whatever is done in whatever order, nothing unlawful can be bought, paid for or sold.

`make test` makes 25 runs of 20 steps, always the same ones. On PostgreSQL there are 200 of 50, in parts that two workers share;
the seed is printed, and RULE_MACHINE_SEED chooses another.
"""

import os

import pytest
from django.conf import settings as django_settings
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.listing.machine.rule_machine import RuleMachine

pytestmark = pytest.mark.django_db

RUNS, STEPS, PARTS = (25, 20, 1) if django_settings.SQLITE else (50, 50, 4)
SEED = int(os.environ.get("RULE_MACHINE_SEED", "1404"))
RUNS = int(os.environ.get("RULE_MACHINE_RUNS", RUNS))
MANNER = settings(
    deadline=None,
    database=None,
    print_blob=False,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
    max_examples=RUNS,
    stateful_step_count=STEPS,
)


def drive(machine, how: settings, start: int) -> None:
    run_state_machine_as_test(seed(start)(machine), settings=how)


@pytest.mark.parametrize("part", range(PARTS))
def test_no_way_leads_round_the_rule(market, part, monkeypatch):
    monkeypatch.setattr(RuleMachine, "market", market, raising=False)
    print(f"RULE_MACHINE_SEED={SEED}, part {part}: {RUNS} runs of {STEPS} steps")
    drive(RuleMachine, MANNER, SEED + part)
