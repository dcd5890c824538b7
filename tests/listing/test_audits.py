"""`audit_market` says in plain words what breaks a rule, and exits 1; a whole market exits 0."""

import pytest
from django.core.management import call_command
from django.db import connection

from marketplace.core import dbrules
from marketplace.listing.services import offer_in_venue
from marketplace.partner.models import StockRecord

pytestmark = pytest.mark.django_db


def audit(capsys) -> tuple[int, str]:
    code = 0
    try:
        call_command("audit_market")
    except SystemExit as ended:
        code = int(ended.code or 0)
    return code, capsys.readouterr().out


@pytest.fixture
def _without_triggers(db):
    """As after somebody dropped every trigger of ours."""
    names = []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            names = [(name, "") for (name,) in cursor.fetchall()]
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
            )
            names = cursor.fetchall()
        for name, table in names:
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if table else ""))


def test_a_market_in_order(kilim, foreign_tray, unproven_tray, bazaar, capsys):
    offer_in_venue(work=kilim, venue=bazaar, price_rial=200_000_000, pieces=1)
    code, said = audit(capsys)
    assert code == 0
    assert said.endswith("Nothing breaks a rule.\n")
    assert "venues: in order" in said


@pytest.mark.usefixtures("_without_triggers")
def test_dropped_triggers_are_named(kilim, capsys):
    code, said = audit(capsys)
    assert code == 1
    assert "The database does not hold forbid_foreign_goods on partner_stockrecord: run migrate." in said


def run(sql: str, *params) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.usefixtures("_without_triggers")
def test_every_breach_is_found_from_the_papers(kilim, foreign_tray, bazaar, capsys):
    tray = foreign_tray.stockrecords.get()
    dbrules_there = dbrules.missing()
    assert dbrules_there
    run("UPDATE partner_stockrecord SET venue_id = %s WHERE id = %s", bazaar.pk, tray.pk)
    run(
        "UPDATE catalogue_product SET origin_state = 'domestic', domestic_until = '2099-01-01' WHERE id = %s",
        foreign_tray.pk,
    )
    run("UPDATE catalogue_product SET title = 'سینی ساخت ایران', origin_state = 'foreign', domestic_until = NULL "
        "WHERE id = %s", kilim.pk)  # fmt: skip
    run("UPDATE bazaars_venue SET open_until = '2099-01-01' WHERE id = %s", bazaar.pk)
    code, said = audit(capsys)
    assert code == 1
    for sentence in (
        f"Work {foreign_tray.pk} counts as Iranian until 2099-01-01, and no paper shows it.",
        f"Work {kilim.pk} is foreign and says “ساخت ایران”.",
        f"Work {kilim.pk} is foreign and stands in product line {kilim.product_line_id}.",
        "Venue qaleh-mahmoud: its dates are not those that its licence events give.",
        f"work {kilim.pk} is foreign and has no import permit that stands.",
    ):
        assert sentence in said


@pytest.mark.usefixtures("_without_triggers")
def test_a_foreign_offer_in_a_bound_venue_is_not_sellable_even_then(foreign_tray, bazaar, capsys):
    """Without triggers the QuerySet and the strategy still close it; the audit names no sellable offer."""
    StockRecord.objects.filter(product=foreign_tray).update(venue=bazaar)
    assert StockRecord.objects.lawful_on(bazaar.bound_since).count() == 0
    _code, said = audit(capsys)
    assert "offers: in order" in said
