"""The database itself refuses, by the rule's name, whichever way the row comes."""

import pytest
from django.contrib.sites.models import Site
from django.db import DatabaseError, connection, transaction

from catalogue.models import Product
from marketplace.basket.models import Basket, Line
from marketplace.bazaars.models import LicenceEvent, Venue
from marketplace.core import chain, clock
from marketplace.core.models import LogEntry
from marketplace.listing.services import offer_in_venue
from marketplace.order.models import Line as OrderLine
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord

pytestmark = pytest.mark.django_db


def refused(do) -> None:
    """Run it; the database must refuse with the rule's name."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        do()
    assert "forbid_foreign_goods" in str(error.value)


def run(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_raw_update_of_an_offers_venue_is_refused(foreign_tray, bazaar):
    offer = foreign_tray.stockrecords.get()
    refused(lambda: run("UPDATE partner_stockrecord SET venue_id = %s WHERE id = %s", bazaar.pk, offer.pk))
    offer.refresh_from_db()
    assert offer.venue_id is None


def test_queryset_update_of_an_offers_venue_is_refused(foreign_tray, bazaar):
    refused(lambda: StockRecord.objects.filter(product=foreign_tray).update(venue=bazaar))
    assert StockRecord.objects.filter(venue=bazaar).count() == 0


@pytest.mark.parametrize("title", ["foreign_tray", "unproven_tray"])
def test_bulk_create_of_an_offer_is_refused(title, request, bazaar):
    work = request.getfixturevalue(title)
    there = work.stockrecords.get()
    new = StockRecord(product=work, partner=there.partner, partner_sku="X", venue=bazaar, price=1000, num_in_stock=1)
    refused(lambda: StockRecord.objects.bulk_create([new]))
    assert StockRecord.objects.count() == 1


def test_a_domestic_work_is_accepted(kilim, bazaar):
    there = kilim.stockrecords.get()
    StockRecord.objects.bulk_create(
        [StockRecord(product=kilim, partner=there.partner, partner_sku="X", venue=bazaar, price=1000, num_in_stock=1)]
    )
    assert bazaar.offers.count() == 1


def test_a_lapsed_licence_refuses_from_the_next_day(kilim, bazaar):
    there = kilim.stockrecords.get()
    clock.set_today(kilim.domestic_until)
    run("UPDATE partner_stockrecord SET venue_id = %s WHERE id = %s", bazaar.pk, there.pk)
    run("UPDATE partner_stockrecord SET venue_id = NULL WHERE id = %s", there.pk)
    clock.set_today(clock.days_ahead(1))
    refused(lambda: run("UPDATE partner_stockrecord SET venue_id = %s WHERE id = %s", bazaar.pk, there.pk))


def test_an_origin_cannot_be_lost_under_an_active_offer(kilim, bazaar):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)
    refused(
        lambda: run(
            "UPDATE catalogue_product SET origin_state = 'unproven', domestic_until = NULL WHERE id = %s", kilim.pk
        )
    )
    assert Product.objects.get(pk=kilim.pk).origin_state == "domestic"


def test_a_venue_cannot_become_bound_over_foreign_offers(foreign_tray, free_shop):
    offer_in_venue(work=foreign_tray, venue=free_shop, price_rial=40_000_000, pieces=1)
    refused(lambda: run("UPDATE bazaars_venue SET bound_since = '2026-01-01' WHERE id = %s", free_shop.pk))
    assert Venue.objects.get(pk=free_shop.pk).bound_since is None


def test_a_basket_line_on_an_unlawful_offer_is_refused(kilim, bazaar):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)
    clock.set_today(clock.days_ahead(900))
    basket = Basket.objects.create()
    line = Line(basket=basket, product=kilim, stockrecord=offer, line_reference="1", quantity=1, price_currency="IRR")
    refused(lambda: Line.objects.bulk_create([line]))
    assert Line.objects.count() == 0


def test_the_log_can_only_grow(day):
    entry = chain.append(chain="seals", kind="granted", body={"n": 1})
    chain.append(chain="seals", kind="granted", body={"n": 2})
    for sql in ("UPDATE core_logentry SET kind = 'x' WHERE id = %s", "DELETE FROM core_logentry WHERE id = %s"):
        with pytest.raises(DatabaseError) as error, transaction.atomic():
            run(sql, entry.pk)
        assert "append_only_log" in str(error.value)
    assert chain.first_broken("seals") is None


#: Takes a row's place without a DELETE: SQLite's REPLACE fires no trigger for it, PostgreSQL's upsert fires the one for UPDATE.
_IN_ITS_PLACE = {
    "core_logentry": ("ON CONFLICT (id) DO UPDATE SET kind = 'x'", "append_only_log"),
    "bazaars_licenceevent": ("ON CONFLICT (id) DO UPDATE SET kind = 'suspended'", "licence_events_grow_only"),
    "bazaars_venue": (
        "ON CONFLICT (id) DO UPDATE SET bound_since = NULL, open_until = NULL",
        "venue_dates_follow_licence",
    ),
}


@pytest.mark.parametrize("table", sorted(_IN_ITS_PLACE))
def test_no_row_takes_the_place_of_another(table, bazaar):
    chain.append(chain="seals", kind="granted", body={"n": 1})
    upsert, rule = _IN_ITS_PLACE[table]
    before = (
        chain.first_broken("seals"),
        Venue.objects.values().get(pk=bazaar.pk),
        LicenceEvent.objects.values().get(),
    )
    if connection.vendor == "sqlite":
        statement, rule = f"REPLACE INTO {table} SELECT * FROM {table}", "no_row_is_replaced"
    else:
        statement = f"INSERT INTO {table} SELECT * FROM {table} {upsert}"
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run(statement)
    assert rule in str(error.value)
    after = (chain.first_broken("seals"), Venue.objects.values().get(pk=bazaar.pk), LicenceEvent.objects.values().get())
    assert after == before


@pytest.mark.parametrize("table", ["core_logentry", "bazaars_licenceevent", "catalogue_origindecision"])
def test_a_table_that_only_grows_is_not_emptied(bazaar, table):
    statement = "DELETE FROM" if connection.vendor == "sqlite" else "TRUNCATE"
    chain.append(chain="seals", kind="granted", body={"n": 1})
    if table == "catalogue_origindecision" and connection.vendor == "sqlite":
        return  # no row, no trigger: there is nothing to take away
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")  # what the fixtures wrote is checked before the table is touched
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run(f"{statement} {table}" + ("" if connection.vendor == "sqlite" else " CASCADE"))
    assert "only" in str(error.value)
    assert (LogEntry.objects.count(), LicenceEvent.objects.count()) == (1, 1)


def test_an_order_line_without_a_work_sells_its_offers(kilim, bazaar):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)
    order = Order.objects.create(
        number="T-1", currency="IRR", total_incl_tax=1, total_excl_tax=1, site=Site.objects.get_current()
    )
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    line = OrderLine(
        order=order,
        product=None,
        stockrecord=offer,
        title="x",
        quantity=1,
        line_price_incl_tax=1,
        line_price_excl_tax=1,
        line_price_before_discounts_incl_tax=1,
        line_price_before_discounts_excl_tax=1,
    )
    refused(lambda: OrderLine.objects.bulk_create([line]))
    assert OrderLine.objects.count() == 0
