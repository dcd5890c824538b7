"""Words by which a text says where a work was made. Found in folded text, so that every spelling meets."""

import re
from functools import cache

from marketplace.core.persian import fold

#: Says that a work is Iranian.
LOCAL = (
    "ساخت ایران",
    "ساخته ایران",
    "محصول ایران",
    "تولید ایران",
    "دستباف ایران",
    "دست ساز ایران",
    "صنایع دستی ایران",
    "کار ایران",
    "اصل ایرانی",
    "ایرانی اصل",
    "made in iran",
    "product of iran",
    "handmade in iran",
    "iranian handicraft",
    "genuine persian",
    "iranian made",
)

_PLACES = (
    (
        "ترکیه",
        "چین",
        "هند",
        "هندوستان",
        "پاکستان",
        "افغانستان",
        "نپال",
        "مراکش",
        "مصر",
        "ویتنام",
        "بنگلادش",
        "ازبکستان",
    ),
    (
        "turkey",
        "turkiye",
        "china",
        "india",
        "pakistan",
        "afghanistan",
        "nepal",
        "morocco",
        "egypt",
        "vietnam",
        "bangladesh",
    ),
)
_PERSIAN_WORDS = ("ساخت", "ساخته", "محصول", "تولید", "وارداتی از", "وارد شده از", "دستباف", "دوخت", "بافت")
_ENGLISH_WORDS = ("made in", "product of", "imported from", "handmade in", "manufactured in", "woven in")
#: Says that a work was made or brought from abroad.
FOREIGN = (
    *(f"{word} {place}" for place in _PLACES[0] for word in _PERSIAN_WORDS),
    *(f"{word} {place}" for place in _PLACES[1] for word in _ENGLISH_WORDS),
    "کالای وارداتی",
    "جنس وارداتی",
    "وارداتی اصل",
    "imported goods",
)


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    folded = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    between = "|".join(re.escape(phrase).replace(r"\ ", r"\s*") for phrase in folded)
    return re.compile(rf"(?<!\w)(?:{between})(?!\w)")


def _first(phrases: tuple[str, ...], texts: tuple[str, ...]) -> str:
    for text in texts:
        found = _pattern(phrases).search(fold(text or ""))
        if found:
            return found.group(0)
    return ""


def local_claim(*texts: str) -> str:
    """The first words that call a work Iranian, as folded text; empty when there are none."""
    return _first(LOCAL, texts)


def foreign_claim(*texts: str) -> str:
    """The first words that say a work comes from abroad, as folded text; empty when there are none."""
    return _first(FOREIGN, texts)
