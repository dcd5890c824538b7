"""Works as Google's Merchant Center reads them: RSS 2.0 with the fields of its namespace, in one language at a time.

Only what can be bought today stands in it: a lawful offer with a piece left and a price. Google wants a picture of each, so a
work without one waits for it. Prices are rial, as stored. What its makers do not give (an identifier of the trade) is said so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape

from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from catalogue.models import Product, ProductImage
from marketplace.core.clock import today
from marketplace.found.addresses import whole
from marketplace.found.selling import CURRENCY
from marketplace.partner.models import StockRecord

NAMESPACE = "http://base.google.com/ns/1.0"
#: Google's own limits.
LONGEST_TITLE, LONGEST_TEXT, MOST_PICTURES = 150, 5_000, 10
#: What XML 1.0 cannot hold, not even escaped.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass
class Sold:
    """Something that can be bought: a work or one of its variants, its cheapest offer, the work's pictures by address."""

    product: Product
    offer: StockRecord
    pictures: list[str] = field(default_factory=list)


def sold_between(first: int, end: int, *, on: date) -> list[Sold]:
    """What can be bought of the works with ids from `first` up to, not including, `end`; in three queries."""
    cheapest: dict[int, StockRecord] = {}
    for offer in _offers(first, end, on).order_by("price", "id"):
        if not offer.is_closed_today:
            cheapest.setdefault(offer.product_id, offer)
    if not cheapest:
        return []
    pictures = _pictures({offer.product.origin_work.pk for offer in cheapest.values()})
    found = [Sold(one.product, one, pictures.get(one.product.origin_work.pk, [])) for one in cheapest.values()]
    return sorted((one for one in found if one.pictures), key=lambda one: (one.product.origin_work.pk, one.product.pk))


def _offers(first: int, end: int, day: date):
    whole_works = Q(product__parent__isnull=True, product__gte=first, product__lt=end)
    variants = Q(product__parent__gte=first, product__parent__lt=end, product__parent__is_public=True)
    left = Coalesce(F("num_in_stock"), 0) - Coalesce(F("num_allocated"), 0)
    related = [f"product__{name}" for name in ("maker", "craft__group")]
    related += [f"product__parent__{name}" for name in ("maker", "craft__group")]
    return (
        StockRecord.objects.lawful_on(day)
        .filter(whole_works | variants, product__is_public=True, price__isnull=False)
        .annotate(left=left)
        .filter(left__gt=0)
        .select_related(*related)
        .prefetch_related("product__materials")
    )


def _pictures(works: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    images = ProductImage.objects.filter(product__in=works).order_by("product_id", "display_order", "id")
    for work, original, sizes in images.values_list("product_id", "original", "sizes"):
        widest = max(sizes, key=int) if sizes else None
        found[work].append(default_storage.url(sizes[widest] if widest else original))
    return found


def head_xml(language: str, base: str) -> str:
    """What stands before the items."""
    with override(language):
        name, words = _("Rasteh"), _("Handmade works of Iran, from the maker")
    opened = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:g="{NAMESPACE}"><channel>\n'
    return opened + _tags([("title", name), ("link", whole(base, "/")), ("description", words)]) + "\n"


TAIL = "</channel></rss>\n"


def items_xml(sold: Iterable[Sold], language: str, base: str) -> Iterator[str]:
    """One item each."""
    with override(language):
        yield from [f"<item>{_tags(_fields(one, base, language))}</item>\n" for one in sold]


def _fields(one: Sold, base: str, language: str) -> Iterator[tuple[str, str]]:
    work, product = one.product.origin_work, one.product
    yield "g:id", str(product.pk)
    yield "title", product.name[:LONGEST_TITLE]
    yield "description", _words(work, language)[:LONGEST_TEXT]
    yield "link", whole(base, work.get_absolute_url())
    first, *others = [whole(base, picture) for picture in one.pictures]
    yield "g:image_link", first
    yield from (("g:additional_image_link", picture) for picture in others[:MOST_PICTURES])
    yield "g:price", f"{int(one.offer.price or 0)} {CURRENCY}"
    yield "g:availability", "in_stock"
    yield "g:condition", "new"
    yield "g:identifier_exists", "no"
    yield from _more(work, product)
    yield "g:max_handling_time", str(one.offer.days_to_leave(today()))


def _more(work: Product, product: Product) -> Iterator[tuple[str, str]]:
    """What is said only where it is known; the seller of a foreign work is not its maker."""
    if work.maker and work.stated_origin != Product.Origin.FOREIGN:
        yield "g:brand", work.maker.name
    if work.craft:
        yield "g:product_type", f"{work.craft.group.name} > {work.craft.name}"
    if product.parent_id:
        yield "g:item_group_id", str(work.pk)
    materials = [material.name for material in product.materials.all()]
    if materials:
        yield "g:material", "/".join(materials)
    if product.weight_grams:
        yield "g:shipping_weight", f"{product.weight_grams} g"


def _words(work: Product, language: str) -> str:
    mine, other = work.description, work.description_en
    if language != "fa":
        mine, other = other, mine
    return strip_tags(mine or other or "").strip() or work.name


def _tags(fields: Iterable[tuple[str, str]]) -> str:
    return "".join(f"<{name}>{escape(_NO_XML.sub('', text))}</{name}>" for name, text in fields)
