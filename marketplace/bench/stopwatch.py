"""The stopwatch, for our pages and for another shop's beside them: it knows no model, so both processes hold the same one."""

import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

#: Answers before the first that is measured, and how many are.
WARM_UP, ROUNDS = 3, 40
#: Gives one address of a kind of page.
Address = Callable[[random.Random], str]


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


def measure_kinds(kinds: dict[str, Address], rounds: int = ROUNDS, client: Client | None = None) -> list[Figures]:
    """Ask for every kind of page in turn, each time another one of its kind, as one reader. Raises PageFailed."""
    client = client or Client()
    return [_measure(client, kind, address, rounds) for kind, address in kinds.items()]


def _measure(client: Client, kind: str, address: Address, rounds: int) -> Figures:
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
