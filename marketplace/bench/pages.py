"""How many queries and milliseconds the public pages take, in this process: view, template and database, no network."""

import random
from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from catalogue.models import Product
from marketplace.bench.stopwatch import ROUNDS, Address, Figures, measure_kinds
from marketplace.crafts.models import Craft
from marketplace.places.models import City

WORDS = ("گلیم", "گلیم شیریکی", "قالی نقش", "مینا", "سفال لعاب", "kilim", "pateh", "مس قلم‌زنی")
_FACETS = (("city", "sirjan"), ("group", "flatweave"), ("ready", "yes"), ("origin", "domestic"))


def measure(rounds: int = ROUNDS) -> list[Figures]:
    """Ask for every kind of page in turn, each time another one of its kind. Raises PageFailed."""
    return measure_kinds(_kinds(), rounds)


def _kinds() -> dict[str, Address]:
    works = list(Product.objects.filter(is_public=True).order_by("pk").values_list("pk", "slug")[:5000])
    crafts = list(Craft.objects.filter(works__isnull=False).distinct().values_list("slug", flat=True))
    cities = list(City.objects.values_list("slug", flat=True))
    return {
        "home": lambda chance: reverse("shop:home"),
        "city": lambda chance: reverse("shop:city", args=[chance.choice(cities)]),
        "craft": lambda chance: reverse("shop:craft", args=[chance.choice(crafts)]),
        "search": _search,
        "work": lambda chance: reverse("shop:work", args=chance.choice(works)),
    }


def _search(chance: random.Random) -> str:
    asked = [("q", chance.choice(WORDS))] if chance.random() < 0.7 else []
    asked += chance.sample(_FACETS, chance.randint(0, 2))
    return f"{reverse('shop:search')}?{urlencode(asked)}"


def lines(works: int, figures: list[Figures]) -> Iterator[str]:
    """As a table, one line a kind of page."""
    for figure in figures:
        yield (
            f"{works:>7}  {figure.kind:<8}{figure.queries:>8}{figure.p50_ms:>10.1f}{figure.p95_ms:>10.1f}"
            f"{figure.kilobytes:>8.0f}"
        )


HEAD = f"{'works':>7}  {'page':<8}{'queries':>8}{'p50 ms':>10}{'p95 ms':>10}{'kB':>8}"
