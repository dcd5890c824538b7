"""How well copied photos are found, and how fast: on pictures drawn by computer, since no real photographs come with the program."""

import math
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

import faiss
import numpy as np
from PIL import Image

from catalogue.photo_hash import COPY_WITHIN
from marketplace.bench.photo_tricks import TRICKS
from marketplace.demo.art import draw
from marketplace.demo.art.crafts import CRAFTS, GROUPS
from marketplace.demo.art.manners import MANNERS
from marketplace.suspicion.copies import Photo
from marketplace.suspicion.photos import HashIndex

PICTURES, STORED, QUESTIONS = 40, 1_000_000, 400
SIDE = 800
#: Of how many unrelated stored photos each changed one is compared closely with, the nearest by hash.
STRANGERS = 2
_SEEDS = 200
HEAD = f"{'change':<18}{'found':>9}{'recall':>8}{'PDQ alone':>11}{'false':>7}"


@dataclass(frozen=True)
class Found:
    """Of one kind of change: photos asked, found, with near hashes alone, and wrongly found."""

    change: str
    asked: int
    found: int
    by_hash: int
    false: int

    @property
    def line(self) -> str:
        """A row under `HEAD`."""
        share = f"{self.found / self.asked:.2f}" if self.change in TRICKS or self.change == "all changes" else "-"
        return (
            f"{self.change:<18}{f'{self.found}/{self.asked}':>9}{share:>8}"
            f"{self.by_hash / self.asked:>11.2f}{self.false:>7}"
        )


def crafts(count: int) -> list[str]:
    """Crafts spread over the list, so that many manners are among them."""
    names = list(CRAFTS)
    return [names[round(place)] for place in np.linspace(0, len(names) - 1, count)]


def sister(craft: str, seed: int = 1) -> int:
    """Another seed that draws the same pattern of a craft: another piece."""
    name, _, only = CRAFTS[craft].partition(":")
    keys = tuple(key.strip() for key in only.split(",") if key.strip())
    manner = MANNERS[name]
    wanted = manner.start(craft, seed, keys)[1]
    return next(other for other in range(seed + 1, _SEEDS) if manner.start(craft, other, keys)[1] == wanted)


def drawn(craft: str, seed: int) -> Image.Image:
    """A picture of a craft; the craft has its manner, so the group is not asked."""
    return draw(craft, next(iter(GROUPS)), seed, SIDE)


def recall(pictures: int = PICTURES, changes: tuple[str, ...] = tuple(TRICKS)) -> Iterator[Found]:
    """By change: how many changed photos are found again, and how many strangers are taken for them; then sister pieces, then all changes.

    A changed photo is compared with its original and with the strangers nearest by hash; a sister piece with the original and the same.
    """
    chosen = crafts(pictures)
    originals = [drawn(craft, 1) for craft in chosen]
    stored = [Photo(image) for image in originals]
    sum_of = Found("all changes", 0, 0, 0, 0)
    for change in changes:
        one = _found(change, [TRICKS[change](image) for image in originals], stored)
        sum_of = Found(
            sum_of.change,
            sum_of.asked + one.asked,
            sum_of.found + one.found,
            sum_of.by_hash + one.by_hash,
            sum_of.false + one.false,
        )
        yield one
    yield _found("another piece", [drawn(craft, sister(craft)) for craft in chosen], stored)
    yield sum_of


def _found(change: str, asked: list[Image.Image], stored: list[Photo]) -> Found:
    """With the original itself among the false hits when what is asked is another piece."""
    same = change in TRICKS
    found = by_hash = false = 0
    for place, image in enumerate(asked):
        photo = Photo(image)
        distances = [photo.distance_to(one.plain.hash.bits) for one in stored]
        own = photo.copy_of(stored[place]) is not None
        others = sorted((bits, at) for at, bits in enumerate(distances) if at != place)[:STRANGERS]
        false += sum(photo.copy_of(stored[at]) is not None for _bits, at in others)
        false += own and not same
        found += own
        by_hash += distances[place] <= COPY_WITHIN
    return Found(change, len(asked), found, by_hash, false)


@dataclass(frozen=True)
class Speed:
    """Milliseconds a question on one core: by the clock, which a busy machine lengthens, and of the core's own time."""

    asked: str
    stored: int
    p50_ms: float
    p95_ms: float
    cpu_p95_ms: float

    @property
    def line(self) -> str:
        """One row."""
        of_clock = f"p50 {self.p50_ms:7.2f} ms   p95 {self.p95_ms:7.2f} ms"
        return f"{self.stored:>9,} hashes, {self.asked:<26} {of_clock}   (CPU p95 {self.cpu_p95_ms:6.2f} ms)"


def speeds(stored: int = STORED, questions: int = QUESTIONS) -> list[Speed]:
    """An exact search over random hashes on one core: one hash, and a photo in every position."""
    chance = np.random.default_rng(11)
    held = HashIndex()
    held.add(list(range(stored)), [chance.bytes(32 * stored)])
    positions = len(Photo(drawn(crafts(2)[1], 1)).variants)
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        return [
            _speed("one hash", held, 1, questions, chance),
            _speed(f"a photo in {positions} positions", held, positions, questions // 4, chance),
        ]
    finally:
        faiss.omp_set_num_threads(before)


def _speed(asked: str, held: HashIndex, hashes: int, questions: int, chance: np.random.Generator) -> Speed:
    times, busy = [], []
    for _nth in range(questions):
        some = [chance.bytes(32) for _hash in range(hashes)]
        began, began_cpu = time.perf_counter(), time.process_time()
        held.nearest(some, limit=48)
        busy.append((time.process_time() - began_cpu) * 1000)
        times.append((time.perf_counter() - began) * 1000)
    last = math.ceil(0.95 * questions) - 1
    return Speed(asked, len(held), statistics.median(times), sorted(times)[last], sorted(busy)[last])


def report(pictures: int = PICTURES, stored: int = STORED) -> Iterator[str]:
    """Both tables, line by line."""
    yield f"{pictures} pictures drawn by computer × {len(TRICKS)} changes, and {pictures} other pieces of the same pattern"
    yield HEAD
    for row in recall(pictures):
        yield row.line
    for speed in speeds(stored):
        yield speed.line
