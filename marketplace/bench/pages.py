"""How many queries and milliseconds the public pages take, in this process: view, template and database, no network."""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalogue.models import Product
from marketplace.crafts.models import Craft
from marketplace.places.models import City

#: Answers before the first that is measured, and how many are.
WARM_UP, ROUNDS = 3, 40
_WORDS = ("گلیم", "گلیم شیریکی", "قالی نقش", "مینا", "سفال لعاب", "kilim", "pateh", "مس قلم‌زنی")
_FACETS = (("city", "sirjan"), ("group", "flatweave"), ("ready", "yes"), ("origin", "domestic"))


@dataclass(frozen=True)
class Figures:
    """Of one kind of page: the most queries any answer took, milliseconds, and kilobytes of HTML."""

    kind: str
    queries: int
    p50_ms: float
    p95_ms: float
    kilobytes: float


class PageFailed(Exception):
    """A page that is measured did not answer 200."""


def measure(rounds: int = ROUNDS) -> list[Figures]:
    """Ask for every kind of page in turn, each time another one of its kind. Raises PageFailed."""
    client = Client()
    return [_measure(client, kind, addresses, rounds) for kind, addresses in _kinds().items()]


def _kinds() -> dict[str, Callable[[random.Random], str]]:
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
    asked = [("q", chance.choice(_WORDS))] if chance.random() < 0.7 else []
    asked += chance.sample(_FACETS, chance.randint(0, 2))
    return f"{reverse('shop:search')}?{urlencode(asked)}"


def _measure(client: Client, kind: str, address: Callable[[random.Random], str], rounds: int) -> Figures:
    chance = random.Random(kind)  # noqa: S311  not a secret
    for _nth in range(WARM_UP):
        _ask(client, address(chance))
    answers = [_timed(client, address(chance)) for _nth in range(rounds)]
    times = sorted(ms for ms, _size in answers)
    queries = max(_queries(client, address(chance)) for _nth in range(5))
    size = statistics.median(size for _ms, size in answers)
    return Figures(kind, queries, statistics.median(times), times[int(0.95 * (len(times) - 1))], size / 1000)


def _timed(client: Client, address: str) -> tuple[float, int]:
    began = time.perf_counter()
    size = _ask(client, address)
    return (time.perf_counter() - began) * 1000, size


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        _ask(client, address)
    return len(seen)


def _ask(client: Client, address: str) -> int:
    """Bytes of the page. Raises PageFailed."""
    answer = client.get(address, follow=True)
    if answer.status_code != 200:
        raise PageFailed(f"{address} answered {answer.status_code}")
    return len(answer.content)


def lines(works: int, figures: list[Figures]) -> Iterator[str]:
    """As a table, one line a kind of page."""
    for figure in figures:
        yield (
            f"{works:>7}  {figure.kind:<8}{figure.queries:>8}{figure.p50_ms:>10.1f}{figure.p95_ms:>10.1f}"
            f"{figure.kilobytes:>8.0f}"
        )


HEAD = f"{'works':>7}  {'page':<8}{'queries':>8}{'p50 ms':>10}{'p95 ms':>10}{'kB':>8}"
