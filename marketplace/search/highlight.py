"""Which words of a title a search found, so that a page can mark them."""

import re

from marketplace.core.persian import joined
from marketplace.search.words import Word, split, stem

#: Letters with their half-spaces and marks (the hamza of «کاسهٔ» is a mark of its own).
_WORD = re.compile(r"[\w\u200c\u064b-\u065f]+")


def pieces(text: str, words: tuple[Word, ...]) -> list[tuple[str, bool]]:
    """`text` in order, in pieces that were found and pieces that were not; together they are the text."""
    found: list[tuple[str, bool]] = []
    end = 0
    for match in _WORD.finditer(text):
        if _is_found(match[0], words):
            found += [(text[end : match.start()], False), (match[0], True)]
            end = match.end()
    found.append((text[end:], False))
    return [piece for piece in found if piece[0]]


def _is_found(word: str, words: tuple[Word, ...]) -> bool:
    parts = {joined(word), *split(word)}
    parts |= {stem(part) for part in parts}
    return any(
        parts & {*one.forms, *one.kin} or any(part.startswith(begun) for part in parts for begun in one.prefixes)
        for one in words
    )
