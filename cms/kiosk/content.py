"""What a city's kiosk shows in one language, in a fixed number of queries."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from wagtail.models import Page, PageQuerySet

from cms.models import CityPage, MarketPage, RoutePage
from marketplace.core.clock import today
from marketplace.places.models import City
from marketplace.ui import shelves
from marketplace.ui.cards import Card

LANGUAGES = ("fa", "en")
#: Works of the city that pass by while nobody touches the screen.
SLIDES = 8
#: What every screen loads: a new one of these is a new version of the kiosk.
FILES = ("css/kiosk.css", "css/maps.css", "css/market.css", "js/kiosk.js", "js/map.js")
WORKER = settings.BASE_DIR / "static" / "js" / "kiosk-worker.js"


@dataclass(frozen=True)
class Entry:
    """A page one may open, and what kind of page it is."""

    title: str
    kind: str
    address: str


def address(name: str, city: City, language: str, **more: Any) -> str:
    """A screen of the kiosk: `start`, `map` or `page` (with `pk`)."""
    return reverse(f"kiosk:{name}", kwargs={"slug": city.slug, "language": language, **more})


def pages_of(city: City, language: str) -> PageQuerySet:
    """The city's own page and all below it that everybody may read, with what they are. One query to find the city's page."""
    top = CityPage.objects.live().public().filter(city=city, locale__language_code=language).first()
    if top is None:
        return Page.objects.none()
    return top.get_descendants(inclusive=True).live().public().select_related("content_type")


def readable(page: Page) -> bool:
    """Whether a kiosk can draw it: it has a story."""
    return issubclass(page.specific_class or Page, MarketPage)


def entries(city: City, language: str) -> tuple[list[Entry], list[Entry]]:
    """Routes, and the other pages in the order of the tree."""
    routes, others = [], []
    for page in pages_of(city, language):
        if readable(page):
            where = address("page", city, language, pk=page.pk)
            kind = str(page.specific_class._meta.verbose_name)
            (routes if page.specific_class is RoutePage else others).append(Entry(page.title, kind, where))
    return routes, others


def slides(city: City, language: str) -> list[Card]:
    """Pictured works of the city, newest first."""
    shelf = shelves.shelf(language, limit=SLIDES * 2, city=city.slug)
    return [card for card in shelf.cards if card.picture and not card.origin_state][:SLIDES]


def addresses(city: City) -> list[str]:
    """Every screen of the kiosk in both languages: what has to be kept to show it without a network."""
    found = []
    for language in LANGUAGES:
        found += [address("start", city, language), address("map", city, language)]
        found += [entry.address for part in entries(city, language) for entry in part]
    return found


def version(city: City) -> str:
    """Another word whenever what the kiosk shows, or how it looks, has changed."""
    said: list[Any] = [
        today(),  # the next times of events
        list(city.spots.order_by("pk").values_list()),
        list(city.venues.order_by("pk").values_list("pk", "name_fa", "name_en", "is_planned")),
    ]
    for language in LANGUAGES:
        pages = pages_of(city, language).order_by("pk")
        said.append(list(pages.values_list("pk", "title", "last_published_at", "latest_revision_created_at")))
        said.append([card.url for card in slides(city, language)])
    said += [[staticfiles_storage.url(name) for name in FILES], worker_source()]
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@cache
def worker_source() -> str:
    """The service worker's script."""
    return WORKER.read_text(encoding="utf-8")
