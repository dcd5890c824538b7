"""The sections of a city's page below its story: who reads what, in the order they stand. One without content is left out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms import numbers
from marketplace.core.clock import today
from marketplace.places.models import City, Spot
from marketplace.ui import shelves

if TYPE_CHECKING:  # the models read this module for their page
    from cms.models import CityPage

MAKERS = 8
SPOTS_OF_A_KIND = 4
STORIES = 6
NEWS = 5
EVENTS = 5
#: What a visitor looks for first: the four links that the minutes of Kerman name.
STAYS = (Spot.Kind.STAY, Spot.Kind.EAT, Spot.Kind.HEAL)


@dataclass(frozen=True)
class Asked:
    """What a section may ask of: the city, its page where somebody wrote one, what the story and the shelf already know."""

    city: City
    page: "CityPage | None"
    story: dict[str, Any] | None
    shelf: shelves.Shelf
    spots: list[Spot]


@dataclass(frozen=True)
class Section:
    """A section with content: `items` is what its template draws."""

    slug: str
    heading: str | Promise
    template: str
    items: Any
    more_url: str = ""


Read = Callable[[Asked], Any]


def _numbers(asked: Asked) -> Any:
    return numbers.groups(asked.city, asked.story, works=asked.shelf.total)


def _makers(asked: Asked) -> Any:
    makers = shelves.makers_with_counts().filter(city=asked.city)
    return list(makers.order_by("-is_master", "slug")[:MAKERS])


def _open_workshops(asked: Asked) -> Any:
    visits = asked.page.visits() if asked.page is not None else []
    spots = [spot for spot in asked.spots if spot.kind == Spot.Kind.WORKSHOP][:MAKERS]
    return {"visits": visits, "spots": spots} if visits or spots else None


def _around(asked: Asked) -> Any:
    """(heading, spots, venues): the four links of a visit, the last with the venues where the city's works are sold."""
    found = [(kind.label, [spot for spot in asked.spots if spot.kind == kind][:SPOTS_OF_A_KIND], []) for kind in STAYS]
    venues = shelves.venue_states(asked.city.venues.all(), on=today())
    return [group for group in (*found, (_("Shop: bazaars and craft houses"), [], venues)) if group[1] or group[2]]


def _stories(asked: Asked) -> Any:
    return asked.page.stories(STORIES) if asked.page is not None else []


def _events(asked: Asked) -> Any:
    times = asked.page.coming_events(EVENTS) if asked.page is not None else []
    return {"times": times, "city": asked.city} if times else None


def _news(asked: Asked) -> Any:
    return asked.page.news(NEWS) if asked.page is not None else []


def _others(asked: Asked) -> Any:
    return asked.page.other_pages() if asked.page is not None else []


def _library(asked: Asked) -> Any:
    return asked.page.library_items() if asked.page is not None else []


#: slug, heading, template, reader; in the order they stand on the page. The works stand between people and places.
BEFORE_WORKS: tuple[tuple[str, Promise, str, Read], ...] = (
    ("numbers", _("In numbers"), "cms/sections/numbers.html", _numbers),
)
AFTER_WORKS: tuple[tuple[str, Promise, str, Read], ...] = (
    ("makers", _("Masters and makers"), "cms/sections/makers.html", _makers),
    ("stories", _("Their stories"), "cms/sections/pages.html", _stories),
    ("events", _("Events and courses"), "cms/sections/events.html", _events),
    ("workshops", _("Workshops open to visitors"), "cms/sections/workshops.html", _open_workshops),
    ("around", _("Stay, eat, heal, shop"), "cms/sections/around.html", _around),
    ("more", _("To see and to do"), "cms/sections/others.html", _others),
    ("library", _("Library"), "cms/sections/library.html", _library),
    ("news", _("News"), "cms/sections/news.html", _news),
)


def read(sections: Iterable[tuple[str, Promise, str, Read]], asked: Asked) -> list[Section]:
    """Those that have something to show."""
    map_url = reverse("maps:city", args=[asked.city.slug])
    mapped = {"workshops", "around"}
    return [
        Section(slug, heading, template, items, map_url if slug in mapped else "")
        for slug, heading, template, reader in sections
        if (items := reader(asked))
    ]
