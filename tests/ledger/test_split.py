"""The plan of a split, a row a condition; and whatever is asked, nothing is lost and nothing sent that was not paid."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.ledger.split import Due, Part, Plan, Terms, plan_split

ZARINPAL = Terms(can_split=True, most_parts=3, min_part_rial=10_000)
NOTHING = Terms(can_split=False, most_parts=0, min_part_rial=0)


def due(seller_id: int, earned: int, *, owes: int = 0, iban: str | None = None) -> Due:
    return Due(seller_id, f"maker {seller_id}", f"IBAN{seller_id}" if iban is None else iban, earned, owes)


def planned(*dues: Due, amount: int | None = None, terms: Terms = ZARINPAL) -> Plan:
    return plan_split(dues, amount_rial=sum(one.earned_rial for one in dues) if amount is None else amount, terms=terms)


def test_each_seller_gets_its_part():
    plan = planned(due(1, 100_000), due(2, 50_000), amount=160_000)
    assert plan.parts == [Part(1, "IBAN1", 100_000), Part(2, "IBAN2", 50_000)]
    assert (plan.later, plan.kept, plan.codes, plan.payments) == ({}, {}, [], [[1, 2]])


def test_what_a_seller_owes_stays_with_the_market():
    plan = planned(due(1, 100_000, owes=30_000), due(2, 50_000, owes=80_000))
    assert plan.parts == [Part(1, "IBAN1", 70_000)]
    assert (plan.kept, plan.later, plan.codes) == ({1: 30_000, 2: 50_000}, {}, [])


@pytest.mark.parametrize(("earned", "owes", "sent"), [(10_000, 0, True), (9_999, 0, False), (100_000, 90_000, True),
                                                      (100_000, 90_001, False)])  # fmt: skip
def test_a_part_under_the_gateways_least_is_paid_afterwards(earned, owes, sent):
    plan = planned(due(1, earned, owes=owes))
    assert plan.codes == ([] if sent else ["part_too_small"])
    assert ([part.amount_rial for part in plan.parts], plan.later) == (
        ([earned - owes], {}) if sent else ([], {1: earned - owes})
    )


def test_a_seller_without_a_verified_account_is_paid_afterwards():
    plan = planned(due(1, 100_000, iban=""), due(2, 50_000))
    assert (plan.later, plan.codes, [part.seller_id for part in plan.parts]) == (
        {1: 100_000},
        ["iban_not_verified"],
        [2],
    )


def test_a_gateway_that_cannot_split_sends_nothing():
    plan = planned(due(1, 100_000), due(2, 50_000), terms=NOTHING)
    assert (plan.parts, plan.later, plan.codes) == ([], {1: 100_000, 2: 50_000}, ["gateway_cannot_split"])


def test_too_many_makers_are_offered_more_payments():
    plan = planned(due(1, 20_000), due(2, 90_000, iban=""), due(3, 30_000), due(4, 10_000), due(5, 40_000))
    assert plan.codes == ["iban_not_verified", "too_many_parts"]
    assert plan.refusals[1].params == {"most": 3, "count": 4}
    assert plan.payments == [[1, 3, 4, 2], [5]]
    assert [part.seller_id for part in plan.parts] == [1, 3, 5]
    assert plan.later == {2: 90_000, 4: 10_000}


@pytest.mark.parametrize(
    ("amount", "sent", "later"),
    [
        (150_000, {1: 100_000, 2: 50_000}, {}),
        (149_999, {1: 99_999, 2: 50_000}, {1: 1}),
        (65_000, {1: 15_000, 2: 50_000}, {1: 85_000}),
        (55_000, {2: 50_000}, {1: 100_000}),
        (12_000, {2: 12_000}, {1: 100_000, 2: 38_000}),
        (5_000, {}, {1: 100_000, 2: 50_000}),
    ],
)
def test_what_the_market_adds_to_a_discount_is_paid_afterwards(amount, sent, later):
    plan = planned(due(1, 100_000), due(2, 50_000), amount=amount)
    assert ({part.seller_id: part.amount_rial for part in plan.parts}, plan.later) == (sent, later)
    assert plan.codes == ([] if amount == 150_000 else ["split_over_amount"])


_rial = st.integers(0, 200_000)
_dues = st.lists(st.tuples(_rial, _rial, st.booleans()), max_size=6)
_terms = st.builds(Terms, st.booleans(), st.integers(0, 5), st.integers(0, 50_000))


@given(_dues, _rial, _terms)
def test_nothing_is_lost_and_nothing_is_sent_that_may_not_be(rows, amount, terms):
    dues = [due(n, earned, owes=owes, iban=None if known else "") for n, (earned, owes, known) in enumerate(rows, 1)]
    plan = plan_split(dues, amount_rial=amount, terms=terms)
    sent = {part.seller_id: part.amount_rial for part in plan.parts}
    for one in dues:
        where = (sent.get(one.seller_id, 0), plan.kept.get(one.seller_id, 0), plan.later.get(one.seller_id, 0))
        if terms.can_split:
            assert where[1] == min(one.owes_rial, one.earned_rial)
        assert sum(where) == one.earned_rial
        assert min(where) >= 0
        assert one.iban or not where[0]
    assert len(sent) == len(plan.parts)
    if sent:
        assert terms.can_split
        assert len(sent) <= terms.most_parts
        assert sum(sent.values()) <= amount
        assert min(sent.values()) >= max(1, terms.min_part_rial)
    assert sorted(pk for group in plan.payments for pk in group) == [one.seller_id for one in dues]
    assert bool(plan.later) <= bool(plan.codes)
