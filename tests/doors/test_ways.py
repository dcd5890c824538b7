"""One row for every door: refused, recorded once outside the refused transaction, and nothing changed."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from catalogue.models import Product
from marketplace.basket.models import Basket, Line
from marketplace.core.models import Refusal
from marketplace.core.refusals import acting
from marketplace.core.registry import doors
from marketplace.order.models import Line as OrderLine
from marketplace.partner.models import StockRecord
from tests.checkout.sale import contact  # noqa: F401  a fixture
from tests.doors.ways import WAYS, Scene, refusals, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(foreign_tray, kilim, bazaar, buyer, contact):  # noqa: F811
    return Scene(foreign=foreign_tray, kilim=kilim, bazaar=bazaar, buyer=buyer, contact=contact)


def test_every_door_has_its_row():
    assert sorted(WAYS) == [door.name for door in doors("forbid_foreign_goods")]


@pytest.mark.parametrize("name", sorted(WAYS))
def test_the_door_is_shut(name, scene):
    prepare, code = WAYS[name]
    act = prepare(scene)
    before = state()
    with acting(scene.buyer), pytest.raises(ValidationError) as refused:
        act()
    assert getattr(refused.value, "code", None) == code
    assert state() == before
    assert refusals() == [(name, code)]
    record = Refusal.objects.get()
    assert (record.user, bool(record.sentence_fa), bool(record.sentence_en)) == (scene.buyer, True, True)
    assert record.sentence_fa != record.sentence_en


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["basket_add", "checkout", "offer_in_venue", "order_line"])
def test_the_record_outlives_the_refused_transaction(name, scene):
    """The same with real transactions: the refused one is rolled back, the record is there."""
    prepare, code = WAYS[name]
    act = prepare(scene)
    with pytest.raises(ValidationError):
        act()
    assert refusals() == [(name, code)]


def test_an_act_undone_from_outside_takes_its_record_with_it(scene):
    """Inside somebody's transaction the door writes nothing: whoever holds it tells the record afterwards (`kept`)."""
    with pytest.raises(ValidationError), transaction.atomic():
        WAYS["move_offer"][0](scene)()
    assert refusals() == []


def _database_ways(scene: Scene):
    """What reaches the tables without any door: (name, act, the rule's name)."""
    tray = scene.foreign.stockrecords.get()
    new = StockRecord(
        product=scene.foreign, partner=tray.partner, partner_sku="X", venue=scene.bazaar, price=1000, num_in_stock=1
    )

    def run(sql: str, *params):
        with connection.cursor() as cursor:
            cursor.execute(sql, params)

    kilim, bazaar = scene.kilim.pk, scene.bazaar.pk
    rule, origin = "forbid_foreign_goods", "origin_follows_proof"
    return [
        ("bulk_create", lambda: StockRecord.objects.bulk_create([new]), rule),
        ("save", lambda: new.save(), rule),
        ("queryset update", lambda: StockRecord.objects.filter(pk=tray.pk).update(venue=scene.bazaar), rule),
        ("bulk_update", lambda: _bulk_update(tray, scene), rule),
        (
            "raw update",
            lambda: run("UPDATE partner_stockrecord SET venue_id = %s WHERE id = %s", bazaar, tray.pk),
            rule,
        ),
        ("raw insert", lambda: _raw_insert(run, tray, bazaar), rule),
        (
            "raw product swap",
            lambda: run("UPDATE partner_stockrecord SET product_id = %s WHERE venue_id = %s", scene.foreign.pk, bazaar),
            rule,
        ),
        (
            "raw parent swap",
            lambda: run("UPDATE catalogue_product SET parent_id = %s WHERE id = %s", scene.foreign.pk, kilim),
            rule,
        ),
        (
            "raw origin",
            lambda: run(
                "UPDATE catalogue_product SET origin_state = 'domestic', domestic_until = '2099-01-01' WHERE id = %s",
                scene.foreign.pk,
            ),
            origin,
        ),
        (
            "raw venue dates",
            lambda: run("UPDATE bazaars_venue SET bound_since = NULL, open_until = NULL WHERE id = %s", bazaar),
            "venue_dates_follow_licence",
        ),
        (
            "raw permit",
            lambda: run(
                "UPDATE catalogue_importpermit SET state = 'refused' WHERE maker_id = %s", scene.foreign.maker_id
            ),
            "require_import_permit",
        ),
    ]


def _bulk_update(offer: StockRecord, scene: Scene) -> None:
    offer.venue = scene.bazaar
    StockRecord.objects.bulk_update([offer], ["venue"])


def _raw_insert(run, tray: StockRecord, bazaar: int) -> None:
    run(
        "INSERT INTO partner_stockrecord (product_id, partner_id, partner_sku, price_currency, price, num_in_stock, venue_id, "
        "withdrawn_because, date_created, date_updated) VALUES (%s, %s, 'Y', 'IRR', 1000, 1, %s, '', '2026-11-22', '2026-11-22')",
        tray.product_id,
        tray.partner_id,
        bazaar,
    )


DATABASE_WAYS = (
    *("bulk_create", "save", "queryset update", "bulk_update", "raw update", "raw insert", "raw product swap"),
    *("raw parent swap", "raw origin", "raw venue dates", "raw permit"),
)


@pytest.mark.parametrize("name", DATABASE_WAYS)
def test_the_database_door_is_shut(name, scene):
    scene.in_bazaar()
    ways = {way: (act, rule) for way, act, rule in _database_ways(scene)}
    assert sorted(ways) == sorted(DATABASE_WAYS)
    act, rule = ways[name]
    before = state()
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        act()
    assert rule in str(error.value)
    assert state() == before


def test_the_read_api_writes_nothing(client, scene):
    before = state()
    for method in ("post", "put", "patch", "delete"):
        for address in ("/api/v1/works", f"/api/v1/works/{scene.foreign.pk}"):
            answer = getattr(client, method)(
                address, json.dumps({"venue": "qaleh-mahmoud"}), content_type="application/json"
            )
            assert answer.status_code == 405, (method, address)
    assert state() == before


def test_the_admin_changes_no_work_and_knows_no_offer(client, scene, officer):
    officer.is_superuser = True
    officer.save()
    client.force_login(officer)
    before = state()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SECOND_FACTOR_REQUIRED", False)
        answer = client.post(f"/admin/catalogue/product/{scene.foreign.pk}/change/", {"origin_country": "IR"})
        gone = [
            client.post(address, {}).status_code
            for address in ("/admin/partner/stockrecord/add/", "/admin/basket/line/add/", "/admin/order/line/add/")
        ]
    assert answer.status_code == 403
    assert gone == [404, 404, 404]
    assert state() == before


@pytest.mark.parametrize(
    "address", ["/dashboard/", "/dashboard/catalogue/", "/dashboard/partners/", "/dashboard/orders/"]
)
def test_oscars_dashboard_is_not_there(client, scene, officer, address):
    client.force_login(officer)
    assert client.get(address).status_code in (302, 404)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.SECOND_FACTOR_REQUIRED", False)
        assert client.get(address).status_code == 404


def test_oscars_import_command_meets_the_database(scene, tmp_path):
    """Oscar's own CSV import knows no door of ours; a foreign work without a permit is refused by the table itself."""
    Product.objects.filter(pk=scene.foreign.pk).update(upc="978-1")
    withdrawn = scene.foreign.stockrecords.get()
    StockRecord.objects.filter(pk=withdrawn.pk).update(withdrawn_at="2026-11-22T00:00:00Z")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_importpermit SET state = 'refused'")
    sheet = tmp_path / "import.csv"
    sheet.write_text("work,Cat,978-1,Tray,Text,Another seller,SKU-1,9000000,4\n")
    before = state()
    with pytest.raises((DatabaseError, CommandError)) as error, transaction.atomic():
        call_command("oscar_import_catalogue", str(sheet))
    assert "require_import_permit" in str(error.value)
    assert state() == before


def test_a_line_of_an_order_cannot_be_written_by_hand(scene):
    offer = scene.in_bazaar()
    scene.lapse()
    line = OrderLine(
        product=scene.kilim, stockrecord=offer, venue=scene.bazaar, quantity=1, title="x", partner=offer.partner
    )
    with pytest.raises(DatabaseError), transaction.atomic():
        OrderLine.objects.bulk_create([line])
    basket_line = Line(
        basket=Basket.objects.create(), product=scene.kilim, stockrecord=offer, line_reference="1", price_currency="IRR"
    )
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        Line.objects.bulk_create([basket_line])
    assert "forbid_foreign_goods" in str(error.value)
    assert (Line.objects.count(), OrderLine.objects.count()) == (0, 0)
