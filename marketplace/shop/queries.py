"""What the public pages show, read in a fixed number of queries."""

from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from catalogue.models import Product
from marketplace.crafts.models import Craft
from marketplace.partner.models import StockRecord
from marketplace.places.models import City
from marketplace.ui.cards import Picture, first_pictures, picture_of
from marketplace.ui.shelves import (
    SHELF,
    Shelf,
    VenueState,
    crafts_named,
    found,
    makers_with_counts,
    shelf,
    venue_states,
)

__all__ = ["SHELF", "Shelf", "VenueState", "crafts_named", "found", "makers_with_counts", "shelf", "venue_states"]

#: Kerman, where the documents behind this market come from (ISO 3166-2).
HOME_PROVINCE = "IR-08"


def offers_of(work: Product, *, on: date) -> list[StockRecord]:
    """A work's offers that are lawful on a day, those in stock first, then by price; each knows how many pieces are `left`.

    What cannot be bought because its maker rests comes after what can.
    """
    offers = (
        StockRecord.objects.lawful_on(on)
        .filter(Q(product=work) | Q(product__parent=work), price__isnull=False)
        .select_related("venue", "venue__city", "partner__maker", "product__maker", "product__parent")
        .annotate(left=Coalesce(F("num_in_stock"), 0) - Coalesce(F("num_allocated"), 0))
        .order_by("price", "id")
    )
    return sorted(offers, key=lambda offer: (offer.left <= 0, offer.is_closed_today))


def ranked_cities() -> QuerySet[City]:
    """World craft cities, then national ones, then by name."""
    return City.objects.exclude(rank="").select_related("province").order_by("-rank", "name_en")


def city_pictures(cities: list[City], *, on: date) -> dict[int, Picture]:
    """City id → a picture of its newest work of Iranian origin, in two queries."""
    newest = (
        Product.objects.domestic_on(on)
        .filter(city=OuterRef("pk"), is_public=True, images__isnull=False)
        .exclude(origin_state=Product.Origin.FOREIGN)
        .order_by("-date_created", "-id")
    )
    ids = City.objects.filter(pk__in=[city.pk for city in cities]).annotate(work=Subquery(newest.values("pk")[:1]))
    work_of = {pk: work for pk, work in ids.values_list("pk", "work") if work}
    images = first_pictures(work_of.values())
    return {
        pk: picture
        for pk, work in work_of.items()
        if work in images and (picture := picture_of(images[work])) is not None
    }


def sealing_schemes(language: str) -> tuple[str, ...]:
    """Slugs of the schemes with a seal in force on a work on sale; the index knows, the database is not asked."""
    counts = found(language, limit=1, counted=("seal",)).facets.get("seal", [])
    return tuple(count.value for count in counts if count.count)


def crafts_with_counts() -> QuerySet[Craft]:
    """Every craft with its group and the number of its public works (`works_count`)."""
    public = Q(works__is_public=True, works__parent__isnull=True)
    return Craft.objects.select_related("group").annotate(works_count=Count("works", filter=public))
