"""Which offer is sold: the cheapest lawful one; a line keeps its own."""

from decimal import Decimal

import pytest

from catalogue.models import FOR_EVER, Product
from marketplace.basket.models import Basket
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.core import clock
from marketplace.listing.origins import change_origin
from marketplace.listing.services import offer_in_venue, withdraw_offer
from marketplace.partner.models import StockRecord
from marketplace.partner.strategy import Selector


@pytest.fixture
def strategy():
    return Selector().strategy()


def test_the_cheapest_offer_is_sold_in_rial_without_tax(strategy, kilim, bazaar):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=170_000_000, pieces=1)
    info = strategy.fetch_for_product(kilim)
    assert (info.stockrecord.venue, info.price.incl_tax, info.price.tax) == (bazaar, Decimal(170_000_000), 0)
    assert (info.price.currency, info.availability.num_available) == ("IRR", 1)


@pytest.mark.parametrize("away", ["sold", "withdrawn", "closed", "lapsed"])
def test_a_cheaper_offer_that_may_not_be_sold_is_passed_over(strategy, kilim, bazaar, away):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=170_000_000, pieces=1)
    if away == "sold":
        offer.allocate(1)
    if away == "withdrawn":
        withdraw_offer(offer=offer, because="maker")
    if away == "closed":
        clock.set_today(bazaar.open_until)
        change_origin(work=kilim, state="domestic", country="IR", basis="verified", until=FOR_EVER)
    if away == "lapsed":
        clock.set_today(kilim.domestic_until)
    if away in {"closed", "lapsed"}:
        clock.set_today(clock.days_ahead(1))
    info = strategy.fetch_for_product(Product.objects.get(pk=kilim.pk))
    assert (info.stockrecord.venue, info.price.incl_tax) == (None, 180_000_000)
    assert info.availability.is_available_to_buy is True


def test_the_only_offer_unlawful_says_why(strategy, kilim, bazaar):
    StockRecord.objects.update(venue=bazaar)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    info = strategy.fetch_for_product(Product.objects.get(pk=kilim.pk))
    assert info.availability.is_available_to_buy is False
    assert bazaar.name in info.availability.message
    assert info.availability.error.code == "foreign_goods"


def test_a_work_without_offers_is_not_for_sale(strategy, kilim):
    StockRecord.objects.all().delete()
    info = strategy.fetch_for_product(kilim)
    assert (info.stockrecord, info.price.exists, info.availability.is_available_to_buy) == (None, False, False)


def test_a_line_is_priced_by_its_own_offer(strategy, kilim, bazaar):
    dear = offer_to_sell(offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1).pk)
    basket = Basket()
    add_to_basket(basket=basket, offer=dear)
    basket.strategy = strategy
    assert basket.total_incl_tax == 190_000_000


def test_prefetched_offers_cost_no_query(strategy, kilim, bazaar, django_assert_num_queries):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1)
    work = (
        Product.objects.select_related("product_class", "maker")
        .prefetch_related("stockrecords__venue")
        .get(pk=kilim.pk)
    )
    with django_assert_num_queries(0):
        strategy.fetch_for_product(work)
