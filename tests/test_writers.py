"""Whoever writes an offer, a basket line or an order line is a door of the foreign-goods rule, or is listed with the reason why not."""

import re
from pathlib import Path

import pytest

from catalogue.models import Product
from marketplace.partner.models import StockRecord
from tests.test_doors import ARCHITECTURE, listed_doors
from tests.writers import Writer, writers

PLANTED = """
from marketplace.basket.models import Line as BasketLine
from marketplace.partner.models import StockRecord
from oscar.core.loading import get_model

OrderLine = get_model("order", "Line")


class Sheet:
    def take(self, row):
        return StockRecord(product_id=row[0])

    def send(self, offers: "list[StockRecord]"):
        for one in offers:
            one.save()


def by_query(work):
    work.stockrecords.filter(withdrawn_at=None).update(venue_id=1)


def by_name():
    found = StockRecord.objects.first()
    found.price = 1
    found.save()


def in_bulk(rows):
    OrderLine.objects.bulk_create(rows)


def by_sql(cursor, key):
    cursor.execute("UPDATE basket_line SET quantity = 9 WHERE id = %s", [key])


def by_table(cursor):
    cursor.execute(f"INSERT INTO {StockRecord._meta.db_table} (price) VALUES (1)")


def through_oscar(basket, work):
    basket.add_product(work)


def held(basket):
    def inside(line: BasketLine):
        line.save()

    return inside


class RowForm(ModelForm):
    class Meta:
        model = StockRecord


def only_reads(basket):
    seen = set()
    seen.add(1)
    return [line.quantity for line in basket.lines.all()], StockRecord.objects.count()
"""


def listed_writers() -> dict[str, str]:
    """`function → reason` of the table in ARCHITECTURE.md."""
    table = re.search(r"<!-- writers:begin -->\n(.*)<!-- writers:end -->", ARCHITECTURE.read_text(), re.DOTALL)
    assert table is not None
    return dict(re.findall(r"^\| `([\w.]+)` \| (\S.*?) \|$", table.group(1), re.MULTILINE))


def test_every_writer_in_the_code_is_a_door_or_listed_with_its_reason():
    missing = {one.function for one in writers()} - set(listed_doors().values()) - set(listed_writers())
    assert missing == set()


def test_every_listed_writer_still_writes_and_is_no_door():
    listed = set(listed_writers())
    assert listed - {one.function for one in writers()} == set()
    assert listed & set(listed_doors().values()) == set()


@pytest.fixture
def planted(tmp_path: Path) -> set[Writer]:
    """What the scan finds in a room where somebody wrote in every way there is."""
    (tmp_path / "room").mkdir()
    (tmp_path / "room" / "sheets.py").write_text(PLANTED)
    (tmp_path / "room" / "migrations").mkdir()
    (tmp_path / "room" / "migrations" / "0001_initial.py").write_text(PLANTED)
    return writers(tmp_path, ("room",))


def test_a_planted_writer_is_found(planted):
    assert planted == {
        Writer("room.sheets.Sheet.take", "offer"),
        Writer("room.sheets.Sheet.send", "offer"),
        Writer("room.sheets.by_query", "offer"),
        Writer("room.sheets.by_name", "offer"),
        Writer("room.sheets.in_bulk", "order line"),
        Writer("room.sheets.by_sql", "basket line"),
        Writer("room.sheets.by_table", "offer"),
        Writer("room.sheets.through_oscar", "through Oscar"),
        Writer("room.sheets.held", "basket line"),
        Writer("room.sheets.RowForm.Meta", "offer"),
    }


def write_as(module: str, work: Product) -> None:
    """Change an offer from a function that lives, by its name, in one of our rooms."""
    code = compile("def sneak(offers):\n    offers.update(num_in_stock=5)\n", f"/planted/{module}.py", "exec")
    room: dict = {"__name__": module}
    exec(code, room)  # noqa: S102  a module of ours, made up
    room["sneak"](StockRecord.objects.filter(product=work))


@pytest.mark.django_db
def test_a_writer_that_the_scan_did_not_see_is_caught_when_it_writes(kilim, writers_net):
    write_as("marketplace.bench.planted", kilim)
    caught, writers_net.caught = writers_net.caught, set()
    assert caught == {"marketplace.bench.planted.sneak"}


@pytest.mark.django_db
def test_a_test_may_write_what_it_likes_and_a_listed_writer_what_it_must(kilim, writers_net):
    writers_net.known |= {"marketplace.bench.planted.sneak"}
    write_as("marketplace.bench.planted", kilim)
    StockRecord.objects.filter(product=kilim).update(num_in_stock=4)
    assert writers_net.caught == set()
