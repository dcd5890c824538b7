"""A stall stands alone, has one tenant at a time, and sells its registered trade."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from marketplace.core.refusals import Refused
from marketplace.listing.services import create_work, edit_offer, edit_work, move_offer, offer_in_venue
from marketplace.makers.models import ProductionLicence
from marketplace.partner.models import StockRecord
from marketplace.stalls.audits import stalls_have_one_tenant, stalls_stand_apart
from marketplace.stalls.models import Lease, Stall
from marketplace.stalls.services import end_lease, let_stall, put_stall
from tests.stalls.floor import FIRST, LAST, RENT, stall_at

DAY = timedelta(days=1)


def again(lease, **other) -> Lease:
    told = {"stall": lease.stall, "tenant": lease.tenant, "crafts": lease.crafts.all(), "rent_rial": RENT}
    return let_stall(**told | {"starts_on": FIRST, "agreed_until": LAST} | other)


@pytest.mark.parametrize(("right", "front"), [(0, 0), (299, 0), (0, 199), (100, 100)])
def test_a_stall_on_anothers_floor_is_refused(stall, bazaar, right, front):
    with pytest.raises(ValidationError) as refused:
        put_stall(stall_at(bazaar, "2", right=right, front=front))
    assert (refused.value.code, refused.value.params) == ("floor_taken", {"other": "1"})
    assert Stall.objects.count() == 1


def test_walls_may_touch_and_another_venue_has_its_own_floor(stall, next_stall, bazaar, free_shop):
    put_stall(stall_at(bazaar, "3", front=200))
    put_stall(stall_at(free_shop, "1"))
    assert Stall.objects.count() == 4
    assert list(stalls_stand_apart()) == []


def test_a_stall_moves_within_its_own_floor(stall):
    stall.from_right_cm = 50
    assert put_stall(stall).from_right_cm == 50


def test_stalls_on_one_floor_are_found(stall, next_stall):
    Stall.objects.filter(pk=next_stall.pk).update(from_right_cm=299)
    assert list(stalls_stand_apart()) == [
        f"Stalls {stall.pk} and {next_stall.pk} of venue {stall.venue_id} stand on the same floor."
    ]


@pytest.mark.parametrize(
    ("starts_on", "agreed_until"),
    [(LAST, LAST + DAY), (FIRST - DAY, FIRST), (FIRST - DAY, LAST + DAY), (FIRST + DAY, FIRST + DAY)],
)
def test_a_let_stall_is_refused_to_another(lease, coppersmith, copper_craft, starts_on, agreed_until):
    with pytest.raises(ValidationError) as refused:
        again(lease, tenant=coppersmith, crafts=[copper_craft], starts_on=starts_on, agreed_until=agreed_until)
    assert refused.value.code == "stall_taken"
    assert Lease.objects.count() == 1


def test_the_day_after_a_lease_the_stall_is_free(lease, coppersmith):
    again(lease, tenant=coppersmith, starts_on=LAST + DAY, agreed_until=LAST + 30 * DAY)
    assert list(stalls_have_one_tenant()) == []


def test_the_database_refuses_a_second_tenant_to_raw_sql(lease, coppersmith):
    with pytest.raises(DatabaseError, match="require_free_stall"), transaction.atomic():
        Lease.objects.create(
            stall=lease.stall, tenant=coppersmith, starts_on=LAST, agreed_until=LAST, last_on=LAST, rent_rial=0
        )
    assert Lease.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agreed_until": FIRST - DAY}, "lease_dates"),
        ({"agreed_until": FIRST + 1831 * DAY}, "lease_dates"),
        ({"crafts": []}, "no_trade"),
    ],
)
def test_a_lease_without_dates_or_trade_is_refused(lease, next_stall, change, code):
    with pytest.raises(ValidationError) as refused:
        again(lease, stall=next_stall, **change)
    assert refused.value.code == code
    assert Lease.objects.count() == 1


def test_a_lease_ends_early_with_a_reason(lease, manager, day):
    ended = end_lease(lease=lease, last_on=date(2026, 12, 21), because=" خواست مستأجر ", by=manager)
    assert (ended.last_on, ended.agreed_until, ended.ended_because) == (date(2026, 12, 21), LAST, "خواست مستأجر")
    assert ended.was_ended


@pytest.mark.parametrize(
    ("last_on", "because", "code"),
    [(FIRST - DAY, "x", "lease_dates"), (LAST + DAY, "x", "lease_dates"), (FIRST, "  ", "reason_required")],
)
def test_an_end_out_of_time_or_without_reason_is_refused(lease, last_on, because, code):
    with pytest.raises(ValidationError) as refused:
        end_lease(lease=lease, last_on=last_on, because=because)
    assert refused.value.code == code
    lease.refresh_from_db()
    assert (lease.last_on, lease.ended_because) == (LAST, "")


@pytest.fixture
def copper_cup(weaver, metal, copper_craft, day):
    """Domestic and of the weaver, of another craft than the lease registers."""
    ProductionLicence.objects.create(
        maker=weaver, craft_group=metal, number="T-9", issued_on=date(2025, 6, 1), expires_on=date(2027, 12, 1)
    )
    return create_work(maker=weaver, craft=copper_craft, title_fa="پیالهٔ مسی", price_rial=9_000_000)


def test_a_tenant_sells_the_registered_trade(lease, kilim, bazaar):
    assert offer_in_venue(work=kilim, venue=bazaar, price_rial=1_000_000, pieces=1).venue == bazaar


def test_another_craft_at_the_tenants_venue_is_refused(lease, copper_cup, bazaar):
    with pytest.raises(Refused) as refused:
        offer_in_venue(work=copper_cup, venue=bazaar, price_rial=1_000_000, pieces=1)
    assert (refused.value.code, refused.value.rule) == ("out_of_trade", "require_registered_trade")
    with pytest.raises(Refused):
        move_offer(offer=copper_cup.stockrecords.get(), venue=bazaar)
    assert not StockRecord.objects.filter(venue=bazaar).exists()


def test_a_work_on_sale_at_a_stall_does_not_turn_to_another_trade(lease, kilim, bazaar, copper_craft, kilim_craft):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=1_000_000, pieces=1)
    with pytest.raises(Refused) as refused:
        edit_work(work=kilim, craft=copper_craft)
    assert refused.value.code == "out_of_trade"
    kilim.refresh_from_db()
    assert kilim.craft == kilim_craft


def test_a_maker_without_a_stall_here_is_not_bound_by_a_trade(stall, copper_cup, bazaar):
    assert offer_in_venue(work=copper_cup, venue=bazaar, price_rial=1_000_000, pieces=1).venue == bazaar


def test_before_and_after_the_lease_its_trade_binds_nobody(lease, copper_cup, bazaar):
    Lease.objects.filter(pk=lease.pk).update(starts_on=FIRST + DAY)
    offer = offer_in_venue(work=copper_cup, venue=bazaar, price_rial=1_000_000, pieces=1)
    edit_offer(offer=offer, price_rial=1_100_000, pieces=1)
    assert offer.venue == bazaar
