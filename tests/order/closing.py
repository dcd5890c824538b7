"""The walk of the money machine that is always the same."""

from functools import partial
from typing import Any

from marketplace.order.rules import BUYER, SELLER
from marketplace.payments.gateways.base import Given, Outcome
from tests.order.machine import MoneyMachine
from tests.order.teller import DOWN


def closing(walk: MoneyMachine) -> None:
    """Every rare kind once, in one walk that is always the same: what the random ones may miss."""
    walk.begin(kilims=4, trays=2, split=False)
    acts: list[Any] = [
        *(partial(walk.refuse, reverses=says) for says in (True, False, DOWN)),
        walk.reverse_later,
        partial(walk.buy, 2, 0, True, Outcome.PAID, alone=False, tenths=0),
        partial(walk.buy, 1, 0, False, Outcome.UNPAID, alone=False, tenths=0),
        partial(walk.buy, 1, 0, False, Outcome.MISMATCH, alone=False, tenths=4),
        *(partial(walk.cancel, which=0, portions=[1], who=who) for who in (BUYER, SELLER)),
        partial(walk.give_back, 1, 1, "withdrawal", ("refuse", "dispute", "accept", "receive")),
        *(
            act
            for says, given in ((Given.CANNOT, True), (Given.UNCLEAR, False), (Given.UNCLEAR, True))
            for act in (
                partial(walk.cancel, which=0, portions=[1], who=BUYER),
                partial(walk.sweep, says=says),
                *(partial(walk.see_to_a_refund, which=which, given=given) for which in range(4)),
            )
        ),
        *(partial(walk.pay_out, waits=False, sent=sent) for sent in (False, True)),
        *(partial(walk.dispute, which=0, tenths=4, ends=ends) for ends in ("needs_response", "won", "lost")),
    ]
    for act in acts:
        act()
        walk.the_books_balance()
        walk.every_audit_of_money_is_silent()
        walk.what_went_back_and_what_is_kept_is_what_was_paid()
