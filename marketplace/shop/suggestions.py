"""What the search box offers while a reader types: each suggestion with its kind in words and the address it leads to."""

import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import gettext as _

from catalogue.models import Product
from marketplace.core.throttle import too_many
from marketplace.search.queries import Suggestion, suggest

LIMIT = 8
#: Characters of one text; what is longer is no beginning of a name.
LONGEST = 80
#: How long an answer stands, in seconds: short, because what may lawfully be sold changes by the day.
KEPT = 300
#: Texts not answered before, a minute and address; a fast typist needs about three a second.
TEXTS, SECONDS = 180, 60

_PAGES = {"craft": "craft", "city": "city", "group": "craft-group", "maker": "maker", "venue": "venue"}


@dataclass(frozen=True)
class Offered:
    """One line below the search box."""

    kind: str
    label: str
    text: str
    url: str


class TooManyTexts(Exception):
    """This address asked more often than a person types."""


def offered(text: str, *, language: str, address: str) -> list[Offered]:
    """Suggestions for a text, from the cache when it was asked before. Raises TooManyTexts.

    Seven queries at most for a new text, beside those of the cache.
    """
    words = " ".join(text.split())[:LONGEST]
    if not words:
        return []
    key = "suggest:" + hashlib.sha256(f"{language}\0{words}".encode("utf-8", "replace")).hexdigest()
    known = cache.get(key)
    if known is None:
        if too_many("suggest", address, limit=TEXTS, seconds=SECONDS):
            raise TooManyTexts
        known = _with_addresses(suggest(words, LIMIT, language))
        cache.set(key, known, KEPT)
    return known


def _with_addresses(suggestions: list[Suggestion]) -> list[Offered]:
    wanted = [int(one.value) for one in suggestions if one.kind == "work"]
    works = Product.objects.only("slug").in_bulk(wanted) if wanted else {}
    labels = _kind_names()
    return [
        Offered(one.kind, labels[one.kind], one.text, _url(one, works))
        for one in suggestions
        if one.kind != "work" or int(one.value) in works
    ]


def _kind_names() -> dict[str, str]:
    return {
        "craft": _("Craft"),
        "city": _("City"),
        "group": _("Craft group"),
        "maker": _("Maker"),
        "venue": _("Bazaar or shop"),
        "work": _("Work"),
    }


def _url(suggestion: Suggestion, works: dict[int, Product]) -> str:
    if suggestion.kind == "work":
        return works[int(suggestion.value)].get_absolute_url()
    return reverse(f"shop:{_PAGES[suggestion.kind]}", args=[suggestion.value])
