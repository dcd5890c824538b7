"""What a craft is asked beside size and weight: a carpet its warp and knots, a knife its blade. Declared in `data/craft_fields.csv`.

Answers are kept on the work as `facts`, code → a count, whole millimetres, or the code of an option in `data/craft_options.csv`.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from marketplace.core.measures import length_text
from marketplace.core.persian import group_digits
from marketplace.crafts.models import Craft

_DATA = Path(__file__).parent / "data"
COUNT, LENGTH = "count", "length"
Fact = int | str


@dataclass(frozen=True)
class Option:
    """One answer of a field that is chosen."""

    code: str
    fa: str
    en: str

    @property
    def name(self) -> str:
        """In the reader's language."""
        return self.en if _language() == "en" else self.fa


@dataclass(frozen=True)
class CraftField:
    """One question. `least` and `most` bound a count, or a length in millimetres; `options` are what may be chosen."""

    code: str
    groups: frozenset[str]
    crafts: frozenset[str]
    kind: str
    least: int
    most: int
    fa: str
    en: str
    shown_fa: str
    shown_en: str
    options: tuple[Option, ...]

    @property
    def label(self) -> str:
        """In the reader's language."""
        return self.en if _language() == "en" else self.fa

    @property
    def shown(self) -> str:
        """What stands before the answer on a work's page; shorter than the question."""
        return self.shown_en if _language() == "en" else self.shown_fa

    def takes(self, fact: Fact) -> bool:
        """Whether an answer is one that this question can have."""
        if self.options:
            return any(option.code == fact for option in self.options)
        return isinstance(fact, int) and not isinstance(fact, bool) and self.least <= fact <= self.most

    def text(self, fact: Fact) -> str:
        """An answer as people read it."""
        if isinstance(fact, int):
            return (
                length_text(fact, language=_language())
                if self.kind == LENGTH
                else group_digits(fact, language=_language())
            )
        return next((option.name for option in self.options if option.code == fact), "")


def fields_of(craft: Craft) -> list[CraftField]:
    """What works of a craft are asked, in the order of the table; reads the craft's group."""
    return [field for field in every_field() if craft.slug in field.crafts or craft.group.slug in field.groups]


@cache
def every_field() -> tuple[CraftField, ...]:
    """The whole table."""
    options: dict[str, list[Option]] = defaultdict(list)
    for row in _rows("craft_options.csv"):
        options[row["kind"]].append(Option(row["code"], row["fa"], row["en"]))
    return tuple(
        CraftField(
            row["code"],
            frozenset(row["groups"].split()),
            frozenset(row["crafts"].split()),
            row["kind"],
            int(row["least"] or 0),
            int(row["most"] or 0),
            row["fa"],
            row["en"],
            row["shown_fa"],
            row["shown_en"],
            tuple(options[row["kind"]]),
        )
        for row in _rows("craft_fields.csv")
    )


def told(facts: dict[str, Fact]) -> list[tuple[str, str]]:
    """Label and text of each answer, in the order of the table."""
    return [(field.shown, field.text(facts[field.code])) for field in every_field() if field.code in facts]


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _language() -> str:
    return (get_language() or "fa")[:2]
