"""Persian text: digits for the reader, folding for search.

Writers mix Arabic and Persian code points, vowels, kashida and half-spaces. Folding gives every
spelling of a word one form, so that an index and a query meet. Nothing here is shown to a reader
except the digits.
"""

import re
import unicodedata

PERSIAN_DIGITS = "۰۱۲۳۴۵۶۷۸۹"
ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩"
LATIN_DIGITS = "0123456789"
THOUSANDS = "٬"
DECIMAL_POINT = "٫"

_TO_PERSIAN = str.maketrans(LATIN_DIGITS + ARABIC_DIGITS, PERSIAN_DIGITS * 2)
_TO_LATIN = str.maketrans(PERSIAN_DIGITS + ARABIC_DIGITS, LATIN_DIGITS * 2)

_LETTERS = {"يىې": "ی", "كڪ": "ک", "ةۀەہۂ": "ه", "أإٱ": "ا"}
_JOIN_BREAKERS = "\u200c"
_DROPPED = "\u0640\u00ad\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_FOLDED = {
    **{ord(letter): folded for letters, folded in _LETTERS.items() for letter in letters},
    **{ord(mark): None for mark in _DROPPED},
    **{ord(mark): " " for mark in _JOIN_BREAKERS},
    **_TO_LATIN,
}
#: Vowels and other marks of the plane that scripts in use stand in.
_FOLDED |= {code: None for code in range(0x10000) if unicodedata.category(chr(code)) == "Mn"}
_SPACES = re.compile(r"\s+")
_ONE_SPELLING = str.maketrans({letter: folded for letters, folded in list(_LETTERS.items())[:2] for letter in letters})


def to_persian_digits(value: object) -> str:
    """`value` as text with every Latin or Arabic digit turned Persian."""
    return str(value).translate(_TO_PERSIAN)


def to_latin_digits(value: object) -> str:
    """`value` as text with every Persian or Arabic digit turned Latin, as parsers expect."""
    return str(value).translate(_TO_LATIN)


def group_digits(number: object, *, language: str) -> str:
    """`number` (int or Decimal) in groups of three: «۱۸٬۰۰۰٬۰۰۰» in Persian, 18,000,000 elsewhere."""
    grouped = f"{number:,}"
    if language != "fa":
        return grouped
    return to_persian_digits(grouped.replace(",", THOUSANDS).replace(".", DECIMAL_POINT))


def one_spelling(text: str) -> str:
    """`text` composed (NFC), its Arabic ye and kaf as Persian ones: for what is signed or compared byte by byte. It reads as before."""
    return unicodedata.normalize("NFC", text).translate(_ONE_SPELLING)


def set_apart(code: str) -> str:
    """A code inside Persian text: isolated, so that 1405-000006 keeps its order after Persian letters."""
    return f"\u2066{code}\u2069"


def fold(text: str) -> str:
    """One form for every spelling of `text`; lower case, for indexes and queries only.

    Arabic letters become Persian, digits Latin; vowels, hamza marks and kashida go; a half-space
    is a space; runs of space collapse. آ stays, because it tells words apart.
    """
    bare = unicodedata.normalize("NFKC", text).translate(_FOLDED)
    if bare and max(bare) > "\uffff":
        bare = "".join(letter for letter in bare if unicodedata.category(letter) != "Mn")
    return _SPACES.sub(" ", bare).strip().lower()


def joined(text: str) -> str:
    """`fold(text)` without spaces: گلیم‌بافی, گلیم بافی and گلیمبافی all give گلیمبافی."""
    return fold(text).replace(" ", "")
