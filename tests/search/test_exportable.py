"""Works that may go abroad as they stand, found with each engine; what changes that reaches the index."""

from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue.models import Material, Product
from marketplace.core import clock, outbox
from marketplace.customs.services import confirm_code, write_figure
from marketplace.search.queries import SearchRequest, find
from marketplace.search.services import index_works, refresh_due
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def ids(*regions: str) -> set[int]:
    return set(find(SearchRequest(facets={"exportable": regions})).ids)


def both() -> tuple[set[int], set[int]]:
    return ids("eu"), ids("other")


@pytest.fixture
def shelf(engine, kilim, foreign_tray, unproven_tray):
    """A domestic kilim, a foreign and an unproven tray."""
    index_works([kilim.pk, foreign_tray.pk, unproven_tray.pk])


def of(work: Product, *slugs: str) -> None:
    work.materials.set([Material.objects.get_or_create(slug=slug, name_fa=slug, name_en=slug)[0] for slug in slugs])


def change(work: Product, **fields) -> None:
    Product.objects.filter(pk=work.pk).update(**fields)
    index_works([work.pk])


def test_only_works_of_proven_iranian_origin_are_exportable(shelf, kilim):
    assert both() == ({kilim.pk}, {kilim.pk})
    assert find(SearchRequest()).facets["exportable"][0].count == 1


@pytest.mark.parametrize(("grams", "found"), [(34_999, True), (35_000, True), (35_001, False), (None, True)])
def test_a_work_above_the_limit_of_a_parcel_is_not(shelf, kilim, grams, found):
    change(kilim, weight_grams=grams)
    assert both() == (({kilim.pk}, {kilim.pk}) if found else (set(), set()))


@pytest.mark.parametrize(
    ("materials", "eu", "other"),
    [(("wool",), True, True), (("shell",), False, False), (("ivory",), False, False), (("walnut-wood",), True, True)],
)
def test_what_needs_a_permit_does_not_go_as_it_stands(shelf, kilim, materials, eu, other):
    of(kilim, *materials)
    index_works([kilim.pk])
    assert both() == ({kilim.pk} if eu else set(), {kilim.pk} if other else set())


def test_a_confirmed_code_of_precious_metal_keeps_it_out_of_the_union_until_its_materials_change(shelf, kilim, artisan):
    of(kilim, "wool")
    confirm_code(work=kilim, code="7113.11", by=artisan)
    outbox.drain()
    assert both() == (set(), {kilim.pk})
    of(kilim, "wool", "silk")
    index_works([kilim.pk])
    assert both() == ({kilim.pk}, {kilim.pk})


def test_a_confirmed_antique_goes_nowhere(shelf, kilim, artisan):
    confirm_code(work=kilim, code="9706.10", by=artisan)
    outbox.drain()
    assert both() == (set(), set())


def test_on_the_day_after_its_origin_ends_it_is_exportable_no_more(shelf, kilim):
    clock.set_today(kilim.domestic_until)
    assert both() == ({kilim.pk}, {kilim.pk})
    clock.set_today(kilim.domestic_until + timedelta(days=1))
    assert both() == (set(), set())


def figure(officer, grams: int | None, *, days: int = 0) -> None:
    write_figure(
        code="heavy_parcel",
        value=None if grams is None else Decimal(grams),
        severity="stop",
        standing="public",
        valid_from=DAY + timedelta(days=days),
        noted_on=DAY,
        source_fa="نامه",
        source_en="A letter",
        by=officer,
    )


def test_another_limit_reaches_the_index_by_the_outbox(shelf, kilim, officer):
    change(kilim, weight_grams=36_000)
    figure(officer, 40_000)
    outbox.drain()
    assert both() == ({kilim.pk}, {kilim.pk})
    figure(officer, 30_000)
    outbox.drain()
    assert both() == (set(), set())
    figure(officer, None)
    outbox.drain()
    assert both() == ({kilim.pk}, {kilim.pk})


def test_a_limit_to_come_reaches_the_index_on_its_day(shelf, kilim, officer):
    change(kilim, weight_grams=36_000)
    figure(officer, 40_000, days=3)
    outbox.drain()
    assert both() == (set(), set())
    clock.set_today(DAY + timedelta(days=3))
    assert refresh_due() == 1
    assert both() == ({kilim.pk}, {kilim.pk})
    assert refresh_due() == 0
