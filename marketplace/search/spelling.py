"""Did you mean: words that no work has, read as the nearest word that some work has.

Three readings, the surest first: letters that sound alike (طرمه is ترمه), one slip of the hand (گیلم is گلیم), and Persian written in
Latin letters (melileh is ملیله). The words of the works themselves are the dictionary, so nothing is offered that finds nothing.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from marketplace.search.terms import Terms
from marketplace.search.words import is_empty, roots, split, stem

_FILE = "words.txt"
_LETTERS = "اآبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیئ"
#: Letters that sound alike in Persian, each as the first of its kind.
_SOUNDS = str.maketrans("طصثذضظغحعآأ", "تسسزززقهااا")
_SHORTEST, _LONGEST = 3, 24
#: Latin letters as they are used to write Persian: the longer first; vowels may be written or not.
_LATIN = {
    "kh": "خ", "gh": "[قغ]", "ch": "چ", "sh": "ش", "zh": "ژ", "ph": "ف", "oo": "و", "ou": "و", "ee": "ی", "aa": "[اآ]",
    "ei": "ی", "ey": "ی", "a": "[اآعه]?", "e": "[یهعا]?", "i": "[یعا]?", "o": "[وعا]?", "u": "[وع]?", "b": "ب", "p": "پ",
    "t": "[تط]", "s": "[سصث]", "j": "ج", "c": "[کس]", "h": "[هح]?", "d": "د", "r": "ر", "z": "[زذضظ]", "f": "ف", "q": "[قغ]",
    "k": "[کخ]", "g": "[گق]", "l": "ل", "m": "م", "n": "ن", "v": "و", "w": "و", "y": "ی", "x": "(?:خ|کس)",
}  # fmt: skip
_LATIN_PIECES = re.compile("|".join(sorted(_LATIN, key=len, reverse=True)))


@dataclass(frozen=True)
class Dictionary:
    """How often each word stands on works; `ordered` for beginnings, `sounds` for letters that sound alike."""

    counts: dict[str, int]
    ordered: tuple[str, ...]
    sounds: dict[str, tuple[str, ...]]

    def has(self, word: str) -> bool:
        return word in self.counts

    def has_beginning(self, text: str) -> bool:
        place = bisect_left(self.ordered, text)
        return place < len(self.ordered) and self.ordered[place].startswith(text)


NO_WORDS = Dictionary({}, (), {})


def dictionary(counts: dict[str, int]) -> Dictionary:
    """A dictionary of counted words; what is too short or too long for a word is left out."""
    kept = {word: count for word, count in counts.items() if _SHORTEST - 1 <= len(word) <= _LONGEST}
    sounds: dict[str, list[str]] = defaultdict(list)
    for word in kept:
        sounds[word.translate(_SOUNDS)].append(word)
    return Dictionary(kept, tuple(sorted(kept)), {sound: tuple(words) for sound, words in sounds.items()})


def counted(documents: Iterable[dict]) -> dict[str, int]:
    """How many of some documents have each word in a title or a name."""
    counts: dict[str, int] = defaultdict(int)
    for document in documents:
        for word in {*document["title"].split(), *document["names"].split()}:
            counts[word] += 1
    return counts


def write_words(counts: dict[str, int]) -> None:
    """Keep the dictionary beside the index; whole or not at all."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(f"{word}\t{count}\n" for word, count in counts.items()), encoding="utf-8")
    fresh.replace(path)


def add_words(counts: dict[str, int]) -> None:
    """Add words of changed works that the dictionary does not have yet; one without a dictionary begins it."""
    known = words_of_works()
    new = [f"{word}\t{count}\n" for word, count in counts.items() if not known.has(word)]
    if new:
        _path().parent.mkdir(parents=True, exist_ok=True)
        with _path().open("a", encoding="utf-8") as file:
            file.write("".join(new))


def words_of_works() -> Dictionary:
    """The words that stand on works; empty where no index was built."""
    path = _path()
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return NO_WORDS
    return _read(path, stamp)


def _path() -> Path:
    return Path(settings.SEARCH_INDEX_DIR) / _FILE


@lru_cache(maxsize=2)
def _read(path: Path, _stamp: int) -> Dictionary:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return dictionary({row[0]: int(row[1]) for row in rows if len(row) == 2 and row[1].isdecimal()})


def corrected(text: str, known: Dictionary, terms: Terms) -> str:
    """`text` with every word that no work has read as the nearest one; empty when there is nothing to read otherwise."""
    words = split(text)[:10]
    found: list[str] = []
    place = 0
    while place < len(words):
        count, reading = _reading(words, place, known, terms)
        found.append(reading)
        place += count
    return " ".join(found) if found != words else ""


def _reading(words: list[str], place: int, known: Dictionary, terms: Terms) -> tuple[int, str]:
    """(words taken, their reading): a word, or one with its neighbour where only both together are near to something."""
    word, last = words[place], place + 1 == len(words)
    pair = "" if last else word + words[place + 1]
    if pair and known.has(pair):
        return 2, f"{word} {words[place + 1]}"
    strange = not _is_known(word, known, terms, last=last)
    next_strange = bool(pair) and not _is_known(words[place + 1], known, terms, last=place + 2 == len(words))
    near, near_pair = nearest(word, known), nearest(pair, known)
    if strange and near and not (next_strange and near_pair):
        return 1, near
    if near_pair and (strange or (next_strange and not nearest(words[place + 1], known))):
        return 2, near_pair
    return 1, word


def _is_known(word: str, known: Dictionary, terms: Terms, *, last: bool) -> bool:
    forms = (word, stem(word), *roots(word))
    return (
        any(known.has(form) or form in terms.means or form in terms.empty for form in forms)
        or is_empty(word)
        or word.isdecimal()
        or (last and known.has_beginning(word))
    )


def nearest(word: str, known: Dictionary) -> str:
    """The word that was most likely meant; empty when none is near."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ""
    sound = word.translate(_SOUNDS)
    same = [one for one in known.sounds.get(sound, ()) if one != word]
    slips = same or [one for near in {*_one_slip(word), *_one_slip(sound)} for one in known.sounds.get(near, ())]
    if not slips and word.isascii() and word.isalpha():
        slips = _in_persian(word, known)
    return max(set(slips), key=lambda one: (known.counts[one], one), default="")


def _one_slip(word: str) -> Iterator[str]:
    """Every text one slip away: a letter too many, two swapped, another letter, a letter missing. By sound, so that it is few."""
    letters = "abcdefghijklmnopqrstuvwxyz" if word.isascii() else _LETTERS
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in letters)


def _in_persian(latin: str, known: Dictionary) -> list[str]:
    """Words that a Latin spelling may stand for; those whose length agrees best."""
    pattern = re.compile("".join(_LATIN[piece] for piece in _LATIN_PIECES.findall(latin)) + "ه?")
    found = [word for word in known.ordered if not word.isascii() and pattern.fullmatch(word)]
    longest = max(map(len, found), default=0)
    return [word for word in found if len(word) == longest]
