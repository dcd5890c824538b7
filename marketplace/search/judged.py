"""The judged set: queries as people type them, what each of them wants, and a small fixed shelf of works to find.

Three tables in `data/`. `judged_works.csv` is a frozen shelf of sample works, written once from the demo's plan (works 1 to 600), so that
a figure of today compares with one of next year. `judged_intents.csv` says in words of the domain what a reader wants: crafts, crafts
akin to them, kinds of thing, places, materials, colours, a price in toman. `judged_queries.csv` has the ways to ask for it.

Nobody graded a single pair of query and work: a grade follows from the intent by one rule (`grade`), which knows crafts and places and
nothing of spelling, words or engines. An intent, with all its queries, is either for tuning or held back (`is_held_back`).
"""

import csv
import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
EXACT, AKIN, PARTLY, NOT = 3, 2, 1, 0
#: The judged set, and one written by another hand that had seen neither the synonyms nor the judged queries (blind).
SETS = ("judged", "blind")
#: How many hits of a page are judged.
DEPTH = 10


@dataclass(frozen=True)
class Intent:
    """What a reader wants; an empty condition asks for nothing. Prices in toman."""

    name: str
    crafts: frozenset[str]
    kin: frozenset[str]
    things: tuple[str, ...]
    places: frozenset[str]
    materials: frozenset[str]
    colours: frozenset[str]
    toman_from: int
    toman_to: int
    makers: frozenset[str] = frozenset()

    @property
    def is_held_back(self) -> bool:
        """Whether nothing may be tuned on it: a fixed half, by the hash of its name."""
        return _in_second_half(self.name)


@dataclass(frozen=True)
class Query:
    """A text as typed, the kind of trouble in it, and what it wants."""

    text: str
    kind: str
    intent: Intent
    is_held_back: bool


def _in_second_half(text: str) -> bool:
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def grade(work: dict[str, str], intent: Intent) -> int:
    """How well a work of the shelf answers an intent.

    Place, maker, material and price are conditions: what fails one is of no use. A wanted craft is EXACT, one akin to it AKIN. The right
    craft in another kind of thing, or in another colour, is worth showing, and no more (PARTLY).
    """
    if not _keeps_conditions(work, intent):
        return NOT
    thing = not intent.things or any(name in work["thing_en"] for name in intent.things)
    if intent.crafts:
        level = EXACT if work["craft_en"] in intent.crafts else AKIN if work["craft_en"] in intent.kin else NOT
    else:
        level = EXACT if thing else NOT
    if not thing or (intent.colours and work["colour_en"] not in intent.colours):
        return min(level, PARTLY)
    return level


def _keeps_conditions(work: dict[str, str], intent: Intent) -> bool:
    placed = not intent.places or bool(intent.places & {work["city_en"], work["province_en"]})
    made_of = not intent.materials or bool(intent.materials & set(work["materials_en"].split(";")))
    by_maker = not intent.makers or work["maker_en"] in intent.makers
    return placed and made_of and by_maker and intent.toman_from <= int(work["toman"]) <= intent.toman_to


def ndcg(grades: list[int], ideal: Iterable[int]) -> float:
    """nDCG at DEPTH of a page's grades, of 1; `ideal` are the grades of all works there are. Gain 2^grade − 1, discount log₂."""
    best = _gain(sorted(ideal, reverse=True))
    return _gain(grades) / best if best else 1.0


def recall(grades: list[int], ideal: Iterable[int]) -> float:
    """How many of the works worth finding (AKIN or better), at most DEPTH, are among a page's grades, of 1; 1 if there are none."""
    wanted = min(DEPTH, sum(level >= AKIN for level in ideal))
    return sum(level >= AKIN for level in grades[:DEPTH]) / wanted if wanted else 1.0


def _gain(grades: list[int]) -> float:
    return sum((2**level - 1) / math.log2(place + 2) for place, level in enumerate(grades[:DEPTH]))


@cache
def works() -> tuple[dict[str, str], ...]:
    """The shelf, by the head line of its table."""
    return tuple(_rows("judged_works"))


@cache
def intents(table: str = "judged") -> dict[str, Intent]:
    """Every intent of a set, one of SETS, by its name."""
    return {row["intent"]: _intent(row) for row in _rows(f"{table}_intents")}


@cache
def queries(table: str = "judged") -> tuple[Query, ...]:
    """Every query of a set, one of SETS, in the order of its table.

    The blind set falls into halves by its texts, not by intents: it measures spellings of few crafts, so an intent lies in both halves.
    """
    known = intents(table)
    rows = [(row["query"], row["kind"], known[row["intent"]]) for row in _rows(f"{table}_queries")]
    return tuple(
        Query(text, kind, intent, _in_second_half(text) if table == "blind" else intent.is_held_back)
        for text, kind, intent in rows
    )


def _intent(row: dict[str, str]) -> Intent:
    def named(column: str) -> list[str]:
        return [name for name in row[column].split(";") if name]

    sets = {name: frozenset(named(name)) for name in ("crafts", "kin", "places", "materials", "colours")}
    makers = row.get("makers", "")
    return Intent(
        name=row["intent"],
        things=tuple(named("things")),
        toman_from=int(row["toman_from"] or 0),
        toman_to=int(row["toman_to"] or 10**15),
        makers=frozenset(name for name in makers.split(";") if name),
        **sets,
    )


def _rows(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
