"""What the signals are worked out from, read in a fixed number of queries whatever the number of works."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

import jdatetime
from django.db.models import F, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Greatest

from catalogue.models import Product
from catalogue.rules import HOME_COUNTRY
from marketplace.core.clock import TEHRAN
from marketplace.core.jalali import jalali
from marketplace.makers.models import ProductionLicence
from marketplace.partner.models import StockRecord
from marketplace.suspicion.models import BrandName, LabourFloor
from marketplace.suspicion.rules import CLAIMING

#: A maker's id and a craft group's.
Workshop = tuple[int, int]


@dataclass(frozen=True)
class Output:
    """What a maker's licence for a craft group faces: pieces left on offer, pieces sold this Jalali year, and the work with most pieces."""

    whose: str
    on_offer: int
    sold: int
    capacity: int
    year: int
    fullest: int


@dataclass(frozen=True)
class Comparison:
    """What a work is compared with. Money in rial."""

    price_rial: int | None
    floor: LabourFloor | None
    brands: tuple[str, ...]
    output: Output | None


def claiming() -> QuerySet[Product]:
    """Works shown to buyers that claim to be Iranian."""
    return Product.objects.filter(
        parent__isnull=True, is_public=True, origin_country=HOME_COUNTRY, origin_state__in=CLAIMING, maker__isnull=False
    )


def works_to_ask(ids: Iterable[int]) -> list[Product]:
    """Those of these works that claim to be Iranian, with their variants and pictures."""
    return list(
        claiming()
        .filter(pk__in=set(ids), craft__isnull=False)
        .select_related("maker__owner", "maker__city", "craft")
        .prefetch_related("children", "images")
        .order_by("pk")
    )


def texts_of(work: Product) -> tuple[str, ...]:
    """Every text by which a work and its variants are sold."""
    own = (work.title, work.title_en, work.description, work.description_en, work.technique_fa, work.technique_en)
    return (*own, *(text for child in work.children.all() for text in (child.title, child.title_en)))


def workshop_of(work: Product) -> Workshop:
    """Whose work in which craft group."""
    assert work.maker_id
    assert work.craft
    return work.maker_id, work.craft.group_id


def comparisons(works: list[Product], *, on: date) -> dict[int, Comparison]:
    """Work id → what it is compared with on a day."""
    prices, floors, brands = _cheapest(works), _floors(on), list(BrandName.objects.in_force_on(on))
    outputs = outputs_of({workshop_of(work) for work in works}, on=on)
    return {
        work.pk: Comparison(
            price_rial=prices.get(work.pk),
            floor=_floor_of(work, floors),
            brands=tuple(brand.name for brand in brands if work.is_demo or not brand.is_demo),
            output=outputs.get(workshop_of(work)),
        )
        for work in works
    }


def _cheapest(works: list[Product]) -> dict[int, int]:
    """The lowest price among the active offers of each work; one with several forms has several sizes too, and is left out."""
    single = [work.pk for work in works if not work.is_parent]
    offers = StockRecord.objects.active().filter(product__in=single, price__isnull=False).order_by()
    return {row["product_id"]: int(row["lowest"]) for row in offers.values("product_id").annotate(lowest=Min("price"))}


def _floors(on: date) -> list[LabourFloor]:
    return list(LabourFloor.objects.since(on).order_by("-since", "-pk"))


def _floor_of(work: Product, floors: list[LabourFloor]) -> LabourFloor | None:
    """The newest of the work's group, else the newest for all; a demo's figure judges no real work."""
    assert work.craft
    known = [floor for floor in floors if work.is_demo or not floor.is_demo]
    own = [floor for floor in known if floor.craft_group_id == work.craft.group_id]
    return next(iter(own or [floor for floor in known if floor.craft_group_id is None]), None)


def outputs_of(workshops: set[Workshop], *, on: date) -> dict[Workshop, Output]:
    """Maker and group → what was made against what is licensed, where every licence in force names a capacity.

    A piece that is sold and not yet sent is allocated: it counts as sold, not as on offer.
    """
    licensed = _capacities(workshops, on=on)
    if not licensed:
        return {}
    offered, sold = _on_offer(licensed), _sold(licensed, since=new_year(on))
    return {
        shop: Output(
            whose="-".join(map(str, shop)),
            on_offer=sum(offered[shop].values()),
            sold=sold.get(shop, 0),
            capacity=capacity,
            year=jalali(on).year,
            fullest=min(offered[shop], key=lambda work: (-offered[shop][work], work)),
        )
        for shop, capacity in licensed.items()
        if offered.get(shop)
    }


def new_year(on: date) -> datetime:
    """The first moment in Tehran of the Jalali year of a day."""
    return datetime.combine(jdatetime.date(jalali(on).year, 1, 1).togregorian(), time.min, TEHRAN)


def _capacities(workshops: set[Workshop], *, on: date) -> dict[Workshop, int]:
    licences = ProductionLicence.objects.valid_on(on).filter(maker__in={maker for maker, _group in workshops})
    found: dict[Workshop, list[int | None]] = {}
    for licence in licences:
        found.setdefault((licence.maker_id, licence.craft_group_id), []).append(licence.pieces_a_year)
    return {shop: sum(filter(None, some)) for shop, some in found.items() if shop in workshops and all(some)}


def _of(workshops: Iterable[Workshop], *, maker: str, group: str) -> Q:
    makers, groups = zip(*workshops, strict=True)
    return Q(**{f"{maker}__in": set(makers), f"{group}__in": set(groups)})


def _on_offer(workshops: Iterable[Workshop]) -> dict[Workshop, dict[int, int]]:
    """Maker and group → work id → pieces left, over the works that claim to be Iranian; a variant's are its work's."""
    works = claiming().filter(_of(workshops, maker="maker", group="craft__group"))
    rows = (
        StockRecord.objects.active()
        .filter(Q(product__in=works) | Q(product__parent__in=works))
        .order_by()
        .values(
            work=Coalesce("product__parent", "product"),
            maker=Coalesce("product__parent__maker", "product__maker"),
            group=Coalesce("product__parent__craft__group", "product__craft__group"),
        )
        .annotate(left=Sum(Greatest(Coalesce(F("num_in_stock"), 0) - Coalesce(F("num_allocated"), 0), 0)))
    )
    found: dict[Workshop, dict[int, int]] = {}
    for row in rows:
        found.setdefault((row["maker"], row["group"]), {})[row["work"]] = row["left"]
    return found


def _sold(workshops: Iterable[Workshop], *, since: datetime) -> dict[Workshop, int]:
    """Maker and group → pieces of home make sold since a moment. Order lines stand on a floor above: they are reached by name."""
    sold = Q(line__order__date_placed__gte=since, line__origin_state__in=CLAIMING)
    rows = (
        Product.objects.filter(_of(workshops, maker="maker", group="craft__group"))
        .order_by()
        .values("maker", "craft__group")
        .annotate(pieces=Sum("line__quantity", filter=sold & ~Q(line__seller_order__state="cancelled")))
    )
    return {(row["maker"], row["craft__group"]): row["pieces"] or 0 for row in rows}
