"""Titles from the patterns of each kind of object: what it is, its motif, its colour or stuff, sometimes its size.

Motif and colour are read from what the picture will show, so that a page does not say navy above a red carpet.
"""

from dataclasses import dataclass
from functools import lru_cache
from random import Random

from marketplace.demo.art.palette import DYES
from marketplace.demo.persian import size_in_title, with_ezafe
from marketplace.demo.tables import rows


@dataclass(frozen=True)
class Words:
    """The same words in Persian and in English."""

    fa: str
    en: str


NO_WORDS = Words("", "")
#: style → Persian and English, with a colour and without
_PATTERNS = {
    "rug": (
        ("{object} نقش {motif}، زمینهٔ {colour}", "{object}, {motif} design on {colour}"),
        ("{object} نقش {motif}", "{object}, {motif} design"),
    ),
    "stripe": (
        ("{object} {motif}، {colour}", "{object}, {motif}, {colour}"),
        ("{object} {motif}", "{object}, {motif}"),
    ),
    "cloth": (
        ("{object_of} {colour} با نقش {motif}", "{object} in {colour}, {motif} design"),
        ("{object} با نقش {motif}", "{object} with {motif} design"),
    ),
    "plaincolour": (("{object_of} {colour}", "{object} in {colour}"), ("{object}", "{object}")),
    "motif": (("{object} با نقش {motif}", "{object} with {motif} design"),) * 2,
    "glaze": (("{object} با لعاب {colour}", "{object} with {colour} glaze"), ("{object}", "{object}")),
    "handle": (("{object} با دستهٔ {colour}", "{object} with {colour} handle"),) * 2,
    "stone": (("{object} با سنگ {colour}", "{object} with {colour}"),) * 2,
    "wood": (("{object} از چوب {colour}", "{object} in {colour}"),) * 2,
    "plain": (("{object}", "{object}"),) * 2,
}
_PATTERNS["check"] = _PATTERNS["stripe"]
_STUFFS = {"handle", "stone", "wood"}
_SIZED_IN_CM = {"rug", "stripe", "check"}
_SIZED_IN_WORDS = {"motif", "glaze", "plain"}
_WORD_SIZES = (Words("اندازهٔ کوچک", "small"), Words("اندازهٔ میانه", "medium"), Words("اندازهٔ بزرگ", "large"))


@lru_cache
def _words(table: str, key: str) -> tuple[Words, ...]:
    return tuple(Words(row["fa"], row["en"]) for row in rows(table) if row[table] == key)


def _one(chance: Random, table: str, key: str) -> Words:
    found = _words(table, key)
    return chance.choice(found) if found else NO_WORDS


@lru_cache
def _dyes() -> tuple[Words, ...]:
    """Longest name first, so that «سبز سیر» is not read as «سبز»."""
    return tuple(sorted((Words(fa, en) for _rgb, fa, en in DYES.values()), key=lambda dye: -len(dye.fa)))


def colour_seen(shown_fa: str) -> Words:
    """The ground colour that a picture's description names, else the first colour in it."""
    ground = shown_fa.partition("زمینهٔ ")[2] or shown_fa
    found = [(ground.find(dye.fa), -len(dye.fa), dye) for dye in _dyes() if dye.fa in ground]
    return min(found, key=lambda hit: hit[:2])[2] if found else NO_WORDS


def motif_seen(shown_fa: str, craft_en: str, chance: Random) -> Words:
    """A name for the motif that a picture's description tells of."""
    hits = [
        row
        for row in rows("seen_motifs")
        if row["seen_fa"] in shown_fa and (not row["crafts"] or craft_en in row["crafts"].split(";"))
    ]
    if not hits:
        return NO_WORDS
    longest = max(len(row["seen_fa"]) for row in hits)
    row = chance.choice([row for row in hits if len(row["seen_fa"]) == longest])
    return Words(row["fa"], row["en"])


def title_of(
    thing: dict[str, str], shown_fa: str, chance: Random, *, share: float, length_mm: int | None, width_mm: int | None
) -> Words:
    """A title for one row of `objects.csv`; `share` (0 to 1) says where in the range of its sizes the work lies."""
    style = thing["style"]
    motif = motif_seen(shown_fa, thing["craft_en"], chance)
    if motif == NO_WORDS:
        motif = _one(chance, "motifs", thing["motifs"])
    colour = _one(chance, "stuffs", thing["motifs"]) if style in _STUFFS else colour_seen(shown_fa)
    fa, en = _PATTERNS[style][0 if colour.fa else 1]
    fa = fa.format(
        object=thing["object_fa"], object_of=with_ezafe(thing["object_fa"]), motif=motif.fa, colour=colour.fa
    )
    en = en.format(object=thing["object_en"], motif=motif.en, colour=colour.en)
    size = _size(style, chance, share, length_mm, width_mm)
    return Words(f"{fa}، {size.fa}", f"{en}, {size.en}") if size.fa else Words(fa, en)


def _size(style: str, chance: Random, share: float, length_mm: int | None, width_mm: int | None) -> Words:
    if chance.random() < 0.5:
        return NO_WORDS
    if style in _SIZED_IN_CM and length_mm and width_mm:
        return Words(*size_in_title(length_mm, width_mm))
    return _WORD_SIZES[min(2, int(share * 3))] if style in _SIZED_IN_WORDS else NO_WORDS
