"""Where a work may go, as its page says it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalogue.models import Material, Product
from marketplace.customs.abroad import prospects
from marketplace.customs.codes import code_of, told_code
from marketplace.customs.findings import Finding
from marketplace.customs.services import facts_as_of, newest_figure
from marketplace.customs.shipment import DOMESTIC
from marketplace.customs.works import item_of


@dataclass(frozen=True)
class Way:
    """A region in words, and whether a work may go there as it stands."""

    name: str
    is_open: bool


@dataclass(frozen=True)
class Abroad:
    """Each region, and what there is to say of any of them, each thing once."""

    ways: list[Way]
    findings: list[Finding]


def asked_of_works(works: QuerySet[Product]) -> QuerySet[Product]:
    """Works with what `abroad_of` reads of each, in the same query."""
    return works.annotate(hs_told=told_code(), figures_at=newest_figure())


def abroad_of(work: Product, *, materials: list[Material], on: date) -> Abroad | None:
    """For a work of `asked_of_works`; None for one of no proven Iranian origin. Asks once after each change of a figure."""
    craft = work.craft.slug if work.craft else ""
    code = code_of(work.hs_told, craft=craft, materials=[material.slug for material in materials])  # type: ignore[attr-defined]
    item = item_of(work, materials=materials, on=on, hs_code=code)
    if item.origin != DOMESTIC:
        return None
    names = {"eu": _("The European Union"), "other": _("Other countries")}
    found = prospects(item, facts_as_of(on, work.figures_at), on=on)  # type: ignore[attr-defined]
    said = {finding.code: finding for prospect in found for finding in prospect.findings}
    return Abroad([Way(names[one.region], one.is_open) for one in found], list(said.values()))
