"""Words by which a text says that a work has a seal: `data/seal_words.csv`, with the schemes that make them true.

Found in folded text, so that every spelling meets. They are phrases, because a plain fact is free: Sirjan may be called a city of the
World Crafts Council, and a motif may be called known to UNESCO.
"""

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.html import strip_tags

from marketplace.core.persian import fold

_WORDS = Path(__file__).parent / "data" / "seal_words.csv"


@dataclass(frozen=True)
class Claim:
    """Words of a text, and the slugs of the schemes of which one in force makes them true."""

    words: str
    schemes: frozenset[str]


@cache
def _phrases() -> dict[str, frozenset[str]]:
    """Folded phrase → schemes."""
    with _WORDS.open(encoding="utf-8", newline="") as file:
        return {fold(row["words"]): frozenset(row["schemes"].split()) for row in csv.DictReader(file)}


@cache
def _in_order() -> tuple[str, ...]:
    """The longest phrase first: “UNESCO seal of authenticity” is no claim to the national one."""
    return tuple(sorted(_phrases(), key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    """One group a phrase. Joined, spaced and hyphened spellings are one."""
    between = r"\W{0,3}"
    groups = [f"({between.join(map(re.escape, phrase.split()))})" for phrase in _in_order()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")


def seal_claims(*texts: str) -> list[Claim]:
    """Every claim to a seal, as folded text in order of finding; the same words once."""
    found: dict[str, Claim] = {}
    for text in texts:
        for match in _pattern().finditer(fold(strip_tags(text or ""))):
            assert match.lastindex
            phrase = _in_order()[match.lastindex - 1]
            found.setdefault(phrase, Claim(phrase, _phrases()[phrase]))
    return list(found.values())


def unbacked(claims: Iterable[Claim], schemes: Iterable[str]) -> list[Claim]:
    """The claims that none of these schemes (slugs) makes true."""
    held = set(schemes)
    return [claim for claim in claims if not claim.schemes & held]
