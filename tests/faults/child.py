"""`python -m tests.faults.child ACTION HALT [ARGUMENT]`: a process of the market that stands still at a place, to be killed there."""

import sys
import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import django


def _halt() -> None:
    print("halted", flush=True)
    time.sleep(120)


def _before(function: Callable) -> Callable:
    def stopped(*args: Any, **kwargs: Any) -> Any:
        _halt()
        return function(*args, **kwargs)

    return stopped


def _after(function: Callable) -> Callable:
    def stopped(*args: Any, **kwargs: Any) -> Any:
        done = function(*args, **kwargs)
        _halt()
        return done

    return stopped


#: Place → (module, function, before or after it).
PLACES = {
    "charged, not written": ("marketplace.payments.services", "_take", _before),
    "paid, not ordered": ("marketplace.payments.services", "_hand_over", _before),
    "ordered, not committed": ("marketplace.checkout.placing", "record_order", _after),
    "committed, not replied": ("marketplace.payments.views", "page_of", _before),
    "refused, not given back": ("marketplace.payments.services", "give_money_back", _before),
    "refunded, not written": ("marketplace.payments.refunds", "_take", _before),
    "refund claimed, not asked": ("marketplace.payments.refunds", "_order", _before),
    "payout begun, not committed": ("marketplace.ledger.payouts", "_add", _after),
}


def main(action: str, halt: str, *arguments: str) -> None:
    """Begin where the test lives: its database, its gateway, its day."""
    django.setup()
    from tests.faults.actions import ACTIONS, live_on_the_day

    live_on_the_day()
    if halt:
        module, name, way = PLACES[halt]
        where = import_module(module)
        setattr(where, name, way(getattr(where, name)))
    print(ACTIONS[action](*arguments), flush=True)


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings")
    main(*sys.argv[1:])
