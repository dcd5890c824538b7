"""Pages of filters alone, held against a count in SQL that knows nothing of the index."""

from datetime import date
from random import Random

import pytest
from django.db import connection

from catalogue.models import Product
from marketplace.bench.stage import fill
from marketplace.core.clock import today
from marketplace.customs.services import confirm_code
from marketplace.search.engines.base import FACETS
from marketplace.search.queries import SearchRequest, find
from marketplace.search.rebuilding import rebuild

WORKS, PAIRS, TRIPLES = 120, 60, 20
_MINE = "o.product_id IN (SELECT id FROM catalogue_product WHERE id = w.id OR (parent_id = w.id AND is_public))"
#: Offers `o` of the work `w` that are lawful on a day, with their venue `v`.
LAWFUL = f"""FROM partner_stockrecord o LEFT JOIN bazaars_venue v ON v.id = o.venue_id WHERE o.withdrawn_at IS NULL AND {_MINE}
  AND (v.id IS NULL OR (NOT v.is_planned AND (v.open_until IS NULL OR v.open_until >= %(day)s)
    AND (v.bound_since IS NULL OR v.bound_since > %(day)s OR v.bound_until <= %(day)s OR w.domestic_until >= %(day)s)))"""
LEFT = "COALESCE(o.num_in_stock, 0) - COALESCE(o.num_allocated, 0)"
SQL = f"""SELECT count(*) FROM catalogue_product w
JOIN crafts_craft c ON c.id = w.craft_id JOIN makers_maker m ON m.id = w.maker_id
LEFT JOIN places_city t ON t.id = w.city_id AND w.origin_state <> 'foreign'
WHERE w.is_public AND w.parent_id IS NULL AND EXISTS (SELECT 1 {LAWFUL})"""
PRICE = f"COALESCE((SELECT min(o.price) {LAWFUL} AND {LEFT} > 0), (SELECT min(o.price) {LAWFUL}))"
_SIDES = [f"COALESCE(w.{side}_mm, 0)" for side in ("length", "width", "height")]
LONGEST = "CASE WHEN {0} >= {1} AND {0} >= {2} THEN {0} WHEN {1} >= {2} THEN {1} ELSE {2} END".format(*_SIDES)
_SIZES = {"hand": (1, 300), "table": (301, 1_000), "room": (1_001, 2_000), "hall": (2_001, 10**9)}
_GRAMS, _DAYS = {"1kg": 1_000, "5kg": 5_000, "20kg": 20_000}, {"3d": 3, "7d": 7, "30d": 30}
_STATE = "CASE WHEN w.origin_state = 'domestic' AND w.domestic_until < %(day)s THEN 'unproven' ELSE w.origin_state END"


def _has_word(slug: str, *words: str) -> str:
    return " OR ".join(f"'-' || {slug} || '-' LIKE '%%-{word}-%%'" for word in words)


def _made_of(*words: str) -> str:
    """Whether an address of the work's materials or of its craft has one of these words."""
    of = "SELECT 1 FROM catalogue_product_materials x JOIN catalogue_material k ON k.id = x.material_id WHERE x.product_id = w.id"
    return f"(EXISTS ({of} AND ({_has_word('k.slug', *words)})) OR {_has_word('c.slug', *words)})"


#: The newest code that a person said of a work; the works here keep the craft and materials it was said for.
_CODE = "COALESCE((SELECT h.code FROM customs_hsconfirmation h WHERE h.work_id = w.id ORDER BY h.id DESC LIMIT 1), '')"
_EXPORTABLE = (
    f"{_STATE} = 'domestic' AND COALESCE(w.weight_grams, 0) <= 35000 AND {_CODE} NOT LIKE '9706%%' "
    f"AND NOT {_made_of('ivory', 'coral', 'tortoiseshell', 'shell')}"
)
_METAL = "c.group_id IN (SELECT id FROM crafts_craftgroup WHERE slug IN ('metal', 'jewellery'))"
_PRECIOUS = (
    f"CASE WHEN {_CODE} <> '' THEN {_CODE} LIKE '7113%%' OR {_CODE} LIKE '7114%%' "
    f"ELSE {_METAL} AND {_made_of('silver', 'gold')} END"
)

#: Facet → a condition on the work `w`, its craft `c`, maker `m`, city `t`; `{v}` is the place of the value, or a function writes it.
CONDITIONS = {
    "group": "c.group_id IN (SELECT id FROM crafts_craftgroup WHERE slug = {v})",
    "craft": "c.slug = {v}",
    "city": "t.slug = {v}",
    "province": "t.province_id IN (SELECT id FROM places_province WHERE slug = {v})",
    "maker": "m.slug = {v}",
    "maker_kind": "m.kind = {v}",
    "master": "m.is_master AND {v} = 'yes'",
    "seal": "EXISTS (SELECT 1 FROM authenticity_sealgrant g JOIN authenticity_sealscheme s ON s.id = g.scheme_id WHERE s.slug = {v} "
    "AND g.product_line_id = w.product_line_id AND g.maker_id = w.maker_id AND g.valid_from <= %(day)s AND g.valid_until >= %(day)s "
    "AND (g.revoked_on IS NULL OR g.revoked_on > %(day)s))",
    "venue": "EXISTS (SELECT 1 " + LAWFUL + " AND v.slug = {v})",
    "material": "w.id IN (SELECT x.product_id FROM catalogue_product_materials x JOIN catalogue_material k ON k.id = x.material_id "
    "WHERE k.slug = {v})",
    "technique": "w.technique_fa <> '' AND w.technique_fa IN (SELECT name_fa FROM catalogue_technique WHERE slug = {v})",
    "colour": "EXISTS (SELECT 1 FROM catalogue_productimage i WHERE i.product_id = w.id AND CAST(i.colours AS text) LIKE {v} "
    "AND i.display_order = (SELECT min(display_order) FROM catalogue_productimage WHERE product_id = w.id))",
    "origin": _STATE + " = {v}",
    "one_of_a_kind": "w.one_of_a_kind AND {v} = 'yes'",
    "ready": "NOT w.made_to_order AND {v} = 'yes' AND EXISTS (SELECT 1 " + LAWFUL + f" AND {LEFT} > 0)",
    "lead": lambda slug: f"w.lead_days <= {_DAYS[slug]}",
    "size": lambda slug: f"{LONGEST} BETWEEN {_SIZES[slug][0]} AND {_SIZES[slug][1]}",
    "weight": lambda slug: f"w.weight_grams > 0 AND w.weight_grams <= {_GRAMS[slug]}",
    "exportable": lambda slug: f"{_EXPORTABLE} AND NOT ({_PRECIOUS})" if slug == "eu" else _EXPORTABLE,
}  # fmt: skip

Chosen = dict[str, tuple[str, ...]]


@pytest.fixture
def market(engine, db, django_user_model):
    """Works of the demo; of some a person said an HS code: of jewellery, of antiques, of baskets."""
    fill(WORKS, indexed=False)
    somebody = django_user_model.objects.order_by("pk").first()
    for number, work in enumerate(Product.objects.filter(parent=None).order_by("pk")[: WORKS // 3]):
        confirm_code(work=work, code=("7113.11", "9706.10", "4602.19")[number % 3], by=somebody)
    rebuild()


def counted(chosen: Chosen, day: date, *, price_from: int = 0) -> int:
    """Works that SQL finds: any value of a facet, and every facet."""
    values: dict[str, object] = {"day": day}
    sql = SQL + (f" AND {PRICE} >= {price_from}" if price_from else "")
    for facet, slugs in chosen.items():
        sql += " AND (" + " OR ".join(f"({_condition(facet, slug, values)})" for slug in slugs) + ")"
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def _condition(facet: str, slug: str, values: dict[str, object]) -> str:
    condition = CONDITIONS[facet]
    if callable(condition):
        return condition(slug)
    name = f"v{len(values)}"
    values[name] = f'%"{slug}"%' if facet == "colour" else slug
    return condition.replace("{v}", f"CAST(%({name})s AS text)")


def some_of(chance: Random, shown: dict[str, list], facets: list[str]) -> Chosen:
    """One or two values of each of some facets, the larger ones likelier."""
    return {
        facet: tuple(dict.fromkeys(chance.choice(shown[facet][:12]).value for _turn in range(chance.randint(1, 2))))
        for facet in facets
    }


def test_every_value_is_counted_as_sql_counts_it(market):
    day, everything = today(), find(SearchRequest())
    assert everything.total == counted({}, day) > WORKS / 2
    assert set(CONDITIONS) == set(FACETS)
    for facet in FACETS:
        assert everything.facets[facet], facet
        for shown in everything.facets[facet]:
            assert shown.count == counted({facet: (shown.value,)}, day) > 0, (facet, shown)


def test_facets_together_are_counted_as_sql_counts_them(market):
    day, everything, chance = today(), find(SearchRequest()), Random(7)
    shown, hits = everything.facets, 0
    for at_once in [2] * PAIRS + [3] * TRIPLES:
        facets = chance.sample(list(FACETS), at_once)
        chosen = some_of(chance, shown, facets)
        price_from = chance.choice((0, 0, 20_000_000, 100_000_000))
        page = find(SearchRequest(facets=chosen, price_min=price_from or None))
        assert page.total == counted(chosen, day, price_from=price_from), (chosen, price_from)
        hits += page.total > 0
        # the counts beside a page: of a chosen facet without its own choice, of any other with every choice
        for beside in (facets[0], chance.choice(FACETS)):
            for value in page.facets[beside][:3]:
                assert value.count == counted(chosen | {beside: (value.value,)}, day, price_from=price_from), (
                    chosen, beside, value)  # fmt: skip
    assert hits > 20
