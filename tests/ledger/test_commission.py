"""The first rule that fits holds; whole rial, half a rial left to the maker."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from marketplace.ledger.commission import Commission, commissions, share_of
from marketplace.ledger.models import CommissionRule, CommissionTax
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def rule(position: int, share_bp: int, **of) -> CommissionRule:
    return CommissionRule.objects.create(position=position, share_bp=share_bp, **{"valid_from": date(2026, 1, 1)} | of)


@pytest.mark.parametrize(
    ("rial", "bp", "share"),
    [(1_000_000, 700, 70_000), (150, 100, 1), (151, 100, 2), (149, 100, 1), (50, 100, 0), (51, 100, 1), (0, 700, 0),
     (9_007_199_254_740_993, 10_000, 9_007_199_254_740_993), (12_345, 0, 0)],
)  # fmt: skip
def test_a_share_is_whole_rial_and_half_goes_to_the_maker(rial, bp, share):
    assert share_of(rial, bp) == share


def test_without_a_rule_nothing_is_kept(weaver, kilim_craft):
    assert commissions().of(maker=weaver, craft=kilim_craft, venue=None, amount_rial=100) == Commission(
        None, 0, 0, 0, 0
    )


def test_the_first_rule_that_fits_holds(weaver, coppersmith, kilim_craft, copper_craft, metal, bazaar):
    by_venue = rule(1, 300, venue=bazaar)
    by_kind = rule(2, 400, maker_kind="home", craft=kilim_craft)
    by_group = rule(3, 500, craft_group=metal)
    everyone = rule(9, 700)
    table = commissions()

    def held(maker, craft, venue) -> int | None:
        return table.of(maker=maker, craft=craft, venue=venue, amount_rial=10_000).rule_id

    assert held(weaver, kilim_craft, bazaar) == by_venue.pk
    assert held(weaver, kilim_craft, None) == by_kind.pk
    assert held(weaver, copper_craft, None) == by_group.pk
    assert held(coppersmith, kilim_craft, None) == everyone.pk


def test_rules_hold_between_their_days(weaver, kilim_craft):
    rule(1, 300, valid_until=date(2026, 11, 21))
    rule(2, 400, valid_from=date(2026, 11, 23))
    rule(3, 500, valid_from=DAY, valid_until=DAY)
    kept = {day: commissions(date(2026, 11, day)).of(maker=weaver, craft=kilim_craft, venue=None, amount_rial=10_000).rial
            for day in (21, 22, 23)}  # fmt: skip
    assert kept == {21: 300, 22: 500, 23: 400}


def test_the_tax_is_on_the_commission_and_nothing_until_entered(weaver, kilim_craft):
    found = rule(1, 700)
    asked = {"maker": weaver, "craft": kilim_craft, "venue": None, "amount_rial": 1_000_000}
    assert commissions().of(**asked) == Commission(found.pk, 700, 70_000, 0, 0)
    CommissionTax.objects.create(share_bp=1000, valid_from=DAY)
    CommissionTax.objects.create(share_bp=900, valid_from=date(2026, 1, 1))
    assert commissions().of(**asked) == Commission(found.pk, 700, 70_000, 1000, 7_000)
    assert commissions(date(2026, 11, 21)).of(**asked).tax_rial == 6_300


def test_the_table_takes_two_queries_and_asking_it_none(weaver, kilim_craft, bazaar, django_assert_num_queries):
    for position in range(1, 8):
        rule(position, 100 * position, craft=kilim_craft)
    kilim_craft.refresh_from_db()
    with django_assert_num_queries(2):
        table = commissions(DAY)
        for venue in (None, bazaar):
            table.of(maker=weaver, craft=kilim_craft, venue=venue, amount_rial=100)


@pytest.mark.parametrize(
    ("broken", "name"),
    [({"share_bp": 10_001}, "everything"), ({"share_bp": 1, "valid_until": date(2025, 1, 1)}, "in_order")],
)
def test_no_rule_takes_more_than_everything_or_ends_before_it_begins(broken, name, day):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        rule(1, **{"share_bp": 1} | broken)
    assert CommissionRule.objects.count() == 0
