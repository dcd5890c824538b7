"""Titles from the patterns of each kind of object: what it is, its motif, its colour or stuff, sometimes its size."""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from marketplace.demo.persian import size_in_title, with_ezafe
from marketplace.demo.tables import rows


@dataclass(frozen=True)
class Words:
    """The same words in Persian and in English."""

    fa: str
    en: str


#: style → (Persian, English, which table of colours or stuffs fills {colour})
_PATTERNS = {
    "rug": ("{object} نقش {motif}، زمینهٔ {colour}", "{object}, {motif} design on {colour}", "rug"),
    "stripe": ("{object} {motif}، {colour}", "{object}, {motif}, {colour}", "rug"),
    "check": ("{object} {motif}، {colour}", "{object}, {motif}, {colour}", "cloth"),
    "cloth": ("{object_of} {colour} با نقش {motif}", "{object} in {colour}, {motif} design", "cloth"),
    "plaincolour": ("{object_of} {colour}", "{object} in {colour}", ""),
    "natural": ("{object_of} {colour}", "{object}, {colour}", ""),
    "motif": ("{object} با نقش {motif}", "{object} with {motif} design", ""),
    "glaze": ("{object} با لعاب {colour}", "{object} with {colour} glaze", "pottery"),
    "handle": ("{object} با دستهٔ {colour}", "{object} with {colour} handle", "handle"),
    "stone": ("{object} با سنگ {colour}", "{object} with {colour}", "stone"),
    "wood": ("{object} از چوب {colour}", "{object} in {colour}", ""),
    "plain": ("{object}", "{object}", ""),
}
_SIZE_STYLES = {"rug", "stripe", "check"}
_WORD_SIZES = (Words("اندازهٔ کوچک", "small"), Words("اندازهٔ میانه", "medium"), Words("اندازهٔ بزرگ", "large"))


@lru_cache
def _words(table: str, key: str) -> tuple[Words, ...]:
    return tuple(Words(row["fa"], row["en"]) for row in rows(table) if row[table] == key)


def _one(chance: Random, table: str, key: str) -> Words:
    found = _words(table, key)
    return chance.choice(found) if found else Words("", "")


def title_of(thing: dict[str, str], chance: Random, *, share: float, length_mm: int | None, width_mm: int | None) -> Words:
    """A title for one row of `objects.csv`; `share` (0 to 1) says where in the range of its sizes the work lies."""
    pattern_fa, pattern_en, colours = _PATTERNS[thing["style"]]
    motif = _one(chance, "motifs", thing["motifs"])
    colour = _one(chance, "colours", colours or thing["motifs"])
    fa = pattern_fa.format(
        object=thing["object_fa"], object_of=with_ezafe(thing["object_fa"]), motif=motif.fa, colour=colour.fa
    )
    en = pattern_en.format(object=thing["object_en"], motif=motif.en, colour=colour.en)
    size = _size(thing, chance, share, length_mm, width_mm)
    return Words(f"{fa}، {size.fa}", f"{en}, {size.en}") if size else Words(fa, en)


def _size(
    thing: dict[str, str], chance: Random, share: float, length_mm: int | None, width_mm: int | None
) -> Words | None:
    if chance.random() < 0.55:
        return None
    if thing["style"] in _SIZE_STYLES and length_mm and width_mm:
        return Words(*size_in_title(length_mm, width_mm))
    if thing["style"] in {"motif", "glaze", "plain", "natural"}:
        return _WORD_SIZES[min(2, int(share * 3))]
    return None
