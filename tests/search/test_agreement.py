"""Pages of filters alone, held against a count in SQL that knows nothing of the index."""

import itertools
from datetime import date

import pytest
from django.db import connection

from marketplace.core.clock import today
from marketplace.demo.services import make_demo
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import rebuild

WORKS = 120
#: Facet → a condition on the work `w`, its craft `c`, maker `m`, city `t`, with one place for the value.
CONDITIONS = {
    "craft": "c.slug = %s",
    "group": "c.group_id IN (SELECT id FROM crafts_craftgroup WHERE slug = %s)",
    "city": "t.slug = %s",
    "province": "t.province_id IN (SELECT id FROM places_province WHERE slug = %s)",
    "maker": "m.slug = %s",
    "maker_kind": "m.kind = %s",
    "material": "w.id IN (SELECT x.product_id FROM catalogue_product_materials x JOIN catalogue_material k ON k.id = x.material_id "
    "WHERE k.slug = %s)",
}
SQL = """
SELECT count(*) FROM catalogue_product w
JOIN crafts_craft c ON c.id = w.craft_id JOIN makers_maker m ON m.id = w.maker_id
LEFT JOIN places_city t ON t.id = w.city_id AND w.origin_state <> 'foreign'
WHERE w.is_public AND w.parent_id IS NULL AND EXISTS (
  SELECT 1 FROM partner_stockrecord o LEFT JOIN bazaars_venue v ON v.id = o.venue_id
  WHERE o.withdrawn_at IS NULL AND o.product_id IN (SELECT id FROM catalogue_product WHERE id = w.id OR (parent_id = w.id AND is_public))
  AND (v.id IS NULL OR (NOT v.is_planned AND (v.open_until IS NULL OR v.open_until >= %s)
    AND (v.bound_since IS NULL OR v.bound_since > %s OR v.bound_until <= %s OR w.domestic_until >= %s))))
"""


@pytest.fixture
def market(engine, db):
    make_demo(works=WORKS, pictures="none")
    rebuild()


def counted(chosen: dict[str, tuple[str, ...]], day: date) -> int:
    """Works that SQL finds: any value of a facet, and every facet."""
    sql, values = SQL, [day] * 4
    for facet, slugs in chosen.items():
        sql += " AND (" + " OR ".join([CONDITIONS[facet]] * len(slugs)) + ")"
        values += slugs
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def test_every_value_and_every_two_facets_are_counted_as_sql_counts_them(market):
    day, everything = today(), find(SearchRequest())
    assert everything.total == counted({}, day) > WORKS / 2
    largest = {facet: everything.facets[facet][:3] for facet in CONDITIONS}
    for facet in CONDITIONS:
        for shown in everything.facets[facet]:
            assert shown.count == counted({facet: (shown.value,)}, day), (facet, shown)
    checked = 0
    for one, other in itertools.combinations(CONDITIONS, 2):
        two = tuple(value.value for value in largest[one][:2])
        for value in largest[other]:
            chosen = {one: two, other: (value.value,)}
            page = find(SearchRequest(facets=chosen))
            assert page.total == counted(chosen, day), chosen
            beside = {shown.value: shown.count for shown in page.facets[one]}
            for single in two:
                assert beside[single] == counted({one: (single,), other: (value.value,)}, day), chosen
            checked += page.total > 0
    assert checked > 20
