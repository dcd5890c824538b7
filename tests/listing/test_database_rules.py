"""Proofs of origin and import permits, held by the database: raw SQL is refused by the rule's name, and nothing changes."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from catalogue.models import ImportPermit, OriginDecision, Product
from marketplace.basket.models import Basket, Line
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.bazaars.models import LicenceEvent
from marketplace.checkout.placing import place_order
from marketplace.core.dbrules import declared, install
from marketplace.listing.licences import record_production_licence
from marketplace.listing.origins import change_origin, dispute_origin
from marketplace.listing.services import add_variant, offer_in_venue, withdraw_offer
from marketplace.makers.models import ProductionLicence
from marketplace.order.models import Line as OrderLine
from marketplace.partner.models import StockRecord
from tests.cast import DAY
from tests.checkout.sale import purchase_of

pytestmark = pytest.mark.django_db
PROOF, PERMIT, GOODS = "origin_follows_proof", "require_import_permit", "forbid_foreign_goods"


def run(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def refused(rule: str, row, sets: str, *params) -> None:
    """UPDATE one row (with None: DELETE it); the database says no by the rule's name, and the row is as it was."""
    table, manager = row._meta.db_table, type(row)._default_manager
    before = manager.filter(pk=row.pk).values().get()
    sql = f"UPDATE {table} SET {sets}" if sets else f"DELETE FROM {table}"
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        run(f"{sql} WHERE id = %s", *params, row.pk)
    assert rule in str(error.value)
    assert manager.filter(pk=row.pk).values().get() == before


DOMESTIC = "origin_state = 'domestic', origin_country = 'IR', import_permit_id = NULL"


# origin_follows_proof


@pytest.mark.parametrize("basis", ["declared", "verified", "seal", ""])
def test_no_work_becomes_domestic_without_its_proof(basis, unproven_tray):
    refused(PROOF, unproven_tray, f"{DOMESTIC}, origin_basis = %s, domestic_until = '2026-12-01'", basis)


def test_a_declared_origin_does_not_outlast_its_licence(kilim):
    refused(PROOF, kilim, "domestic_until = '2027-06-02'")


def test_a_licence_that_is_not_issued_yet_proves_nothing(unproven_tray, coppersmith, metal):
    record_production_licence(
        maker=coppersmith, craft_group=metal, number="T", issued_on=date(2026, 12, 1), expires_on=date(2028, 1, 1)
    )
    assert Product.objects.get(pk=unproven_tray.pk).origin_state == "unproven"
    refused(PROOF, unproven_tray, f"{DOMESTIC}, origin_basis = 'declared', domestic_until = '2027-12-01'")


def test_a_work_of_another_country_is_not_domestic(kilim):
    refused(PROOF, kilim, "origin_country = 'TR'")


@pytest.mark.parametrize("of", ["maker_id", "craft_id"])
def test_a_licence_proves_the_works_of_its_maker_and_craft_group_only(of, kilim, coppersmith, copper_craft):
    refused(PROOF, kilim, f"{of} = %s", coppersmith.pk if of == "maker_id" else copper_craft.pk)


def test_an_officers_doubt_is_not_answered_by_a_licence(kilim, officer):
    dispute_origin(work=kilim, by=officer, reason="?")
    refused(PROOF, kilim, f"{DOMESTIC}, origin_basis = 'declared', domestic_until = '2027-06-01'")
    refused(PROOF, kilim, "origin_state = 'unproven'")


def test_a_foreign_work_does_not_become_iranian_nor_unproven(foreign_tray):
    refused(PROOF, foreign_tray, "origin_state = 'unproven'")


def test_a_work_that_is_foreign_by_an_officers_word_does_not_become_doubtful(kilim, officer):
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None, by=officer)
    refused(PROOF, kilim, "origin_state = 'disputed'")
    refused(PROOF, kilim, "origin_state = 'disputed', origin_basis = 'seal', origin_country = 'IR'")


def test_an_officer_may_doubt_what_was_called_foreign(kilim, officer):
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None, by=officer)
    dispute_origin(work=kilim, by=officer, reason="x")
    kilim.refresh_from_db()
    assert kilim.origin_state == "disputed"


def test_a_work_that_is_not_domestic_does_not_hide_under_one_that_is(unproven_tray, kilim):
    refused(PROOF, unproven_tray, "parent_id = %s", kilim.pk)


@pytest.mark.parametrize(
    "sets",
    [
        "expires_on = '2026-12-01'",
        "revoked_on = '2026-11-22'",
        "issued_on = '2027-01-01'",
        "maker_id = {other_maker}",
        "craft_group_id = {other_group}",
        "",
    ],
)
def test_no_licence_is_pulled_away_from_under_a_work(sets, kilim, licence, coppersmith, metal):
    refused(PROOF, licence, sets.format(other_maker=coppersmith.pk, other_group=metal.pk))


def test_a_licence_may_go_when_another_carries_the_work(kilim, licence, weaver, flatweave):
    ProductionLicence.objects.create(
        maker=weaver, craft_group=flatweave, number="T-3", issued_on=DAY, expires_on=licence.expires_on
    )
    run("DELETE FROM makers_productionlicence WHERE id = %s", licence.pk)
    assert not ProductionLicence.objects.filter(pk=licence.pk).exists()


def test_what_is_decided_of_a_variant_is_decided_of_its_work(kilim, bazaar, officer):
    withdraw_offer(offer=kilim.stockrecords.get(), because="by_maker")
    variant = add_variant(work=kilim, title_fa="کوچک", price_rial=10_000_000, pieces=1, venue=bazaar)
    change_origin(work=variant, state="disputed", country="IR", basis="verified", until=None, by=officer)
    assert Product.objects.get(pk=kilim.pk).origin_state == "disputed"
    assert variant.stockrecords.get().withdrawn_because == "origin_changed"


# require_import_permit


def test_no_offer_of_a_foreign_work_comes_back_without_a_permit(foreign_tray):
    offer = withdraw_offer(offer=foreign_tray.stockrecords.get(), because="by_maker")
    run("UPDATE catalogue_product SET import_permit_id = NULL WHERE id = %s", foreign_tray.pk)
    refused(PERMIT, offer, "withdrawn_at = NULL")


def test_a_permit_does_not_leave_a_work_that_is_offered(foreign_tray):
    refused(PERMIT, foreign_tray, "import_permit_id = NULL")
    refused(PERMIT, foreign_tray, "origin_country = 'CN'")


def test_a_work_does_not_turn_foreign_while_it_is_offered_without_a_permit(unproven_tray):
    refused(PERMIT, unproven_tray, "origin_state = 'foreign', origin_country = 'TR'")


@pytest.mark.parametrize("sets", ["state = 'refused'", "country = 'CN'", "maker_id = {other}"])
def test_a_permit_stands_while_works_are_offered_under_it(sets, foreign_tray, permit, weaver):
    refused(PERMIT, permit, sets.format(other=weaver.pk))
    assert ImportPermit.objects.get(pk=permit.pk).stands


def test_an_order_of_a_foreign_work_is_not_written_without_a_permit(foreign_tray, contact):
    place_order(purchase_of(offer_to_sell(foreign_tray.stockrecords.get().pk), contact))
    withdraw_offer(offer=foreign_tray.stockrecords.get(), because="by_maker")
    run("UPDATE catalogue_importpermit SET state = 'refused'")
    line = OrderLine.objects.get()
    line.pk = None
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        OrderLine.objects.bulk_create([line])
    assert PERMIT in str(error.value)
    assert OrderLine.objects.count() == 1


# forbid_foreign_goods where the shell tried something new


def test_an_offer_stays_with_its_work(kilim, foreign_tray, bazaar):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1)
    refused(GOODS, offer, "product_id = %s", foreign_tray.pk)


def test_a_basket_line_sells_its_offers_own_work(kilim, foreign_tray):
    basket = Basket.objects.create()
    add_to_basket(basket=basket, offer=offer_to_sell(foreign_tray.stockrecords.get().pk))
    refused(GOODS, Line.objects.get(), "product_id = %s", kilim.pk)


def test_a_variant_does_not_leave_its_work_with_an_offer_in_a_bound_venue(kilim, bazaar):
    withdraw_offer(offer=kilim.stockrecords.get(), because="by_maker")
    variant = add_variant(work=kilim, title_fa="کوچک", price_rial=10_000_000, pieces=1, venue=bazaar)
    refused(GOODS, variant, "parent_id = NULL")
    assert StockRecord.objects.active().get().product_id == variant.pk


def test_an_order_line_is_saved_whole_after_its_work_turned_foreign(kilim, bazaar, contact):
    offer = offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1)
    place_order(purchase_of(offer_to_sell(offer.pk), contact))
    change_origin(work=kilim, state="foreign", country="TR", basis="verified", until=None)
    line = OrderLine.objects.get()
    line.status = "Dispatched"
    line.save()
    assert OrderLine.objects.get().status == "Dispatched"


# tables that only grow


@pytest.mark.parametrize("sets", ["kind = 'revoked'", "\"on\" = '2025-01-01'", ""])
def test_licence_events_only_grow(sets, bazaar):
    refused("licence_events_grow_only", LicenceEvent.objects.get(), sets)


@pytest.mark.parametrize("sets", ["state = 'domestic'", "until = '9999-12-31'", ""])
def test_decisions_on_origin_only_grow(sets, foreign_tray, officer):
    dispute_origin(work=foreign_tray, by=officer, reason="?")
    refused("origin_decisions_grow_only", OriginDecision.objects.get(), sets)


def test_a_trigger_of_an_earlier_declaration_is_taken_away(db):
    rule = declared()[0]
    table = rule.guards[0].table
    name = f"{rule.name}_{table}_of_old"
    if connection.vendor == "sqlite":
        run(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} BEGIN SELECT 1; END")
        there = f"SELECT COUNT(*) FROM sqlite_master WHERE name = '{name}'"
    else:
        run(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'")
        run(f"CREATE TRIGGER {name} BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        there = f"SELECT COUNT(*) FROM pg_trigger WHERE tgname = '{name}'"
    install()
    with connection.cursor() as cursor:
        cursor.execute(there)
        assert cursor.fetchone() == (0,)
