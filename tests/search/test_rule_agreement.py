"""Search accepts exactly the works that the database's form of the foreign-goods rule accepts, on every day and without indexing anew."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from catalogue.models import FOR_EVER, Product
from marketplace.bazaars.models import Venue
from marketplace.bazaars.rules import forbid_foreign_goods, require_open_venue
from marketplace.core import clock
from marketplace.listing.origins import change_origin, register_import_permit
from marketplace.listing.services import create_work
from marketplace.partner.models import StockRecord
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works
from tests.search.works import offer

pytestmark = pytest.mark.django_db

#: Everything is written on this day, when no venue is bound yet.
WRITTEN = date(2026, 1, 1)
BOUND, FREED, CLOSED = date(2026, 6, 1), date(2026, 9, 1), date(2026, 12, 1)
ONE_DAY = timedelta(days=1)
DAYS = [day for edge in (BOUND, FREED, CLOSED) for day in (edge - ONE_DAY, edge, edge + ONE_DAY)]

VENUES = {
    "workshop": None,
    "never-bound": {},
    "bound": {"bound_since": BOUND},
    "bound-for-a-time": {"bound_since": BOUND, "bound_until": FREED},
    "planned": {"is_planned": True},
    "closes": {"open_until": CLOSED},
    "bound-and-closes": {"bound_since": BOUND, "open_until": CLOSED},
    "freed-and-closes": {"bound_since": BOUND, "bound_until": FREED, "open_until": CLOSED},
    "closed-before-bound": {"bound_since": CLOSED, "open_until": FREED},
}
ORIGINS = {
    "domestic": {"state": "domestic", "until": FOR_EVER},
    "lapsing": {"state": "domestic", "until": FREED},
    "lapsing-while-bound": {"state": "domestic", "until": BOUND + 30 * ONE_DAY},
    "foreign": {"state": "foreign", "country": "TR"},
    "unproven": {"state": "unproven"},
    "disputed": {"state": "disputed"},
}


#: How many of the 60 works may be sold on each of DAYS: the table has something to tell.
SIZES = [54, 39, 39, 34, 46, 38, 38, 38, 19]


@pytest.fixture
def table(day, weaver, kilim_craft, kerman):
    """A work of every origin in every kind of venue, and one with offers in several."""
    clock.set_today(WRITTEN)
    permit = register_import_permit(maker=weaver, number="G-2", country="TR", issued_on=WRITTEN)
    venues = {
        name: dates
        if dates is None
        else Venue.objects.create(slug=name, name_fa=name, name_en=name, kind="bazaar", city=kerman, **dates)
        for name, dates in VENUES.items()
    }
    for origin, fields in ORIGINS.items():
        for place in [*venues, "several"]:
            work = create_work(maker=weaver, craft=kilim_craft, title_fa=f"{origin} {place}", import_permit=permit)
            change_origin(work=work, basis="verified", **({"until": None, "country": "IR"} | fields))
            there = ["bound-and-closes", "freed-and-closes", "planned"] if place == "several" else [place]
            for name in there:
                offer(work, venues[name])
    index_works(Product.objects.values_list("pk", flat=True))


def found() -> set[int]:
    page = find(SearchRequest(limit=200))
    assert page.total == len(page.ids)
    return set(page.ids)


def lawful(day: date) -> set[int]:
    return set(StockRecord.objects.lawful_on(day).values_list("product_id", flat=True))


def allowed_by_the_rules(day: date) -> set[int]:
    allowed = set()
    for one in StockRecord.objects.active().select_related("product", "venue"):
        try:
            forbid_foreign_goods(one.product, one.venue, on=day)
            require_open_venue(one.venue, on=day)
        except ValidationError:
            continue
        allowed.add(one.product_id)
    return allowed


def test_rules_database_and_search_agree_on_every_day(table, engine):
    sizes = []
    for day in DAYS:
        clock.set_today(day)
        assert found() == lawful(day) == allowed_by_the_rules(day), day
        sizes.append(len(found()))
    assert sizes == SIZES


def test_indexing_anew_on_a_later_day_changes_nothing(table, engine):
    for day in DAYS:
        clock.set_today(day)
        before = found()
        index_works(Product.objects.values_list("pk", flat=True))
        assert found() == before == lawful(day)


def test_withdrawn_offers_are_not_found(kilim, engine):
    index_works([kilim.pk])
    assert found() == {kilim.pk}
    kilim.stockrecords.update(withdrawn_at="2026-11-22T08:00Z")
    index_works([kilim.pk])
    assert found() == set() == lawful(clock.today())


def test_a_hidden_work_is_never_found(kilim, engine):
    index_works([kilim.pk])
    Product.objects.filter(pk=kilim.pk).update(is_public=False)
    index_works([kilim.pk])
    assert found() == set()
