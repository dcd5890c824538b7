"""Sitemaps in parts: each names the pages whose rows have ids within a fixed range, so a part is read by the key at any size.

Django's own sitemaps page by OFFSET, count every row for each part and work out each address once for every language of every
language; here a part is two statements and is written while it is read.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db.models import BigIntegerField, ExpressionWrapper, F, Max, QuerySet
from django.urls import reverse
from django.utils.translation import override

from catalogue.models import Product, ProductImage
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.found.addresses import homes, in_each_language, whole
from marketplace.makers.models import Maker
from marketplace.places.models import City

#: Ids in a part. Each page stands there once a language: 20,000 addresses, of the 50,000 that sitemaps.org allows.
PART = 10_000
#: How long the list of parts is kept: a new work shows so much later.
INDEX_SECONDS = 3_600
INDEX_KEY = "found:sitemap-index"
#: Pictures of a work: with so many a part stays under 35 MB, of the 50 that sitemaps.org allows (one picture: 22 MB, measured).
PICTURES = 5
#: Rows written at a time.
CHUNK = 500
#: Pages without rows.
PAGES = (
    "home",
    "search",
    "crafts",
    "cities",
    "venues",
    "makers",
    "about",
    "help",
    "guides",
    "terms",
    "sending-abroad",
    "logs",
)

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n'
)


@dataclass(frozen=True)
class Part:
    """One sitemap: its kind and number, and when the newest page in it changed, where that is known."""

    kind: str
    number: int
    changed: datetime | None


@dataclass(frozen=True)
class Page:
    """A page by its path in the market's own language."""

    path: str
    changed: datetime | None = None
    pictures: tuple[str, ...] = ()


def public_works() -> QuerySet[Product]:
    """Works with a page of their own."""
    return Product.objects.filter(is_public=True, parent__isnull=True).order_by("pk")


def parts() -> list[Part]:
    """Every part that has a page, in two statements, kept for `INDEX_SECONDS`."""
    known = cache.get(INDEX_KEY)
    if known is None:
        works = _ranges(public_works()).annotate(changed=Max("date_updated"))
        makers = _ranges(Maker.objects.active().order_by("pk")).annotate(changed=Max("pk"))
        known = [Part("pages", 0, None)]
        known += [Part("works", number, changed) for number, changed in works.values_list("part", "changed")]
        known += [Part("makers", number, None) for number, _any in makers.values_list("part", "changed")]
        cache.set(INDEX_KEY, known, INDEX_SECONDS)
    return known


def _ranges(rows: QuerySet) -> QuerySet:
    number = ExpressionWrapper(F("pk") / PART, output_field=BigIntegerField())
    return rows.order_by().annotate(part=number).values("part").order_by("part")


def part_named(kind: str, number: int) -> Part | None:
    """A part that the index names."""
    return next((part for part in parts() if (part.kind, part.number) == (kind, number)), None)


def index_xml(base: str) -> Iterator[str]:
    """The list of parts."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    for part in parts():
        address = whole(base, reverse("sitemap-part", args=[part.kind, part.number]))
        yield f"<sitemap><loc>{escape(address)}</loc>{_lastmod(part.changed)}</sitemap>\n"
    yield "</sitemapindex>\n"


def part_xml(part: Part, base: str) -> Iterator[str]:
    """A part, some pages at a time."""
    known = homes()
    yield _OPEN
    some: list[str] = []
    for page in _READ[part.kind](part.number):
        some.append(_entries(page, base, known))
        if len(some) == CHUNK:
            yield "".join(some)
            some.clear()
    yield "".join(some) + "</urlset>\n"


def _entries(page: Page, base: str, known: dict[str, str]) -> str:
    """One page in each language, every one of which names all of them."""
    paths = in_each_language(page.path, known)
    addresses = {language: escape(whole(base, path)) for language, path in paths.items()}
    named = [*addresses.items(), ("x-default", addresses[settings.LANGUAGE_CODE])]
    links = "".join(f'<xhtml:link rel="alternate" hreflang="{code}" href="{one}"/>' for code, one in named)
    shown = "".join(
        f"<image:image><image:loc>{escape(whole(base, one))}</image:loc></image:image>" for one in page.pictures
    )
    tail = f"{_lastmod(page.changed)}{links}{shown}</url>\n"
    return "".join(f"<url><loc>{address}</loc>{tail}" for address in addresses.values())


def _lastmod(changed: datetime | None) -> str:
    return f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>" if changed else ""


def _path(name: str, *args: object) -> str:
    with override(settings.LANGUAGE_CODE):
        return reverse(f"shop:{name}", args=args)


def _work_pages(number: int) -> Iterator[Page]:
    first = number * PART
    pictures = _pictures(first)
    rows = public_works().filter(pk__gte=first, pk__lt=first + PART).values_list("pk", "slug", "date_updated")
    for pk, slug, changed in rows.iterator(chunk_size=CHUNK):
        yield Page(_path("work", pk, slug), changed, tuple(pictures.get(pk, ())))


def _pictures(first: int) -> dict[int, list[str]]:
    """Work id → the addresses of its pictures, each in its widest size."""
    found: dict[int, list[str]] = defaultdict(list)
    images = ProductImage.objects.filter(product__gte=first, product__lt=first + PART)
    rows = images.order_by("product_id", "display_order", "id").values_list("product_id", "original", "sizes")
    for work, original, sizes in rows:
        widest = max(sizes, key=int) if sizes else None
        if len(found[work]) < PICTURES:
            found[work].append(default_storage.url(sizes[widest] if widest else original))
    return found


def _maker_pages(number: int) -> Iterator[Page]:
    first = number * PART
    slugs = (
        Maker.objects.active().filter(pk__gte=first, pk__lt=first + PART).order_by("pk").values_list("slug", flat=True)
    )
    return (Page(_path("maker", slug)) for slug in slugs)


#: What rooms above this one add: (path in the market's own language, when it changed); in both languages at the same path.
MorePages = Callable[[], Iterator[tuple[str, datetime | None]]]
_more: list[MorePages] = []


def register_pages(pages: MorePages) -> None:
    """Called from a room's `ready()`."""
    if pages not in _more:
        _more.append(pages)


def _other_pages(number: int) -> Iterator[Page]:
    yield from (Page(_path(name)) for name in PAGES)
    for name, model in (("craft-group", CraftGroup), ("craft", Craft), ("city", City), ("venue", Venue)):
        slugs = model.objects.order_by("pk").values_list("slug", flat=True)  # type: ignore[attr-defined]
        yield from (Page(_path(name, slug)) for slug in slugs)
    for pages in _more:
        yield from (Page(path, changed) for path, changed in pages())


_READ = {"works": _work_pages, "makers": _maker_pages, "pages": _other_pages}
