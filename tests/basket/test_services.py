"""Adding and changing ask the rules, and a refusal leaves the basket as it was."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.basket.lines import show
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_to_basket, change_quantity, offer_to_sell, put_back
from marketplace.core import clock
from marketplace.core.models import Refusal
from marketplace.core.refusals import acting
from marketplace.listing.origins import change_origin, decide_import_permit
from marketplace.listing.services import offer_in_venue, withdraw_offer
from marketplace.partner.models import StockRecord
from marketplace.partner.strategy import Selector


@pytest.fixture
def offer(kilim) -> StockRecord:
    return offer_to_sell(kilim.stockrecords.get().pk)


@pytest.fixture
def basket(day) -> Basket:
    basket = Basket.objects.create()
    basket.strategy = Selector().strategy()
    return basket


def test_a_lawful_offer_is_added_at_its_price(basket, offer):
    line = add_to_basket(basket=basket, offer=offer, quantity=2)
    assert (line.quantity, line.price_incl_tax, line.price_currency) == (2, 180_000_000, "IRR")
    assert basket.total_incl_tax == 360_000_000


def test_adding_again_adds_pieces_to_the_line(basket, offer):
    add_to_basket(basket=basket, offer=offer, quantity=1)
    add_to_basket(basket=basket, offer=offer, quantity=2)
    assert [line.quantity for line in basket.all_lines()] == [3]


@pytest.mark.parametrize("quantity", [4, 51, 0, -1])
def test_more_pieces_than_there_are_or_none_at_all(basket, offer, quantity):
    with pytest.raises(ValidationError) as error:
        add_to_basket(basket=basket, offer=offer, quantity=quantity)
    assert error.value.code == ("sold_out" if quantity == 4 else "quantity")
    assert Line.objects.count() == 0
    assert Refusal.objects.count() == 0


def test_a_refused_first_work_leaves_no_basket_behind(offer):
    with pytest.raises(ValidationError):
        add_to_basket(basket=Basket(), offer=offer, quantity=9)
    assert Basket.objects.count() == 0


def test_a_foreign_work_whose_permit_was_refused_is_neither_added_nor_payable(basket, foreign_tray):
    offer = offer_to_sell(foreign_tray.stockrecords.get().pk)
    line = add_to_basket(basket=basket, offer=offer)
    decide_import_permit(permit=foreign_tray.import_permit, accepted=False)
    again = offer_to_sell(offer.pk)
    with pytest.raises(ValidationError) as error:
        add_to_basket(basket=basket, offer=again)
    assert error.value.code == "no_import_permit"
    line = Line.objects.get()
    assert line.quantity == 1
    with pytest.raises(ValidationError) as error:
        line.save()
    assert error.value.code == "no_import_permit"
    shown = show(Basket.objects.get())
    assert (shown.payable, shown.total_rial) == (False, 0)
    assert str(error.value.messages[0]) == shown.groups[0].lines[0].problem


@pytest.fixture
def lapsed_offer(kilim, bazaar) -> StockRecord:
    """An offer in a bound venue, on the day after the licence that showed the work's origin ended."""
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    return offer_to_sell(offer.pk)


def test_a_work_that_lapsed_in_a_bound_venue_is_refused_and_recorded(basket, lapsed_offer, buyer, bazaar):
    with acting(buyer), pytest.raises(ValidationError) as error:
        add_to_basket(basket=basket, offer=lapsed_offer, quantity=1)
    assert error.value.code == "foreign_goods"
    assert Line.objects.count() == 0
    refusal = Refusal.objects.get()
    assert (refusal.rule, refusal.door, refusal.user) == ("forbid_foreign_goods", "basket_add", buyer)
    assert refusal.place == f"bazaars.venue:{bazaar.pk}"


def test_oscars_own_add_product_asks_the_rule_too(basket, kilim, lapsed_offer):
    StockRecord.objects.filter(product=kilim, venue=None).delete()
    with pytest.raises(ValidationError) as error:
        basket.add_product(kilim)
    assert error.value.code == "foreign_goods"
    assert Line.objects.count() == 0


def test_a_change_asks_the_rules_and_taking_out_asks_none(basket, kilim, bazaar):
    offer = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=3).pk)
    line = add_to_basket(basket=basket, offer=offer, quantity=1)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    with pytest.raises(ValidationError) as error:
        change_quantity(basket=basket, line=line, quantity=2)
    assert error.value.code == "foreign_goods"
    assert Line.objects.get().quantity == 1
    assert Refusal.objects.get().door == "basket_change"
    change_quantity(basket=basket, line=line, quantity=0)
    assert Line.objects.count() == 0


def test_a_merge_leaves_an_unlawful_line_behind(kilim, bazaar, offer, buyer):
    in_venue = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=3).pk)
    guest, mine = Basket.objects.create(), Basket.objects.create(owner=buyer)
    add_to_basket(basket=guest, offer=in_venue, quantity=1)
    add_to_basket(basket=guest, offer=offer, quantity=2)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    mine.merge(guest, add_quantities=False)
    assert [(line.stockrecord_id, line.quantity) for line in mine.lines.all()] == [(offer.pk, 2)]
    assert [error.code for error in mine.left_behind] == ["foreign_goods"]
    assert guest.lines.count() == 1


def test_put_back_returns_what_may_still_be_bought(basket, kilim, offer, coppersmith, unproven_tray):
    tray = offer_to_sell(unproven_tray.stockrecords.get().pk)
    add_to_basket(basket=basket, offer=offer, quantity=1)
    add_to_basket(basket=basket, offer=tray, quantity=1)
    withdraw_offer(offer=tray, because="maker")
    again = Basket()
    refused = put_back(into=again, frozen=Basket.objects.get(pk=basket.pk))
    assert [error.code for error in refused] == ["offer_withdrawn"]
    assert [line.stockrecord_id for line in again.all_lines()] == [offer.pk]


def test_an_origin_that_changes_reaches_an_open_basket(basket, kilim, bazaar):
    offer = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=3).pk)
    add_to_basket(basket=basket, offer=offer, quantity=1)
    assert show(basket).payable is True
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None)
    shown = show(Basket.objects.get(pk=basket.pk))
    assert (shown.payable, shown.total_rial) == (False, 0)
    assert bazaar.name in shown.groups[0].lines[0].problem
