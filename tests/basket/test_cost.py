"""What the rule costs a basket: the same queries for one line and for twelve."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.basket.lines import show
from marketplace.basket.models import Basket, Line, framed, offer_of
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.bazaars import rules
from marketplace.core.clock import today
from marketplace.listing.services import add_variant, create_work, offer_in_venue
from marketplace.partner import rules as partner_rules
from marketplace.partner.strategy import Selector

pytestmark = pytest.mark.django_db


def basket_of(lines: int, weaver, kilim_craft, bazaar) -> Basket:
    basket = Basket.objects.create()
    basket.strategy = Selector().strategy()
    for number in range(lines):
        work = create_work(maker=weaver, craft=kilim_craft, title_fa=f"گلیم {number}", price_rial=10_000_000)
        offer = offer_in_venue(work=work, venue=bazaar, price_rial=11_000_000, pieces=1)
        add_to_basket(basket=basket, offer=offer_to_sell(offer.pk))
    return basket


def basket_of_foreign(lines: int, coppersmith, copper_craft, permit) -> Basket:
    """Works of other countries from a workshop, every second one a variant of its work."""
    basket = Basket.objects.create()
    basket.strategy = Selector().strategy()
    for number in range(lines):
        work = create_work(
            maker=coppersmith, craft=copper_craft, title_fa=f"سینی {number}", origin_country="TR", import_permit=permit
        )
        if number % 2:
            work = add_variant(work=work, title_fa=f"سینی کوچک {number}", price_rial=10_000_000, pieces=1)
        else:
            offer_in_venue(work=work, venue=None, price_rial=10_000_000, pieces=1)
        add_to_basket(basket=basket, offer=offer_to_sell(work.stockrecords.get().pk))
    return basket


def queries_of(basket: Basket) -> int:
    basket = Basket.objects.get(pk=basket.pk)  # one that has loaded nothing
    basket.strategy = Selector().strategy()
    with CaptureQueriesContext(connection) as seen:
        shown = show(basket)
    assert shown.payable
    return len(seen)


def test_a_basket_of_any_size_asks_the_rule_without_a_query_of_its_own(
    weaver, licence, kilim_craft, bazaar, monkeypatch
):
    one, many = (basket_of(lines, weaver, kilim_craft, bazaar) for lines in (1, 12))
    with_rule = queries_of(one), queries_of(many)
    assert with_rule[0] == with_rule[1]
    monkeypatch.setattr(partner_rules, "forbid_foreign_goods", lambda *_args, **_more: None)
    monkeypatch.setattr(partner_rules, "require_open_venue", lambda *_args, **_more: None)
    assert (queries_of(one), queries_of(many)) == with_rule
    assert rules.forbid_foreign_goods is not partner_rules.forbid_foreign_goods


def test_the_import_permit_is_asked_without_a_query_of_its_own(coppersmith, copper_craft, permit, monkeypatch):
    one, many = (basket_of_foreign(lines, coppersmith, copper_craft, permit) for lines in (2, 12))
    with_rule = queries_of(one), queries_of(many)
    assert with_rule[0] == with_rule[1]
    monkeypatch.setattr(partner_rules, "require_import_permit", lambda *_args, **_more: None)
    assert (queries_of(one), queries_of(many)) == with_rule


def test_reading_an_offer_to_sell_it_reads_its_permit(foreign_tray, django_assert_num_queries):
    found = foreign_tray.stockrecords.get().pk
    with django_assert_num_queries(1):
        partner_rules.require_sellable(offer_to_sell(found), 1, on=today())


@pytest.mark.parametrize("lines", [2, 12])
def test_paying_asks_for_permits_twice_whatever_the_number_of_lines(
    lines, coppersmith, copper_craft, permit, django_assert_num_queries
):
    basket = basket_of_foreign(lines, coppersmith, copper_craft, permit)
    with django_assert_num_queries(
        4
    ):  # the lines, their kind, the permits of works, the permits of what they are variants of
        for line in framed(Line.objects.filter(basket=basket)):
            partner_rules.require_sellable(offer_of(line), line.quantity, on=today())
