"""Words for the index and for a query, made by the same hand, so that both engines agree and every spelling meets.

A word is folded by `marketplace.core.persian`. Neighbours are also indexed joined, and a query may find a word alone or joined
to a neighbour: گلیم‌بافی, گلیم بافی and گلیمبافی meet. A curated list brings Latin spellings to Persian ones.
"""

import csv
import itertools
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marketplace.core.persian import fold, joined

#: Beyond these a query or a word tells nothing more.
MOST_LETTERS_OF_QUERY = 300
MOST_WORDS_OF_QUERY = 10
MOST_LETTERS_OF_WORD = 40
SHORTEST_STEM = 3

_BREAK = re.compile(r"[^\w]|_")
_BREAK_BUT_HALF_SPACE = re.compile(r"[^\w\u200c]|_")
_HALF_SPACED = re.compile(r"\S*\u200c\S*")
_PLURALS = ("هایی", "های", "ها")
#: Words that carry nothing; a query made of them alone keeps them.
_EMPTY_WORDS = {
    *_PLURALS,
    "ی",
    "از",
    "در",
    "با",
    "و",
    "به",
    "را",
    "برای",
    "the",
    "of",
    "in",
    "and",
    "a",
    "an",
    "from",
    "for",
}


@dataclass(frozen=True)
class Word:
    """One word of a query: any of its forms will do; `prefixes` are forms that may still be typed on."""

    forms: tuple[str, ...]
    prefixes: tuple[str, ...] = ()


def split(text: str) -> list[str]:
    """The folded words of a text, in order; punctuation, symbols and control characters separate."""
    return [word[:MOST_LETTERS_OF_WORD] for word in _BREAK.sub(" ", fold(text)).split()]


def stem(word: str) -> str:
    """A Persian word without its written-on plural."""
    for ending in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


def index_words(*texts: str) -> str:
    """What an index holds of some texts: words, their stems, neighbours joined and half-spaced words joined; each once."""
    found: dict[str, None] = {}
    for text in texts:
        words = split(text)
        found.update(dict.fromkeys(words))
        found.update(dict.fromkeys(stem(word) for word in words))
        found.update((first + second, None) for first, second in itertools.pairwise(words))
        found.update((joined(_BREAK_BUT_HALF_SPACE.sub("", word)), None) for word in _HALF_SPACED.findall(text))
    return " ".join(word for word in found if 0 < len(word) <= 2 * MOST_LETTERS_OF_WORD)


def query_words(text: str) -> list[Word]:
    """The words a query asks for, every one of them; the last may be unfinished."""
    words = split(text[:MOST_LETTERS_OF_QUERY])
    words = [word for word in words if word not in _EMPTY_WORDS] or words
    words = words[:MOST_WORDS_OF_QUERY]
    last = len(words) - 1
    return [_word(words, place, unfinished=place == last and not text[-1:].isspace()) for place in range(len(words))]


def _word(words: list[str], place: int, *, unfinished: bool) -> Word:
    word = words[place]
    alone = [word, stem(word), *aliases().get(word, ())]
    with_before = [words[place - 1] + word] if place else []
    with_next = [word + words[place + 1]] if place + 1 < len(words) else []
    whole = ["".join(words)] if len(words) > 2 else []
    prefixes = [word, *with_before, *whole] if unfinished else []
    # a pair's first word is found by its second word's unfinished form as well
    if place + 2 == len(words):
        prefixes += with_next
    forms = dict.fromkeys([*alone, *with_before, *with_next, *whole])
    return Word(tuple(forms), tuple(dict.fromkeys(prefixes)))


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """Latin spelling → folded Persian words."""
    found: dict[str, list[str]] = {}
    with (Path(__file__).parent / "data" / "aliases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(fold(row["latin"]), []).append(joined(row["persian"]))
    return {latin: tuple(persian) for latin, persian in found.items()}
