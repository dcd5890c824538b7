"""Where a work may go, as its page says it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from catalogue.models import Material, Product
from marketplace.customs.abroad import prospects
from marketplace.customs.codes import code_of, told_code
from marketplace.customs.findings import Finding
from marketplace.customs.services import facts_as_of, newest_figure
from marketplace.customs.shipment import DOMESTIC
from marketplace.customs.works import item_of
from marketplace.shop.facets import region_names


@dataclass(frozen=True)
class Way:
    """A region in words, whether a work may go there as it stands, and what is said of it."""

    name: str
    is_open: bool
    findings: list[Finding]


def asked_of_works(works: QuerySet[Product]) -> QuerySet[Product]:
    """Works with what `abroad_of` reads of each, in the same query."""
    return works.annotate(hs_told=told_code(), figures_at=newest_figure())


def abroad_of(work: Product, *, materials: list[Material], on: date) -> list[Way]:
    """Each region for a work of `asked_of_works`; empty for one of no proven Iranian origin. Asks once after each change of a figure."""
    craft = work.craft.slug if work.craft else ""
    code = code_of(work.hs_told, craft=craft, materials=[material.slug for material in materials])  # type: ignore[attr-defined]
    item = item_of(work, materials=materials, on=on, hs_code=code)
    if item.origin != DOMESTIC:
        return []
    names, facts = region_names(), facts_as_of(on, work.figures_at)  # type: ignore[attr-defined]
    return [Way(names[one.region], one.is_open, one.findings) for one in prospects(item, facts, on=on)]
