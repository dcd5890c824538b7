"""Models as the API's shapes, in the language that is active."""

from datetime import date
from urllib.parse import urljoin

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import get_language

from authenticity.models import SealGrant
from catalogue import models as catalogue
from marketplace.api import schemas
from marketplace.api.queries import WorkRecord
from marketplace.bazaars import models as bazaars
from marketplace.crafts import models as crafts
from marketplace.makers import models as makers
from marketplace.partner.models import StockRecord
from marketplace.places import models as places
from marketplace.search.documents import shown_origin
from marketplace.ui.cards import picture_of, words_for


def _in_language(persian: str, english: str) -> str:
    return english if (get_language() or "fa").startswith("en") else persian


def _address(path: str) -> str:
    return urljoin(f"{settings.SITE_URL}/", path)


def named(thing: crafts.Named) -> schemas.Named:
    return schemas.Named(slug=thing.slug, name=thing.name)


def work(record: WorkRecord) -> schemas.Work:
    return schemas.Work(**_work(record))


def work_in_full(record: WorkRecord) -> schemas.WorkInFull:
    one = record.work
    return schemas.WorkInFull(
        **_work(record),
        description=strip_tags(_in_language(one.description or "", one.description_en)),
        technique=_in_language(one.technique_fa, one.technique_en),
        materials=[named(material) for material in one.materials.all()],
        length_mm=one.length_mm,
        width_mm=one.width_mm,
        height_mm=one.height_mm,
        weight_grams=one.weight_grams,
        hours=one.hours,
        one_of_a_kind=one.one_of_a_kind,
        made_to_order=one.made_to_order,
        lead_days=one.lead_days,
        origin_country=one.origin_country,
        origin_basis=one.origin_basis,
        pictures=[shaped for image in record.pictures if (shaped := _picture(image, one))],
        offers=[_offer(offer) for offer in record.offers],
    )


def _work(record: WorkRecord) -> dict:
    one = record.work
    assert one.maker
    assert one.craft
    return {
        "id": one.pk,
        "url": _address(one.get_absolute_url()),
        "title": one.title_fa,
        "title_en": one.title_en,
        "craft": named(one.craft),
        "craft_group": named(one.craft.group),
        "city": named(one.city) if one.city else None,
        "province": named(one.city.province) if one.city else None,
        "maker": named(one.maker),
        "price_rial": _rial(record.offers[0]) if record.offers else None,
        "seals": [_seal(grant) for grant in record.seals],
        "origin_state": shown_origin(one, record.day),
        "venues": [
            named(venue) for venue in {offer.venue.pk: offer.venue for offer in record.offers if offer.venue}.values()
        ],
        "picture": _picture(record.pictures[0], one) if record.pictures else None,
        "is_demo": one.is_demo,
    }


def _seal(grant: SealGrant) -> schemas.Seal:
    return schemas.Seal(
        slug=grant.scheme.slug, name=grant.scheme.name, number=grant.number, valid_until=grant.valid_until
    )


def _picture(image: catalogue.ProductImage, of: catalogue.Product) -> schemas.Picture | None:
    picture = picture_of(image, title=words_for(of))
    if picture is None:
        return None
    sizes = [part.rsplit(" ", 1) for part in picture.srcset.split(", ") if part]
    return schemas.Picture(
        url=_address(picture.src),
        width=picture.width,
        height=picture.height,
        sizes={width.removesuffix("w"): _address(url) for url, width in sizes},
        alt=picture.alt,
        is_demo=picture.is_demo,
    )


def _rial(offer: StockRecord) -> int:
    assert offer.price is not None  # the query leaves out offers without one
    return int(offer.price)


def _offer(offer: StockRecord) -> schemas.Offer:
    pieces = max(0, (offer.num_in_stock or 0) - (offer.num_allocated or 0))
    return schemas.Offer(venue=named(offer.venue) if offer.venue else None, price_rial=_rial(offer), pieces=pieces)


def maker(one: makers.Maker) -> schemas.Maker:
    return schemas.Maker(**_maker(one))


def maker_in_full(one: makers.Maker) -> schemas.MakerInFull:
    licences = [
        schemas.Licence(
            craft_group=named(held.craft_group), kind=held.kind, valid_until=held.expires_on, is_demo=held.is_demo
        )
        for held in one.licences_in_force  # type: ignore[attr-defined]  # to_attr of a prefetch
    ]
    return schemas.MakerInFull(**_maker(one), story=_in_language(one.story_fa, one.story_en), licences=licences)


def _maker(one: makers.Maker) -> dict:
    return {
        "slug": one.slug,
        "name": one.name,
        "url": _address(one.get_absolute_url()),
        "kind": one.kind,
        "is_master": one.is_master,
        "city": named(one.city),
        "province": named(one.city.province),
        "crafts": [named(craft) for craft in one.crafts.all()],
        "works": one.works_count,  # type: ignore[attr-defined]  # annotated
        "is_demo": one.is_demo,
    }


def venue(one: bazaars.Venue, day: date) -> schemas.Venue:
    return schemas.Venue(
        slug=one.slug,
        name=one.name,
        url=_address(one.get_absolute_url()),
        kind=one.kind,
        city=named(one.city),
        province=named(one.city.province),
        is_planned=one.is_planned,
        is_open=one.is_open_on(day),
        is_bound=one.is_bound_on(day),
        is_demo=one.is_demo,
    )


def city(one: places.City) -> schemas.City:
    return schemas.City(
        slug=one.slug,
        name=one.name,
        url=_address(one.get_absolute_url()),
        kind=one.kind,
        province=named(one.province),
        rank=one.rank,
        rank_year=one.rank_year,
        crafts=[named(craft) for craft in one.crafts.all()],
        latitude=None if one.latitude is None else float(one.latitude),
        longitude=None if one.longitude is None else float(one.longitude),
    )


def craft(one: crafts.Craft) -> schemas.Craft:
    return schemas.Craft(slug=one.slug, name=one.name, url=_address(one.get_absolute_url()), group=named(one.group))
