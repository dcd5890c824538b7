"""Facets as a reader sees them: slugs become names, and every name carries its count."""

from dataclasses import dataclass

from django.db.models import CharField, Value
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from authenticity.models import SealScheme
from catalogue.models import Material, Product, Technique
from marketplace.bazaars.models import Venue
from marketplace.core.colours import FAMILIES
from marketplace.crafts.models import Craft, CraftGroup
from marketplace.makers.models import Maker
from marketplace.places.models import City, Province
from marketplace.search.bands import LEADS, SIZES, WEIGHTS
from marketplace.search.queries import FacetCount
from marketplace.shop.address import FACETS, Address
from marketplace.ui.templatetags.rasteh import grouped

#: Facets whose values are slugs of things with a name.
NAMED = {
    "group": CraftGroup,
    "craft": Craft,
    "province": Province,
    "city": City,
    "seal": SealScheme,
    "material": Material,
    "technique": Technique,
    "venue": Venue,
    "maker": Maker,
}
#: Facets whose values are steps; the others show the largest count first.
_IN_ORDER = {"lead": list(LEADS), "size": list(SIZES), "weight": list(WEIGHTS)}
#: Facets that stand open before a reader touches them.
OPEN_FIRST = ("group", "city", "seal")
#: Values shown of one facet; the counts come largest first.
MOST_SHOWN = 40


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    key: str
    label: str
    open: bool
    choices: list[Choice]


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the search, and the address without it."""

    label: str
    address: str


def facet_label(name: str) -> str:
    """A facet's heading."""
    return {
        "group": _("Craft group"),
        "craft": _("Craft"),
        "province": _("Province"),
        "city": _("City"),
        "seal": _("Seal"),
        "ready": _("Delivery"),
        "one_of_a_kind": _("Uniqueness"),
        "material": _("Material"),
        "technique": _("Technique"),
        "colour": _("Colour"),
        "venue": _("Sold in"),
        "maker_kind": _("Kind of maker"),
        "maker": _("Maker"),
        "master": _("Master"),
        "lead": _("Time until it leaves"),
        "size": _("Longest side"),
        "weight": _("Weight"),
        "origin": _("Origin"),
        "exportable": _("Exportable to"),
    }[name]


def names_of(wanted: dict[str, set[str]]) -> dict[tuple[str, str], str]:
    """(facet, slug) → name in the reader's language, in one query whatever the number of facets."""
    column = "name_en" if (get_language() or "fa").startswith("en") else "name_fa"
    parts = [
        model.objects.filter(slug__in=wanted[name])
        .order_by()
        .annotate(facet=Value(name, output_field=CharField()))
        .values_list("facet", "slug", column)
        for name, model in NAMED.items()
        if wanted.get(name)
    ]
    rows = parts[0].union(*parts[1:]) if len(parts) > 1 else (parts[0] if parts else [])
    return {(facet, slug): name for facet, slug, name in rows}


def _fixed_names() -> dict[tuple[str, str], str]:
    names = {("one_of_a_kind", "yes"): _("One of a kind"), ("ready", "yes"): _("Ready to send")}
    names |= {("exportable", region): name for region, name in region_names().items()}
    names |= {("master", "yes"): _("Works of masters")}
    names |= {("maker_kind", kind.value): str(kind.label) for kind in Maker.Kind}
    names |= {("origin", state.value): str(state.label) for state in Product.Origin}
    return names | _measures() | {("colour", family): name for family, name in colour_names().items()}


def colour_names() -> dict[str, str]:
    """Families of colour in words: a swatch alone says nothing to who cannot tell it from another."""
    names = {
        "red": pgettext("colour", "Red"),
        "orange": pgettext("colour", "Orange"),
        "yellow": pgettext("colour", "Yellow"),
        "green": pgettext("colour", "Green"),
        "turquoise": pgettext("colour", "Turquoise"),
        "blue": pgettext("colour", "Blue"),
        "purple": pgettext("colour", "Purple"),
        "pink": pgettext("colour", "Pink"),
        "brown": pgettext("colour", "Brown"),
        "cream": pgettext("colour", "Cream"),
        "white": pgettext("colour", "White"),
        "grey": pgettext("colour", "Grey"),
        "black": pgettext("colour", "Black"),
    }
    return {family: names[family] for family in FAMILIES}


def region_names() -> dict[str, str]:
    """Regions of `marketplace.customs.abroad`, as readers call them."""
    return {"eu": _("The European Union"), "other": _("Other countries, as far as is known")}


def _measures() -> dict[tuple[str, str], str]:
    """Bands of measures, in the order in which they are shown."""
    names = {("lead", slug): _("within %(days)s days") % {"days": grouped(days)} for slug, days in LEADS.items()}
    names |= {
        ("size", "hand"): _("up to %(cm)s cm") % {"cm": grouped(30)},
        ("size", "table"): _("%(from)s to %(to)s cm") % {"from": grouped(30), "to": grouped(100)},
        ("size", "room"): _("%(from)s to %(to)s cm") % {"from": grouped(100), "to": grouped(200)},
        ("size", "hall"): _("over %(cm)s cm") % {"cm": grouped(200)},
    }
    return names | {
        ("weight", slug): _("up to %(kg)s kg") % {"kg": grouped(grams // 1_000)} for slug, grams in WEIGHTS.items()
    }


def readable(counts: dict[str, list[FacetCount]], address: Address) -> tuple[list[Facet], list[Chip]]:
    """Facets for the column, and chips for what was chosen. One query."""
    wanted = {
        name: {count.value for count in counts.get(name, [])} | set(address.facets.get(name, ())) for name in NAMED
    }
    names = names_of(wanted) | _fixed_names()
    facets = [_facet(name, counts.get(name, []), names, address) for name in FACETS]
    chips = [
        Chip(names.get((name, value), value), address.without(name, value))
        for name, values in address.facets.items()
        for value in values
    ]
    return [facet for facet in facets if facet.choices], chips


def _facet(name: str, counts: list[FacetCount], names: dict[tuple[str, str], str], address: Address) -> Facet:
    chosen = set(address.facets.get(name, ()))
    choices = [
        Choice(count.value, names[name, count.value], count.count, count.value in chosen)
        for count in counts
        if (name, count.value) in names
    ]
    if name in _IN_ORDER:
        choices.sort(key=lambda choice: _IN_ORDER[name].index(choice.value))
    else:
        choices.sort(key=lambda choice: (not choice.chosen, -choice.count, choice.label))
    return Facet(name, facet_label(name), bool(chosen) or name in OPEN_FIRST, choices[:MOST_SHOWN])
