"""Which step follows which, and until when a buyer may cancel or give back."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from marketplace.order import rules
from marketplace.order.models import Line, Return, SellerOrder

State, Reason = SellerOrder.State, Return.Reason
DAY = date(2026, 11, 22)


def part(state=State.PLACED, **more) -> SellerOrder:
    return SellerOrder(number="R-1", state=state, **more)


def refused(rule, *args, **more) -> str:
    with pytest.raises(ValidationError) as error:
        rule(*args, **more)
    return error.value.code


@pytest.mark.parametrize(
    ("state", "seller", "buyer", "clock"),
    [
        (State.PLACED, ["confirmed"], [], []),
        (State.CONFIRMED, ["making", "ready", "dispatched"], [], []),
        (State.MAKING, ["ready"], [], []),
        (State.READY, ["dispatched"], [], []),
        (State.DISPATCHED, ["delivered"], ["delivered"], ["delivered"]),
        (State.DELIVERED, [], [], []),
        (State.CANCELLED, [], [], []),
        (State.RETURNED, [], [], []),
    ],
)
def test_the_way_of_a_seller_order(state, seller, buyer, clock):
    assert rules.steps_from(state, rules.SELLER) == seller
    assert rules.steps_from(state, rules.BUYER) == buyer
    assert rules.steps_from(state, rules.CLOCK) == clock
    for to in State:
        if to in seller:
            rules.require_step(part(state), to, who=rules.SELLER)
        else:
            assert refused(rules.require_step, part(state), to, who=rules.SELLER) == "wrong_step"


@pytest.mark.parametrize(
    ("state", "late", "seller", "buyer"),
    [
        (State.PLACED, False, True, True),
        (State.CONFIRMED, False, True, True),
        (State.MAKING, False, True, False),
        (State.READY, False, True, False),
        (State.MAKING, True, True, True),
        (State.READY, True, True, True),
        (State.DISPATCHED, True, False, False),
        (State.DELIVERED, False, False, False),
        (State.CANCELLED, False, False, False),
    ],
)
def test_who_may_cancel(state, late, seller, buyer):
    mine = part(state, dispatch_by=date(2026, 11, 21) if late else DAY)
    for who, may in ((rules.SELLER, seller), (rules.BUYER, buyer)):
        if may:
            rules.require_cancellable(mine, who=who, on=DAY)
        else:
            assert refused(rules.require_cancellable, mine, who=who, on=DAY) == "too_late"


def test_a_day_that_is_promised_is_kept_until_it_ends():
    assert not rules.is_late(part(confirm_by=DAY, dispatch_by=DAY), on=DAY)
    assert rules.is_late(part(confirm_by=date(2026, 11, 21), dispatch_by=DAY), on=DAY)
    assert rules.is_late(part(State.READY, confirm_by=DAY, dispatch_by=date(2026, 11, 21)), on=DAY)
    assert not rules.is_late(part(State.CONFIRMED, confirm_by=date(2026, 11, 1), dispatch_by=DAY), on=DAY)


def arrived(day: date) -> SellerOrder:
    moment = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return part(State.DELIVERED, dispatched_at=moment, delivered_at=moment)


@pytest.mark.parametrize(
    ("reason", "last"),
    [
        (Reason.WITHDRAWAL, date(2026, 11, 30)),  # seven working days pass over a Friday
        (Reason.BROKEN, date(2026, 12, 22)),
        (Reason.OTHER, date(2026, 12, 22)),
        (Reason.SEAL, date(2027, 11, 22)),
    ],
)
def test_each_reason_has_its_last_day(reason, last):
    mine = arrived(DAY)
    assert rules.last_day_to_return(mine, reason) == last
    rules.require_returnable(mine, reason, on=last)
    assert (
        refused(rules.require_returnable, mine, reason, on=date.fromordinal(last.toordinal() + 1)) == "return_too_late"
    )


def test_what_did_not_leave_or_arrive_is_not_given_back():
    assert refused(rules.require_returnable, part(State.READY), Reason.BROKEN, on=DAY) == "not_sent"
    assert refused(rules.require_returnable, part(State.DISPATCHED), Reason.BROKEN, on=DAY) == "not_arrived"


def test_a_parcel_is_lost_after_two_weeks():
    sent = part(State.DISPATCHED, dispatched_at=datetime(2026, 11, 9, 9, tzinfo=UTC))
    assert refused(rules.require_returnable, sent, Reason.LOST, on=DAY) == "not_lost_yet"
    rules.require_returnable(sent, Reason.LOST, on=date(2026, 11, 23))
    assert refused(rules.require_returnable, arrived(DAY), Reason.LOST, on=date(2026, 12, 20)) == "not_lost_yet"


def test_what_was_made_to_order_is_not_taken_back_without_a_fault():
    made = [Line(snapshot={"made_to_order": True})]
    assert refused(rules.require_withdrawable, made, Reason.WITHDRAWAL) == "made_to_order"
    rules.require_withdrawable(made, Reason.BROKEN)
    rules.require_withdrawable([Line(snapshot={})], Reason.WITHDRAWAL)


def test_pieces_belong_to_the_order_and_still_stand():
    lines = {7: Line(pk=7, quantity=3, cancelled=1)}
    rules.require_pieces(lines, {7: 2})
    assert refused(rules.require_pieces, lines, {7: 3}) == "too_many_pieces"
    assert refused(rules.require_pieces, lines, {8: 1}) == "too_many_pieces"
    assert refused(rules.require_pieces, lines, {7: -1}) == "too_many_pieces"
    assert refused(rules.require_pieces, lines, {7: 0}) == "no_pieces"


@pytest.mark.parametrize("reason", [Reason.BROKEN, Reason.OTHER])
def test_a_fault_is_told_in_words(reason):
    assert refused(rules.require_reason_text, reason, "  ") == "reason_required"
    rules.require_reason_text(Reason.WITHDRAWAL, "")
