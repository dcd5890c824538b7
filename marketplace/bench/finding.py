"""How fast works are found: the index built, the engine's answer with all facets, suggestions, and pages, so many at once.

The readers are threads of this process, so a figure holds their waiting for one another too.
"""

import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from marketplace.bench import changing
from marketplace.bench.pages import WORDS
from marketplace.bench.stopwatch import PageFailed
from marketplace.core.clock import today
from marketplace.crafts.models import Craft
from marketplace.places.models import City
from marketplace.search.engines import engines
from marketplace.search.engines.elastic import ElasticEngine
from marketplace.search.queries import SearchRequest, find, suggest
from marketplace.search.rebuilding import rebuild

SEARCHERS, READERS = 8, 4
HEAD = f"{'works':>9}  {'what':<34}{'at once':>8}{'answers':>8}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}"
#: After which the process of changes is at work.
_BEGINS_SECONDS = 8
_BEGUN = ("گل", "قا", "مس", "سفا", "کر", "ki", "pat", "اصف")


@dataclass(frozen=True)
class Timed:
    """Of one kind of question: milliseconds of half and of 95 in a hundred, and of processor time for each."""

    what: str
    at_once: int
    answers: int
    p50_ms: float
    p95_ms: float
    cpu_ms: float

    def line(self, works: int) -> str:
        """A row below HEAD."""
        return f"{works:>9}  {self.what:<34}{self.at_once:>8}{self.answers:>8}{self.p50_ms:>9.1f}{self.p95_ms:>9.1f}{self.cpu_ms:>9.1f}"


def measure(answers: int, arguments: list[str]) -> Iterator[str]:
    """Every figure of the market as it stands, line by line, at last while works change in a process of these arguments.

    Raises PageFailed.
    """
    began = time.perf_counter()
    works = rebuild()
    seconds = time.perf_counter() - began
    kept = f"{connection.vendor}; {', '.join(type(engine).__name__ for engine in engines())}"
    yield f"{works} works on {today()} ({kept}): {seconds:.1f} s, {works / seconds:.0f} works a second, reading included"
    yield HEAD
    for what, at_once, asked in _questions(answers):
        yield timed(what, at_once, asked).line(works)
    with changing.beside(arguments):
        time.sleep(_BEGINS_SECONDS)
        for what, at_once, asked in itertools.islice(_questions(answers), 2):
            yield timed(f"{what}, {changing.A_SECOND} changes/s", at_once, asked).line(works)


def clear() -> None:
    """Throw away what was built on a server; a folder goes by itself."""
    for engine in engines():
        if isinstance(engine, ElasticEngine):
            engine.drop()


def _questions(answers: int) -> Iterator[tuple[str, int, list[Callable[[], object]]]]:
    chance = random.Random(7)  # noqa: S311  not a secret
    facets = [_facets(chance) for _nth in range(answers)]
    texts = itertools.cycle(("", "", *WORDS))
    yield "engine, all facets", SEARCHERS, [_searched(chosen, next(texts)) for chosen in facets]
    yield "suggestions", SEARCHERS, [_suggested(chance.choice(_BEGUN)) for _nth in range(answers)]
    pages = [f"{reverse('shop:search')}?{urlencode(chosen, doseq=True)}" for chosen in facets]
    yield "page, filtered", READERS, [_page(address) for address in pages]
    yield "page, repeated", READERS, [_page(pages[0])] * answers


def _facets(chance: random.Random) -> dict[str, tuple[str, ...]]:
    """None to three facets, of the crafts two."""
    crafts = list(
        Craft.objects.filter(works__isnull=False).distinct().order_by("pk").values_list("slug", flat=True)[:50]
    )
    cities = list(City.objects.order_by("pk").values_list("slug", flat=True)[:20])
    offered = {
        "craft": tuple(chance.sample(crafts, min(2, len(crafts)))),
        "city": (chance.choice(cities),),
        "ready": ("yes",),
    }
    names = chance.sample(sorted(offered), chance.randint(0, 3))
    return {name: offered[name] for name in names}


def _searched(chosen: dict[str, tuple[str, ...]], text: str) -> Callable[[], object]:
    return lambda: find(SearchRequest(text=text, facets=chosen))


def _suggested(begun: str) -> Callable[[], object]:
    return lambda: suggest(begun)


def _page(address: str) -> Callable[[], object]:
    def ask() -> None:
        answer = Client().get(address, follow=True)
        if answer.status_code != 200:
            raise PageFailed(f"{address} answered {answer.status_code}")

    return ask


def timed(what: str, at_once: int, asked: list[Callable[[], object]]) -> Timed:
    """Ask everything, so many at once; the first tenth is asked once more before, to warm up."""
    with ThreadPoolExecutor(at_once, initializer=connections.close_all) as readers:
        list(readers.map(_milliseconds, asked[: len(asked) // 10]))
        busy = time.process_time()
        times = sorted(readers.map(_milliseconds, asked))
        busy = time.process_time() - busy
        list(readers.map(lambda _nth: connections.close_all(), range(at_once)))
    p95 = times[int(0.95 * (len(times) - 1))]
    return Timed(what, at_once, len(times), statistics.median(times), p95, busy * 1000 / len(times))


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000
