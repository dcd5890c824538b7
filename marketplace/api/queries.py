"""What the API shows, read in a fixed number of queries whatever the number of things."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from authenticity.models import SealGrant
from authenticity.queries import valid_seals
from catalogue.models import Product, ProductImage
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.partner.models import StockRecord
from marketplace.places.models import City


@dataclass(frozen=True)
class WorkRecord:
    """A work with what is true of it on a day: its lawful offers (in stock first, then by price), seals and pictures."""

    work: Product
    day: date
    offers: list[StockRecord]
    seals: list[SealGrant]
    pictures: list[ProductImage]


def work_records(ids: Iterable[int], day: date) -> list[WorkRecord]:
    """Public works in the given order, in four queries; ids of works that are gone or hidden are left out."""
    wanted = list(ids)
    works = public_works().filter(pk__in=wanted).in_bulk()
    offers = _lawful_offers(works, day)
    seals = valid_seals(works.values(), day)
    pictures: dict[int, list[ProductImage]] = {}
    for image in ProductImage.objects.filter(product__in=works).order_by("display_order", "id"):
        pictures.setdefault(image.product_id, []).append(image)
    return [
        WorkRecord(works[pk], day, offers.get(pk, []), seals.get(pk, []), pictures.get(pk, []))
        for pk in wanted
        if pk in works
    ]


def public_works() -> QuerySet[Product]:
    """Works that anyone may see, with their frame."""
    complete = Q(maker__isnull=False, craft__isnull=False)
    return Product.objects.filter(complete, is_public=True, parent__isnull=True).with_frame()


def _lawful_offers(works: Iterable[int], day: date) -> dict[int, list[StockRecord]]:
    ids = list(works)
    offers = (
        StockRecord.objects.lawful_on(day)
        .filter(Q(product__in=ids) | Q(product__parent__in=ids), price__isnull=False)
        .select_related("venue", "venue__city")
        .annotate(
            left=Coalesce(F("num_in_stock"), 0) - Coalesce(F("num_allocated"), 0),
            work=Coalesce("product__parent_id", "product_id"),
        )
        .order_by("price", "id")
    )
    found: dict[int, list[StockRecord]] = {}
    for offer in sorted(offers, key=lambda one: one.left <= 0):
        found.setdefault(offer.work, []).append(offer)
    return found


def makers() -> QuerySet[Maker]:
    """Makers with city, crafts and the number of their public works."""
    public = Q(works__is_public=True, works__parent__isnull=True)
    return (
        Maker.objects.active()
        .select_related("city", "city__province")
        .prefetch_related("crafts")
        .annotate(works_count=Count("works", filter=public, distinct=True))
    )


def makers_with_licences(day: date) -> QuerySet[Maker]:
    """The same with the production licences in force on a day (`licences_in_force`)."""
    licences = ProductionLicence.objects.valid_on(day).select_related("craft_group").order_by("expires_on", "id")
    return makers().prefetch_related(Prefetch("licences", licences, to_attr="licences_in_force"))


def venues() -> QuerySet[Venue]:
    return Venue.objects.select_related("city", "city__province")


def cities() -> QuerySet[City]:
    return City.objects.select_related("province").prefetch_related("crafts")


def crafts() -> QuerySet[Craft]:
    return Craft.objects.select_related("group")
