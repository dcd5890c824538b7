"""The web fonts: IBM Plex Sans Arabic cut down to what Persian and English pages use, as WOFF2.

The family comes from a PyPI package (OFL 1.1). ZWNJ has no glyph in it and needs none: browsers
shape it without drawing.
"""

from contextlib import closing
from pathlib import Path

import fontpkg
from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "IBM Plex Sans Arabic"
WEIGHTS = (300, 400, 500, 700)
#: Writes the market's name in the head of every page, and nothing else.
NAME_WEIGHT, NAME = 700, "راسته Rasteh"

_LATIN = range(0x20, 0x7F)
_LATIN_1 = range(0xA0, 0x100)
_PUNCTUATION = "–—‘’“”•…‹›€←↑→↓−×✓"
_ARABIC_PUNCTUATION = "،؛؟٪٫٬"
_ARABIC_LETTERS = (*range(0x0621, 0x064B), 0x0671)
_PERSIAN_LETTERS = "پچژکگی" + "ۀە"
_VOWELS = (*range(0x064B, 0x0656), 0x0670)
_ARABIC_DIGITS = range(0x0660, 0x066A)
_PERSIAN_DIGITS = range(0x06F0, 0x06FA)

CHARACTERS = frozenset(
    {
        *_LATIN,
        *_LATIN_1,
        *_ARABIC_LETTERS,
        *_VOWELS,
        *_ARABIC_DIGITS,
        *_PERSIAN_DIGITS,
        *map(ord, _PUNCTUATION + _ARABIC_PUNCTUATION + _PERSIAN_LETTERS),
    }
)


def font_file(folder: Path, weight: int) -> Path:
    """Where the WOFF2 of `weight` lies; static/css/fonts.css names the same files."""
    return folder / f"rasteh-{weight}.woff2"


def missing_fonts(folder: Path) -> list[int]:
    """The weights that are not built yet, or were built from an older package or fewer characters."""
    if _stamp(folder).is_file() and _stamp(folder).read_text() == _recipe():
        return [weight for weight in WEIGHTS if not font_file(folder, weight).is_file()]
    return list(WEIGHTS)


def build_fonts(folder: Path) -> list[Path]:
    """Make the missing fonts in `folder` and return their files. Half a font is never left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    built = [_build(folder, weight) for weight in missing_fonts(folder)]
    _stamp(folder).write_text(_recipe())
    return built


def _build(folder: Path, weight: int) -> Path:
    target = font_file(folder, weight)
    half = target.with_suffix(".half")
    with closing(_subset(fontpkg.path(FAMILY, weight=weight), characters_of(weight))) as font:
        font.save(half)
    half.replace(target)
    return target


def characters_of(weight: int) -> frozenset[int]:
    """The code points that the font of a weight carries."""
    return frozenset(map(ord, NAME)) if weight == NAME_WEIGHT else CHARACTERS


def _subset(source: Path, characters: frozenset[int]) -> TTFont:
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True)
    options.drop_tables.append("meta")
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    font.flavor = "woff2"
    return font


def _stamp(folder: Path) -> Path:
    return folder / "rasteh-fonts.txt"


def _recipe() -> str:
    family = fontpkg.family(FAMILY)
    letters = "".join(map(chr, sorted(CHARACTERS)))
    return f"{family.name} {family.version} {WEIGHTS} {letters} {NAME}"
