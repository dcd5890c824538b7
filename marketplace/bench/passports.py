"""A market with a million passports, written by the database itself: what the label's page is measured in."""

from dataclasses import dataclass

from django.db import connection

from catalogue.models import ProductImage
from marketplace.bench.photos import crafts, drawn
from marketplace.core.pictures import store_picture
from marketplace.demo.services import make_demo

PASSPORTS, WORKS = 1_000_000, 5_000
#: Pictures that are really drawn; the works share them, so that their bytes are real.
DRAWN = 8

#: A passport's code follows from its number as in `bench.load.code_of`, so that who asks for labels need not read the database.
_CODE = "upper(substr(md5('label ' || {n}), 1, 26))"

_PIECES = """
    WITH works AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM catalogue_product
                   WHERE parent_id IS NULL AND maker_id IS NOT NULL),
         many AS (SELECT count(*) AS works FROM works)
    INSERT INTO catalogue_piece (work_id, number)
    SELECT works.id, n / many.works + 1 FROM many, generate_series(0, %s - 1) AS n
    JOIN works ON works.place = n %% (SELECT works FROM many)
"""
#: Seven of ten are activated; one of a hundred revoked, one void, one of two hundred suspended, one of twenty over.
_PASSPORTS = """
    WITH pieces AS (SELECT piece.id, piece.work_id, work.maker_id, row_number() OVER (ORDER BY piece.id) AS n
                    FROM catalogue_piece piece JOIN catalogue_product work ON work.id = piece.work_id)
    INSERT INTO authenticity_passport (
        code, serial, gtin, scratch_hash, status_index, work_id, maker_id, piece_id, pieces, issued_on, valid_until,
        activated_at, suspended_on, revoked_on, voided_on, because, is_demo)
    SELECT {code}, '1404-' || lpad(n::text, 7, '0'), '', md5('a' || n) || md5('b' || n), n - 1, work_id, maker_id,
           id, 1, current_date - (n %% 700)::int, CASE WHEN n %% 20 = 7 THEN current_date - 1 END,
           CASE WHEN n %% 10 < 7 THEN now() - (n %% 690) * interval '1 day' END,
           CASE WHEN n %% 200 = 11 THEN current_date - 3 END, CASE WHEN n %% 100 = 13 THEN current_date - 9 END,
           CASE WHEN n %% 100 = 28 THEN current_date - 20 END, CASE WHEN n %% 100 IN (11, 13, 28) THEN 'نمونه' ELSE '' END, true
    FROM pieces
""".replace("{code}", _CODE.format(n="n"))
#: Four of ten were never looked at; one of a thousand was looked at four hundred times.
_LOOKS = """
    INSERT INTO authenticity_scan (passport_id, kind, place, device, at)
    SELECT id, 'looked', substr(md5(id::text), 1, 16), substr(md5(id || 'd' || nth), 1, 16),
           now() - ((id * 37 + nth * 1301) %% 60000) * interval '17 minutes'
    FROM (SELECT id, (id * 2654435761 %% 4294967296) %% 1000 AS luck FROM authenticity_passport) AS each,
         generate_series(1, CASE WHEN luck < 400 THEN 0 WHEN luck < 800 THEN 2 WHEN luck < 950 THEN 5 WHEN luck < 999 THEN 12
                                 ELSE 400 END) AS nth
"""
_ACTIVATIONS = """
    INSERT INTO authenticity_scan (passport_id, kind, place, device, at)
    SELECT id, 'activated', substr(md5('p' || id), 1, 16), substr(md5('q' || id), 1, 16), activated_at
    FROM authenticity_passport WHERE activated_at IS NOT NULL
"""


@dataclass(frozen=True)
class Filled:
    """How many rows the market holds."""

    works: int
    makers: int
    passports: int
    scans: int

    @property
    def line(self) -> str:
        """In a sentence."""
        return (
            f"{self.passports:,} passports of {self.works:,} works by {self.makers:,} makers, seen {self.scans:,} times"
        )


def fill(*, passports: int = PASSPORTS, works: int = WORKS) -> Filled:
    """Bring an empty market on PostgreSQL to so many passports, with their pieces and the looks at them."""
    make_demo(works=works, pictures="none")
    _picture()
    with connection.cursor() as cursor:
        # our own triggers ask nothing about these tables; foreign keys are right by the way the rows are made
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "TRUNCATE authenticity_scan, authenticity_passport, catalogue_piece CASCADE"
        )  # the demo's few labels
        for statement, values in ((_PIECES, [passports]), (_PASSPORTS, []), (_LOOKS, []), (_ACTIVATIONS, [])):
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")
        return Filled(
            _count(cursor, "catalogue_product WHERE parent_id IS NULL"),
            _count(cursor, "makers_maker"),
            _count(cursor, "authenticity_passport"),
            _count(cursor, "authenticity_scan"),
        )


def _count(cursor, what: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {what}")  # noqa: S608  our own words
    return cursor.fetchone()[0]


def _picture() -> None:
    """Every work has a picture as the pipeline writes it."""
    stored = [store_picture(drawn(craft, seed), folder="works/bench") for seed, craft in enumerate(crafts(DRAWN))]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM catalogue_product WHERE parent_id IS NULL ORDER BY id")
        works = [pk for (pk,) in cursor.fetchall()]
    ProductImage.objects.bulk_create(
        (
            ProductImage(
                product_id=pk,
                original=(picture := stored[nth % DRAWN]).name,
                width=picture.width,
                height=picture.height,
                sizes=picture.sizes,
                colour=picture.colour,
                alt_fa="تصویر نمونه",
                alt_en="Sample picture",
                is_demo=True,
                display_order=0,
            )
            for nth, pk in enumerate(works)
        ),
        batch_size=2_000,
    )
