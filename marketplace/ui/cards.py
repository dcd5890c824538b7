"""Works as cards: what it is, who made it and where, whether its seal holds, what it costs. Four queries, however many."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.core.files.storage import default_storage
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from authenticity.models import SealGrant
from authenticity.queries import valid_seals
from catalogue.models import Product, ProductImage
from marketplace.core.clock import today
from marketplace.core.persian import group_digits
from marketplace.makers.holidays import Break
from marketplace.partner.models import StockRecord

#: The rendition (pixels wide) that stands in `src`, for browsers that read no `srcset`.
USUAL_WIDTH = 640


@dataclass(frozen=True)
class Picture:
    """A picture as the page shows it: its sizes, its shape, and the colour that stands in while it loads."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    placeholder: str
    is_demo: bool
    full: str
    full_width: int
    small: str
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A work in a list. `price_rial` is that of the cheapest lawful offer today; None when there is none.

    `rest` is the break of its maker that holds this offer back today.
    """

    id: int
    url: str
    title: str
    maker_name: str
    city_name: str
    craft_slug: str
    picture: Picture | None
    seal_label: str
    origin_state: str
    origin_label: str
    price_rial: int | None
    is_sold: bool
    is_demo: bool
    rating: float | None = None
    rest: Break | None = None


def cards(ids: Iterable[int]) -> list[Card]:
    """Cards of public works in the given order; ids of works that are gone or hidden are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    works = Product.objects.filter(pk__in=wanted, is_public=True).with_frame().in_bulk()
    return cards_of([works[pk] for pk in wanted if pk in works])


def cards_of(works: list[Product]) -> list[Card]:
    """Cards of works already read `with_frame`, in three queries."""
    if not works:
        return []
    day, ids = today(), [work.pk for work in works]
    resting = {work.pk for work in works if work.maker and _is_closed(work.maker.break_on(day))}
    pictures, seals = first_pictures(ids), valid_seals(works, day)
    offers = cheapest_offers(ids, on=day, resting=resting)
    return [_card(work, pictures.get(work.pk), offers.get(work.pk), seals.get(work.pk, []), day) for work in works]


def first_pictures(works: Iterable[int]) -> dict[int, ProductImage]:
    """Work id → its first picture, in one query."""
    found: dict[int, ProductImage] = {}
    for image in ProductImage.objects.filter(product__in=list(works)).order_by("product_id", "display_order", "id"):
        found.setdefault(image.product_id, image)
    return found


def _is_closed(rest: Break | None) -> bool:
    return rest is not None and rest.is_closed


def cheapest_offers(works: Iterable[int], *, on: date, resting: Collection[int] = ()) -> dict[int, StockRecord]:
    """Work id → its cheapest lawful offer with a price, one that is in stock before one that is not; in one query.

    Of works that are `resting` with their maker, one in a venue comes before one of the workshop.

    Each offer carries `left` (pieces that can be sold) and `work` (the id it counts for: a variant's work).
    """
    ids = list(works)
    offers = (
        StockRecord.objects.lawful_on(on)
        .filter(Q(product__in=ids) | Q(product__parent__in=ids), price__isnull=False)
        .annotate(
            left=Coalesce(F("num_in_stock"), 0) - Coalesce(F("num_allocated"), 0),
            work=Coalesce("product__parent_id", "product_id"),
        )
        .order_by("price", "id")
    )
    found: dict[int, StockRecord] = {}
    for offer in sorted(offers, key=lambda one: (one.left <= 0, one.venue_id is None and one.work in resting)):
        found.setdefault(offer.work, offer)
    return found


def pictures_of(work: Product) -> list[Picture]:
    """A work's pictures in their order, each with a text; in one query."""
    images = enumerate(work.images.order_by("display_order", "id"), start=1)
    found = (picture_of(image, title=words_for(work, number)) for number, image in images)
    return [picture for picture in found if picture]


def words_for(work: Product, number: int = 1) -> str:
    """What a picture is said to show when its maker said nothing: the work, its craft, and which picture it is."""
    names = {"work": work.name, "craft": work.craft.name if work.craft else ""}
    words = _("%(work)s, %(craft)s") % names if work.craft else work.name
    if number == 1:
        return words
    shown = group_digits(number, language=(get_language() or "fa").split("-")[0])
    return _("%(words)s, picture %(number)s") % {"words": words, "number": shown}


def picture_of(image: ProductImage | None, *, title: str = "", own_words: bool = True) -> Picture | None:
    """A stored picture with its addresses; its text is its own, or `title` where it has none in this language or may not tell it."""
    if image is None:
        return None
    stored = {int(width): name for width, name in (image.sizes or {}).items()} or {image.width: image.original.name}
    sizes = {width: default_storage.url(name) for width, name in sorted(stored.items())}
    widest = max(sizes)
    usual = next((width for width in sizes if width >= USUAL_WIDTH), widest)
    return Picture(
        src=sizes[usual],
        srcset=", ".join(f"{url} {width}w" for width, url in sizes.items()) if len(sizes) > 1 else "",
        width=image.width or usual,
        height=image.height or usual,
        alt=(_own_text(image) if own_words else "") or title,
        placeholder=image.colour,
        is_demo=image.is_demo,
        full=sizes[widest],
        full_width=widest,
        small=sizes[min(sizes)],
        colours=tuple(image.colours or ()),
    )


def origin_label(work: Product, on: date) -> tuple[str, str]:
    """State and words for a work that is not domestic on a day; two empty strings for one that is."""
    state = work.shown_origin(on)
    return ("", "") if state == Product.Origin.DOMESTIC else (str(state), str(state.label))


def seal_label(grants: list[SealGrant]) -> str:
    """One short line for the seals in force: the scheme's name, and how many more."""
    if not grants:
        return ""
    names = list(dict.fromkeys(grant.scheme.name for grant in grants))
    if len(names) == 1:
        return names[0]
    count = group_digits(len(names) - 1, language=(get_language() or "fa").split("-")[0])
    return _("%(seal)s and %(count)s more") % {"seal": names[0], "count": count}


def _own_text(image: ProductImage) -> str:
    return image.alt_en if (get_language() or "fa").startswith("en") else image.alt_fa


def _card(
    work: Product, image: ProductImage | None, offer: StockRecord | None, grants: list[SealGrant], day: date
) -> Card:
    state, label = origin_label(work, day)
    return Card(
        id=work.pk,
        url=work.get_absolute_url(),
        title=work.name,
        maker_name=work.maker.name if work.maker else "",
        city_name=work.city.name if work.city else "",
        craft_slug=work.craft.slug if work.craft else "",
        picture=picture_of(image, title=words_for(work)),
        seal_label=seal_label(grants),
        origin_state=state,
        origin_label=label,
        price_rial=int(offer.price) if offer else None,
        is_sold=offer is not None and offer.left <= 0,
        is_demo=work.is_demo,
        rating=work.rating,
        rest=work.maker.break_on(day, in_venue=bool(offer and offer.venue_id)) if work.maker else None,
    )
