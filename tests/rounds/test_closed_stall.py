"""While a stall is closed nothing of its tenant is offered or sold there; lifted, its offers are back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, change_quantity, offer_to_sell
from marketplace.core.refusals import Refused
from marketplace.listing.returns import offer_again
from marketplace.listing.services import edit_offer, move_offer, offer_in_venue
from marketplace.listing.withdrawals import Because
from marketplace.partner.models import StockRecord
from marketplace.rounds.audits import closed_stalls_follow_their_closures
from marketplace.rounds.closures import keep_closures
from marketplace.rounds.models import Measure
from marketplace.rounds.services import lift
from marketplace.stalls.rules import require_none_closed, require_not_closed
from marketplace.stalls.services import let_stall
from tests.cast import DAY
from tests.listing.test_audits import _without_triggers  # noqa: F401
from tests.rounds.ladder import ONE, after, closed
from tests.stalls.floor import FIRST, LAST


def test_the_first_day_takes_back_what_stands_at_the_stall_and_nothing_else(kilim_at_stall, closure, kilim):
    kilim_at_stall.refresh_from_db()
    assert kilim_at_stall.withdrawn_because == Because.CLOSURE
    assert [offer.venue for offer in StockRecord.objects.active()] == [None]
    assert list(closed_stalls_follow_their_closures()) == []


@pytest.mark.parametrize("door", ["offer", "move", "again"])
def test_no_door_of_listing_leads_to_a_closed_stall(door, kilim_at_stall, closure, kilim, bazaar):
    workshop = kilim.stockrecords.get(venue=None)
    kilim_at_stall.refresh_from_db()
    doors = {
        "offer": lambda: offer_in_venue(work=kilim, venue=bazaar, price_rial=1_000_000, pieces=1),
        "move": lambda: move_offer(offer=workshop, venue=bazaar),
        "again": lambda: offer_again(offer=kilim_at_stall),
    }
    with pytest.raises(Refused) as refused:
        doors[door]()
    assert (refused.value.code, refused.value.rule) == ("stall_closed", "require_not_closed")
    assert "1 December 2026" in str(refused.value.messages) or "آذر" in str(refused.value.messages)
    assert [offer.venue for offer in StockRecord.objects.active()] == [None]


def test_a_closure_to_come_binds_from_its_first_day(kilim_at_stall, grave, manager, lease):
    closed(lease, finding=grave, by=manager, first=DAY + 3 * ONE)
    basket = Basket.objects.create()
    offer = offer_to_sell(kilim_at_stall.pk)
    line = add_to_basket(basket=basket, offer=offer)
    edit_offer(offer=kilim_at_stall, price_rial=200_000_000, pieces=2)
    after(3)
    for act in (
        lambda: add_to_basket(basket=Basket.objects.create(), offer=offer),
        lambda: change_quantity(basket=basket, line=line, quantity=1),
        lambda: edit_offer(offer=kilim_at_stall, price_rial=210_000_000, pieces=2),
        lambda: require_none_closed([offer], on=after(3)),
    ):
        with pytest.raises(ValidationError) as refused:
            act()
        assert refused.value.code == "stall_closed"
    kilim_at_stall.refresh_from_db()
    assert (kilim_at_stall.price, kilim_at_stall.withdrawn_at) == (200_000_000, None)
    assert keep_closures() == 1
    kilim_at_stall.refresh_from_db()
    assert kilim_at_stall.withdrawn_because == Because.CLOSURE
    assert keep_closures() == 0


def test_lifted_the_offers_are_back(kilim_at_stall, closure, manager):
    lift(closure=closure, by=manager, because="برطرف شد")
    kilim_at_stall.refresh_from_db()
    assert (kilim_at_stall.withdrawn_at, kilim_at_stall.withdrawn_because) == (None, "")


def test_what_its_maker_took_back_stays_back(kilim_at_stall, closure, manager):
    StockRecord.objects.filter(pk=kilim_at_stall.pk).update(withdrawn_because=Because.MAKER)
    lift(closure=closure, by=manager, because="x")
    kilim_at_stall.refresh_from_db()
    assert kilim_at_stall.withdrawn_because == Because.MAKER


def test_what_is_foreign_by_now_stays_back(kilim_at_stall, closure, manager, kilim, officer):
    from marketplace.listing.origins import change_origin

    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None, by=officer, reason="x")
    lift(closure=closure, by=manager, because="x")
    kilim_at_stall.refresh_from_db()
    assert kilim_at_stall.withdrawn_because == Because.CLOSURE


@pytest.mark.parametrize(("days", "ended"), [(9, 0), (10, 1)])
def test_a_closure_ends_after_its_last_day(days, ended, kilim_at_stall, closure, lease):
    after(days)
    assert keep_closures() == ended
    kilim_at_stall.refresh_from_db()
    lease.refresh_from_db()
    assert (kilim_at_stall.withdrawn_at is None, lease.closed_from is None) == (bool(ended), bool(ended))
    assert Measure.objects.filter(kind="lifting", by=None).count() == ended
    assert keep_closures() == 0


def test_another_open_stall_of_the_tenant_still_sells(
    kilim_at_stall, grave, next_stall, weaver, kilim_craft, manager, lease
):
    let_stall(
        stall=next_stall,
        tenant=weaver,
        crafts=[kilim_craft],
        starts_on=FIRST,
        agreed_until=LAST,
        rent_rial=0,
        by=manager,
    )
    closed(lease, finding=grave, by=manager)
    kilim_at_stall.refresh_from_db()
    assert kilim_at_stall.withdrawn_at is None
    require_not_closed(kilim_at_stall.product, kilim_at_stall.venue, on=DAY)
    assert list(closed_stalls_follow_their_closures()) == []


def test_a_workshop_asks_no_query(closure, kilim, django_assert_num_queries):
    offer = kilim.stockrecords.select_related("product__maker", "venue").get(venue=None)
    with django_assert_num_queries(0):
        require_not_closed(offer.product, offer.venue, on=DAY)
        require_none_closed([offer], on=DAY)


def test_the_database_refuses_an_offer_at_a_closed_stall_to_raw_sql(kilim_at_stall, closure):
    with pytest.raises(DatabaseError, match="require_not_closed"), transaction.atomic():
        StockRecord.objects.filter(pk=kilim_at_stall.pk).update(withdrawn_at=None)
    kilim_at_stall.refresh_from_db()
    assert kilim_at_stall.withdrawn_at is not None


@pytest.mark.usefixtures("_without_triggers")
def test_without_its_guard_the_database_would_take_it(kilim_at_stall, closure):
    StockRecord.objects.filter(pk=kilim_at_stall.pk).update(withdrawn_at=None)
    assert list(closed_stalls_follow_their_closures()) == [
        f"Offer {kilim_at_stall.pk} stands at the closed stall of lease {closure.lease_id}."
    ]
