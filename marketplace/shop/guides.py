"""Guides of two pages: the first days of a maker, a bazaar's manager and an exporter, step by step, with pictures of our own desks.

The words stand in `data/guides/*.toml`, both languages side by side; the pictures in `static/guide/` are taken of the demo by
`make guide-pictures`. A step may name a page by its route: the guide links it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

_TEXTS = Path(__file__).parent / "data" / "guides"
#: The guides by the word in their address, in the order in which they are listed.
NAMES = ("maker", "bazaar-manager", "exporter")


@dataclass(frozen=True)
class Words:
    """One text in both languages."""

    fa: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.fa


@dataclass(frozen=True)
class Picture:
    """A screen of the demo in each language; `name` is that of its file without language and ending."""

    name: str
    alt: Words

    def file(self, language: str) -> str:
        """Its path below `static/`."""
        return f"guide/{self.name}-{language}.webp"


@dataclass(frozen=True)
class Step:
    """`route`: the page where this step is done, "" when it is reached from another."""

    title: Words
    text: Words
    route: str
    picture: Picture | None


@dataclass(frozen=True)
class Guide:
    """`turn`: after which step the second page of the paper begins. `wide`: its pictures are of a desk's screen, not of a phone."""

    name: str
    title: Words
    lead: Words
    turn: int
    wide: bool
    steps: tuple[Step, ...]

    @property
    def pages(self) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
        """The steps of each page of the paper."""
        return self.steps[: self.turn], self.steps[self.turn :]


@cache
def guide_of(name: str) -> Guide:
    """Raises KeyError for a name that is none of NAMES."""
    if name not in NAMES:
        raise KeyError(name)
    told = tomllib.loads((_TEXTS / f"{name}.toml").read_text(encoding="utf-8"))
    steps = tuple(_step(step) for step in told["step"])
    return Guide(name, _words(told, "title"), _words(told, "lead"), told["turn"], told["wide"], steps)


def guides() -> list[Guide]:
    """Every guide, in the order of NAMES."""
    return [guide_of(name) for name in NAMES]


def picture_bytes(picture: Picture, language: str) -> bytes:
    """The picture's WebP in "fa" or "en"."""
    return (settings.BASE_DIR / "static" / picture.file(language)).read_bytes()


def _step(told: dict[str, Any]) -> Step:
    picture = Picture(told["picture"], _words(told, "alt")) if "picture" in told else None
    return Step(_words(told, "title"), _words(told, "text"), told.get("route", ""), picture)


def _words(told: dict[str, Any], key: str) -> Words:
    return Words(told[f"{key}_fa"], told[f"{key}_en"])
