"""Words for the index and for a query, made by the same hand, so that both engines agree and every spelling meets.

A word is folded by `marketplace.core.persian`. Neighbours are also indexed joined, and a query may find a word alone or joined
to a neighbour: گلیم‌بافی, گلیم بافی and گلیمبافی meet. Terms (`search.terms`) bring Latin spellings
and other names to the words that stand on works.
"""

import itertools
import re
from dataclasses import dataclass, replace
from functools import lru_cache

from marketplace.core.persian import fold, joined
from marketplace.search.terms import LONGEST, Terms, known

#: Beyond these a query or a word tells nothing more.
MOST_LETTERS_OF_QUERY = 300
MOST_WORDS_OF_QUERY = 10
MOST_LETTERS_OF_WORD = 40
SHORTEST_STEM = 3

_BREAK = re.compile(r"[^\w]|_")
_BREAK_BUT_HALF_SPACE = re.compile(r"[^\w\u200c]|_")
_HALF_SPACED = re.compile(r"\S*\u200c\S*")
_PLURALS = ("هایی", "های", "ها")
#: What a craft's name ends in: گلیم‌بافی is the craft of گلیم.
_CRAFT_ENDINGS = ("دوزی", "بافی", "کاری", "سازی", "گری", "مالی", "باف", "دوز", "کار")
#: Words that carry nothing; a query made of them alone keeps them.
_EMPTY_WORDS = {
    *_PLURALS, "ی", "ای", "از", "در", "با", "و", "به", "را", "برای", "که", "این",
    "the", "of", "in", "and", "a", "an", "from", "for", "with", "on",
    # what a question is made of
    "چند", "چنده", "چقدر", "چقدره", "قیمت", "قیمتش", "کجا", "بخرم", "خوب", "خوبه", "یه", "واسه", "شده", "اصل",
    "how", "much", "is", "where", "to", "buy", "price", "what",
}  # fmt: skip
#: A plural and the ezafe after it, as they are spoken: فرشا, ظرفای.
_SPOKEN_PLURALS = ("ای", "ا")
_NUMBERS = ("صفر", "یک", "دو", "سه", "چهار", "پنج", "شش", "هفت", "هشت", "نه", "ده", "یازده", "دوازده")


@dataclass(frozen=True)
class Word:
    """One word of a query: any of its forms will do; `prefixes` are forms that may still be typed on.

    `kin` are words that mean nearly the same and are worth less. One that is not `needed` makes a work better and its absence no worse.
    """

    forms: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    needed: bool = True


def split(text: str) -> list[str]:
    """The folded words of a text, in order; punctuation, symbols and control characters separate."""
    return [word[:MOST_LETTERS_OF_WORD] for word in _BREAK.sub(" ", fold(text)).split()]


def stem(word: str) -> str:
    """A word without its written-on plural."""
    for ending in _PLURALS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    if word.isascii() and word.endswith("s") and len(word) > SHORTEST_STEM and not word.endswith("ss"):
        return word.removesuffix("es") if word.endswith(("xes", "shes", "ches")) else word.removesuffix("s")
    return word


def is_empty(word: str) -> bool:
    """Whether a word carries nothing in any market."""
    return word in _EMPTY_WORDS


def roots(word: str) -> tuple[str, ...]:
    """What a word may come from, besides its plural: ezafe and belonging (مسی of مس), a craft's ending, spoken forms (گلدون، فرشا)."""
    bare, found = stem(word), []
    for ending in _CRAFT_ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_STEM - 1:
            found.append(bare.removesuffix(ending))
    if bare.endswith("ی") and len(bare) >= SHORTEST_STEM:
        found.append(bare.removesuffix("ی"))
    if bare.endswith("ون") and len(bare) > SHORTEST_STEM:
        found.append(bare.removesuffix("ون") + "ان")
    if bare.endswith("ونه") and len(bare) > SHORTEST_STEM + 1:
        found.append(bare.removesuffix("ونه") + "انه")
    for ending in _SPOKEN_PLURALS:
        if bare.endswith(ending) and len(bare) - len(ending) >= SHORTEST_STEM:
            found.append(bare.removesuffix(ending))
            break
    if bare.isdecimal() and int(bare) < len(_NUMBERS):
        found.append(_NUMBERS[int(bare)])
    return tuple(dict.fromkeys(found))


def index_words(*texts: str) -> str:
    """What an index holds of some texts: words, their stems, neighbours joined and half-spaced words joined; each once."""
    return " ".join(dict.fromkeys(word for text in texts for word in _words_of(text)))


@lru_cache(maxsize=20_000)
def _words_of(text: str) -> tuple[str, ...]:
    """Of one text. The names of makers, cities and materials stand on very many works, so they are read once."""
    words = split(text)
    found = dict.fromkeys(words)
    found.update(dict.fromkeys(stem(word) for word in words))
    found.update((first + second, None) for first, second in itertools.pairwise(words))
    found.update((joined(_BREAK_BUT_HALF_SPACE.sub("", word)), None) for word in _HALF_SPACED.findall(text))
    return tuple(word for word in found if 0 < len(word) <= 2 * MOST_LETTERS_OF_WORD)


def query_words(text: str, terms: Terms | None = None) -> list[Word]:
    """The words a query asks for; the last may be unfinished. `terms` are those of today unless others are given."""
    terms = known() if terms is None else terms
    words = split(text[:MOST_LETTERS_OF_QUERY])
    words = [word for word in words if word not in _EMPTY_WORDS] or words
    words = words[:MOST_WORDS_OF_QUERY]
    unfinished = not text[-1:].isspace()
    found = [
        _word(words, place, count, terms, unfinished=unfinished and place + count == len(words))
        for place, count in _terms_in(words, terms)
    ]
    return found if any(word.needed for word in found) else [replace(word, needed=True) for word in found]


def _terms_in(words: list[str], terms: Terms) -> list[tuple[int, int]]:
    """(place, number of words) of what a query is made of: a known term of several words is one, every other word stands alone."""
    spans, place = [], 0
    while place < len(words):
        longest = min(LONGEST, len(words) - place)
        counts = (n for n in range(longest, 1, -1) if _is_term("".join(words[place : place + n]), terms))
        count = next(counts, 1)
        spans.append((place, count))
        place += count
    return spans


def _is_term(key: str, terms: Terms) -> bool:
    return key in terms.means or key in terms.empty


def _word(words: list[str], place: int, count: int, terms: Terms, *, unfinished: bool) -> Word:
    word = "".join(words[place : place + count])
    alone = [word, stem(word)]
    with_before = [words[place - 1] + word] if place else []
    with_next = [word + words[place + count]] if place + count < len(words) else []
    whole = ["".join(words)] if len(words) > 2 else []
    prefixes = [word, *with_before, *whole] if unfinished else []
    # a pair's first word is found by its second word's unfinished form as well
    if place + count + 1 == len(words):
        prefixes += with_next
    forms = dict.fromkeys([*alone, *with_before, *with_next, *whole])
    named = [*alone, *roots(word)]
    if word.isascii():  # a Latin spelling is the same word, not a like one
        same = [meaning for form in alone for meaning in terms.means.get(form, ())]
        forms |= dict.fromkeys(same)
        named += same
    kin = [meaning for form in named for meaning in terms.means.get(form, ())] + list(roots(word))
    return Word(
        tuple(forms),
        tuple(dict.fromkeys(prefixes)),
        tuple(dict.fromkeys(like for like in kin if like not in forms)),
        needed=not (any(form in terms.empty for form in alone) or (place and word in _CRAFT_ENDINGS)),
    )
