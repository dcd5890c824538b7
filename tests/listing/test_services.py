"""Listing, offering and moving; and what follows when the world changes."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from marketplace.bazaars.models import LicenceEvent, VenueLicence
from marketplace.core.models import OutboxEvent
from marketplace.listing.licences import record_licence_event
from marketplace.listing.origins import change_origin, register_import_permit
from marketplace.listing.services import (
    add_variant,
    create_work,
    edit_offer,
    edit_work,
    move_offer,
    offer_in_venue,
    withdraw_offer,
)
from marketplace.partner.models import StockRecord

pytestmark = pytest.mark.django_db


def test_a_licensed_makers_work_is_domestic_until_the_licence_ends(kilim):
    assert (kilim.origin_state, kilim.origin_basis, kilim.domestic_until) == ("domestic", "declared", date(2027, 6, 1))


def test_without_a_licence_the_origin_is_unproven(unproven_tray):
    assert (unproven_tray.origin_state, unproven_tray.domestic_until) == ("unproven", None)


def test_a_licence_of_another_group_proves_nothing(weaver, licence, copper_craft):
    work = create_work(maker=weaver, craft=copper_craft, title_fa="کاسه")
    assert work.origin_state == "unproven"


def test_another_country_is_foreign(foreign_tray):
    assert foreign_tray.origin_state == "foreign"


@pytest.mark.parametrize("name", ["foreign_tray", "unproven_tray"])
def test_offering_in_a_bound_venue_is_refused_and_changes_nothing(name, request, bazaar):
    work = request.getfixturevalue(name)
    events = OutboxEvent.objects.count()
    with pytest.raises(ValidationError) as refused:
        offer_in_venue(work=work, venue=bazaar, price_rial=40_000_000, pieces=1)
    assert refused.value.code == "foreign_goods"
    assert StockRecord.objects.filter(product=work).count() == 1
    assert OutboxEvent.objects.count() == events


def test_a_foreign_work_may_be_offered_outside_bound_venues(foreign_tray, free_shop):
    offer = offer_in_venue(work=foreign_tray, venue=free_shop, price_rial=40_000_000, pieces=1)
    assert offer.venue == free_shop
    assert StockRecord.objects.lawful_on(date(2026, 11, 22)).filter(pk=offer.pk).exists()


def test_moving_a_foreign_work_into_a_bound_venue_is_refused(foreign_tray, bazaar):
    offer = foreign_tray.stockrecords.get()
    with pytest.raises(ValidationError):
        move_offer(offer=offer, venue=bazaar)
    offer.refresh_from_db()
    assert offer.venue_id is None


def test_another_sellers_work_cannot_be_offered(foreign_tray, kilim, free_shop):
    stranger = kilim.stockrecords.get().partner
    with pytest.raises(ValidationError) as refused:
        offer_in_venue(work=foreign_tray, venue=free_shop, price_rial=40_000_000, pieces=1, seller=stranger)
    assert refused.value.code == "other_makers_work"
    assert free_shop.offers.count() == 0


def test_a_work_that_turns_foreign_leaves_its_bound_venues_only(kilim, weaver, bazaar):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)
    edit_work(
        work=kilim,
        import_permit=register_import_permit(maker=weaver, number="G-9", country="TR", issued_on=date(2026, 3, 1)),
    )
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None)
    offer.refresh_from_db()
    assert offer.withdrawn_because == "origin_changed"
    assert [o.venue_id for o in StockRecord.objects.active().filter(product=kilim)] == [None]


def test_editing_the_country_after_approval_withdraws_the_offer(kilim, bazaar):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)
    edit_work(work=kilim, origin_country="CN")
    offer.refresh_from_db()
    kilim.refresh_from_db()
    assert kilim.origin_state == "foreign"
    assert offer.withdrawn_at is not None


def test_a_venue_that_becomes_bound_sends_foreign_offers_away(foreign_tray, kilim, free_shop):
    foreign = offer_in_venue(work=foreign_tray, venue=free_shop, price_rial=40_000_000, pieces=1)
    domestic = offer_in_venue(work=kilim, venue=free_shop, price_rial=200_000_000, pieces=1)
    licence = VenueLicence.objects.create(
        venue=free_shop, number="N", issuer_fa="ا", issued_on=date(2026, 11, 1), expires_on=date(2027, 11, 1)
    )
    record_licence_event(licence=licence, kind=LicenceEvent.Kind.GRANTED, on=date(2026, 11, 1))
    foreign.refresh_from_db()
    domestic.refresh_from_db()
    free_shop.refresh_from_db()
    assert (free_shop.bound_since, free_shop.open_until) == (date(2026, 11, 1), date(2027, 11, 1))
    assert foreign.withdrawn_because == "venue_bound"
    assert domestic.withdrawn_at is None


def test_suspension_closes_the_sale_but_never_lifts_the_rule(bazaar, foreign_tray):
    licence = bazaar.licences.get()
    record_licence_event(licence=licence, kind=LicenceEvent.Kind.SUSPENDED, on=date(2026, 11, 20))
    bazaar.refresh_from_db()
    assert not bazaar.is_open_on(date(2026, 11, 20))
    assert bazaar.is_bound_on(date(2026, 11, 22))
    with pytest.raises(ValidationError):
        offer_in_venue(work=foreign_tray, venue=bazaar, price_rial=40_000_000, pieces=1)


def test_revocation_frees_the_venue_from_its_day(bazaar):
    record_licence_event(licence=bazaar.licences.get(), kind=LicenceEvent.Kind.REVOKED, on=date(2026, 11, 20))
    bazaar.refresh_from_db()
    assert bazaar.is_bound_on(date(2026, 11, 19))
    assert not bazaar.is_bound_on(date(2026, 11, 20))


@pytest.mark.parametrize("price", [0, -1, 9_999, 10**14 + 1])
def test_a_price_that_cannot_be_meant_is_refused(price, weaver, kilim_craft):
    with pytest.raises(ValidationError) as refused:
        create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم", price_rial=price)
    assert refused.value.code == "price"
    assert StockRecord.objects.count() == 0


def test_a_variant_of_a_foreign_work_is_not_called_iranian_in_its_own_title(foreign_tray):
    withdraw_offer(offer=foreign_tray.stockrecords.get(), because="by_maker")
    with pytest.raises(ValidationError) as refused:
        add_variant(work=foreign_tray, title_fa="سینی کوچک ساخت ایران", price_rial=40_000_000, pieces=1)
    assert refused.value.code == "passes_as_local"
    assert not foreign_tray.children.exists()
    assert StockRecord.objects.active().count() == 0


def test_pieces_are_counted_from_the_stock_of_the_moment(kilim):
    offer = kilim.stockrecords.get()
    StockRecord.objects.filter(pk=offer.pk).update(num_allocated=2)
    with pytest.raises(ValidationError) as refused:
        edit_offer(offer=offer, price_rial=170_000_000, pieces=4)
    assert refused.value.code == "stock_moved"
    assert StockRecord.objects.values_list("price", "num_in_stock", "num_allocated").get() == (180_000_000, 3, 2)
    edit_offer(offer=StockRecord.objects.get(), price_rial=170_000_000, pieces=4)
    assert StockRecord.objects.values_list("price", "num_in_stock", "num_allocated").get() == (170_000_000, 6, 2)
