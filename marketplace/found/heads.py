"""What the head of a public page says to machines: where it stands, in which languages, what it shows, how it looks when shared.

The rule for addresses with a query: one that changes what is shown (words, facets, price, a later page) is not indexed and names
no other address in its place; any other query is dropped, and the address without it is the one to index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.found.addresses import base_of
from marketplace.found.cards import card_of
from marketplace.found.structured import (
    Node,
    city_node,
    craft_node,
    home_nodes,
    list_node,
    maker_of_page,
    venue_node,
    work_node,
)
from marketplace.makers.models import Maker
from marketplace.places.models import City
from marketplace.ui.cards import Card, Picture


@dataclass(frozen=True)
class Shared:
    """A page as a card elsewhere. `image` is a whole address or a path; sizes in pixels, 0 when unknown."""

    title: str
    text: str = ""
    kind: str = "website"
    image: str = ""
    width: int = 0
    height: int = 0
    alt: str = ""


@dataclass(frozen=True)
class Head:
    """What a view adds to its page's head."""

    nodes: tuple[Node, ...] = ()
    shared: Shared | None = None


def shared_picture(picture: Picture | None) -> dict[str, Any]:
    """Fields of `Shared` for a stored picture in its widest size."""
    if picture is None:
        return {}
    width = picture.full_width
    height = round(width * picture.height / picture.width) if picture.width else 0
    return {"image": picture.full, "width": width, "height": height, "alt": picture.alt}


def work_head(request: HttpRequest, work: Product, *, description: str, **facts: Any) -> Head:
    """`facts`: `on`, `offers`, `pictures`, `seals`, `materials`, as the page has read them."""
    node = work_node(work, base=base_of(request), description=description, **facts)
    title = f"{work.name} · {work.maker.name}" if work.maker else work.name
    picture = facts["pictures"][0] if facts["pictures"] else None
    return Head((node,), Shared(title, description, "product", **shared_picture(picture)))


def home_head(request: HttpRequest, cards: Sequence[Card]) -> Head:
    """The first page: the market and its search box."""
    nodes = home_nodes(
        base=base_of(request),
        home=reverse("shop:home"),
        search=reverse("shop:search"),
        language=(get_language() or "fa").split("-")[0],
    )
    return Head(
        tuple(nodes),
        Shared(_("Rasteh"), _("Handmade works of Iran, from the maker"), **(card_of(None) or _first(cards))),
    )


def city_head(request: HttpRequest, city: City, cards: Sequence[Card], *, text: str) -> Head:
    """A city, and the works it shows."""
    base = base_of(request)
    node = list_node(city.name, cards, base=base, about=city_node(city, base=base))
    return Head((node,), Shared(city.name, text, **(card_of(city) or _first(cards))))


def craft_head(request: HttpRequest, craft: Craft | CraftGroup, cards: Sequence[Card]) -> Head:
    """A craft or a group of crafts, and the works it shows."""
    node = list_node(craft.name, cards, base=base_of(request), about=craft_node(craft))
    return Head((node,), Shared(craft.name, **(card_of(craft) or _first(cards))))


def maker_head(request: HttpRequest, maker: Maker, cards: Sequence[Card]) -> Head:
    """A maker, and the works."""
    base = base_of(request)
    node = list_node(maker.name, cards, base=base, about=maker_of_page(maker, base=base))
    return Head((node,), Shared(maker.name, **_first(cards)))


def venue_head(request: HttpRequest, venue: Venue, cards: Sequence[Card], *, is_open: bool) -> Head:
    """A venue, and the works offered there."""
    base = base_of(request)
    node = list_node(venue.name, cards, base=base, about=venue_node(venue, base=base, is_open=is_open))
    return Head((node,), Shared(venue.name, **_first(cards)))


def _first(cards: Sequence[Card]) -> dict[str, Any]:
    """The picture of the first work that has one."""
    return shared_picture(next((card.picture for card in cards if card.picture), None))
