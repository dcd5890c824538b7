"""Which stall is looked at first, and every reason that was counted."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from marketplace.bazaars.models import Inspection
from marketplace.core.clock import TEHRAN
from marketplace.core.models import Refusal
from marketplace.core.refusals import name_of
from marketplace.rents.services import charge_every
from marketplace.rounds.models import Visit
from marketplace.rounds.queries import inspections_due, open_warnings, stalls_by_risk
from marketplace.rounds.risk import Known, weigh
from marketplace.rounds.services import appeal, mended
from marketplace.rounds.visits import begin_round, keep_visit
from marketplace.stalls.services import let_stall, put_stall
from tests.cast import DAY
from tests.rounds.ladder import after
from tests.stalls.floor import FIRST, LAST, stall_at

#: Noon of the day of the tests.
NOON = datetime(2026, 11, 22, 12, tzinfo=TEHRAN)


@pytest.fixture
def second(next_stall, coppersmith, copper_craft, manager):
    return let_stall(
        stall=next_stall,
        tenant=coppersmith,
        crafts=[copper_craft],
        starts_on=FIRST,
        agreed_until=LAST,
        rent_rial=0,
        by=manager,
    )


def refused_tries(maker, venue, number: int) -> None:
    told = {"rule": "forbid_foreign_goods", "by_seller": True, "place": name_of(venue), "seller": name_of(maker)}
    for _nth in range(number):
        Refusal.objects.create(door="offer_in_venue", code="foreign_goods", **told)


@pytest.mark.parametrize(
    ("known", "points", "reasons"),
    [
        (Known(last_visit=NOON), 0, []),
        (Known(), 25, ["Not visited yet"]),
        (Known(last_visit=NOON - timedelta(days=11)), 5, ["Days since the last visit: 11"]),
        (Known(last_visit=NOON - timedelta(days=300)), 25, ["Days since the last visit: 300"]),
        (Known(last_visit=NOON, refusals=2), 20, ["Refused tries of foreign goods in thirty days: 2"]),
        (Known(last_visit=NOON, refusals=9), 40, ["Refused tries of foreign goods in thirty days: 9"]),
        (Known(last_visit=NOON, owed_rial=30_000_000), 10, ["Late rent: 3,000,000 toman"]),
        (Known(last_visit=NOON, licensed=False), 30, ["No production licence in force"]),
        (
            Known(inspection=True, refusals=3),
            115,
            ["An inspection is due", "Refused tries of foreign goods in thirty days: 3", "Not visited yet"],
        ),
    ],
)
def test_points_and_reasons(known, points, reasons, lease):
    with override("en"):
        row = weigh(lease, known, on=DAY)
    assert (row.weight, row.reasons) == (points, reasons)


def test_the_most_pressing_stall_comes_first(lease, second, licence, bazaar, coppersmith):
    rows = stalls_by_risk(bazaar, on=DAY)
    assert [(row.lease.stall.number, row.weight) for row in rows] == [("2", 55), ("1", 25)]
    refused_tries(lease.tenant, bazaar, 3)
    Inspection.objects.create(venue=bazaar, maker=lease.tenant, because="refusals", opened_on=DAY)
    assert [row.lease.stall.number for row in stalls_by_risk(bazaar, on=DAY)] == ["1", "2"]


def test_a_done_visit_counts_from_its_day_and_an_open_one_does_not(lease, licence, bazaar, manager):
    walk = begin_round(venue=bazaar, by=manager)
    visit = keep_visit(round_=walk, stall=lease.stall, by=manager, answers={}, note="x")
    with override("en"):
        assert stalls_by_risk(bazaar, on=DAY)[0].reasons == ["Not visited yet"]
        Visit.objects.filter(pk=visit.pk).update(done_at=NOON - timedelta(days=4))
        assert stalls_by_risk(bazaar, on=DAY)[0].reasons == ["Days since the last visit: 4"]


def test_late_rent_and_an_overdue_warning_are_reasons(lease, licence, warning, bazaar):
    charge_every()
    after(8)
    with override("en"):
        reasons = stalls_by_risk(bazaar, on=after(8))[0].reasons
    assert reasons == ["Warnings whose days are over: 1", "Not visited yet", "Late rent: 3,000,000 toman"]


def test_open_warnings_are_those_that_nothing_ended(warning, bazaar, manager, artisan, free_shop):
    assert (list(open_warnings(bazaar)), list(open_warnings(free_shop))) == ([warning], [])
    appeal(measure=warning, by=artisan, text="x")
    assert list(open_warnings(bazaar)) == [warning]
    mended(warning=warning, by=manager)
    assert list(open_warnings(bazaar)) == []


def test_inspections_due_are_those_of_the_venue_that_are_open(bazaar, weaver, free_shop):
    due = Inspection.objects.create(venue=bazaar, maker=weaver, because="refusals", opened_on=DAY)
    Inspection.objects.create(venue=free_shop, maker=weaver, because="refusals", opened_on=DAY)
    Inspection.objects.create(venue=bazaar, maker=weaver, because="person", opened_on=DAY, closed_on=DAY)
    assert list(inspections_due(bazaar)) == [due]


def test_the_list_costs_the_same_for_many(lease, bazaar, coppersmith, copper_craft, manager, django_assert_num_queries):
    with django_assert_num_queries(7):
        stalls_by_risk(bazaar, on=DAY)
    for number in range(12):
        stall = put_stall(stall_at(bazaar, str(10 + number), right=300 * number, front=400))
        let_stall(
            stall=stall,
            tenant=coppersmith,
            crafts=[copper_craft],
            starts_on=FIRST,
            agreed_until=LAST,
            rent_rial=1,
            by=manager,
        )
    with django_assert_num_queries(7):
        assert len(stalls_by_risk(bazaar, on=DAY)) == 13
