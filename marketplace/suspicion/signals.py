"""Signs that a work which claims to be Iranian may not be. One function a sign: plain facts in, a Signal or None out.

A sign proves nothing. Its weight says how much earlier an officer should look:

| sign | weight | why |
| --- | --- | --- |
| words | 40 | the maker's own text says it was made or brought from abroad |
| brand | 20 | the text names a brand that an officer listed; it may only compare itself with it |
| photo | 25, 35, 45 | another maker published the photo first; more the more points agree. It may be a dealer's picture of both |
| price | 20, 35 | under 40 %, under 20 % of what the hours alone are worth; hours are the maker's own figure, and may be mistyped |
| capacity | 20, 35 | more pieces in a year than licensed, more than twice as many; stock may be from years before |
| gtin | 5 | the barcode was given out abroad; an Iranian may have bought it there. Alone it opens nothing |

A work's weight is the sum over the kinds, of each kind the heaviest. Under `THRESHOLD` nobody is asked.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from catalogue.claims import foreign_claim
from marketplace.core.jalali import jalali_long
from marketplace.core.money import money_text
from marketplace.core.persian import fold, group_digits, to_persian_digits
from marketplace.suspicion.gtin import IRAN, gtin, prefix

THRESHOLD = 20
#: The one kind that asks about a workshop, not about a work.
CAPACITY_KIND = "capacity"
WORDS, BRAND, GTIN = 40, 20, 5
#: Points (RANSAC inliers) that agree, at least → weight; hashes so near that no points were needed are surest.
PHOTO, PHOTO_BY_HASH = ((100, 45), (50, 35), (1, 25)), 45
#: Percent of the labour floor under which → weight.
PRICE = ((20, 35), (40, 20))
#: Percent of the licensed capacity over which → weight.
CAPACITY = ((200, 35), (100, 20))


@dataclass(frozen=True)
class Signal:
    """One sign. `mark` is what makes it the same sign at another time: what an officer has judged once is not asked again.

    `params` may be callables, asked in each language. `image`, `other_image`: ids of pictures to be seen side by side.
    """

    kind: str
    mark: str
    weight: int
    sentence: Any
    params: dict[str, Any] = field(default_factory=dict)
    image: int | None = None
    other_image: int | None = None

    def told(self, language: str) -> str:
        """The sentence in a language."""
        with override(language):
            return str(self.sentence) % {
                name: value() if callable(value) else value for name, value in self.params.items()
            }

    def as_fact(self) -> dict[str, Any]:
        """As a matter stores it."""
        return {
            "kind": self.kind,
            "mark": self.mark,
            "weight": self.weight,
            "sentence_fa": self.told("fa"),
            "sentence_en": self.told("en"),
            "image": self.image,
            "other_image": self.other_image,
        }


def total(facts: Iterable[dict[str, Any]]) -> int:
    """The weight of stored signals: of each kind the heaviest."""
    heaviest: dict[str, int] = {}
    for fact in facts:
        heaviest[fact["kind"]] = max(fact["weight"], heaviest.get(fact["kind"], 0))
    return sum(heaviest.values())


def _persian() -> bool:
    return (get_language() or "fa").startswith("fa")


def _number(value: int) -> Callable[[], str]:
    return lambda: group_digits(value, language="fa" if _persian() else "en")


def _code(value: str) -> Callable[[], str]:
    return lambda: to_persian_digits(value) if _persian() else value


def _money(rial: int) -> Callable[[], str]:
    return lambda: money_text(rial, language="fa" if _persian() else "en")


def _day(day: date) -> Callable[[], str]:
    return lambda: jalali_long(day) if _persian() else f"{day.day} {day:%B %Y}"


def foreign_words(texts: Iterable[str]) -> Signal | None:
    """The maker's own words that it comes from abroad."""
    words = foreign_claim(*texts)
    if not words:
        return None
    return Signal("words", f"words:{words}", WORDS, _("The work's own text says “%(words)s”."), {"words": words})


def brand_name(texts: Iterable[str], brands: Iterable[str]) -> Signal | None:
    """A listed foreign brand in the text, as a word of its own; the spelling is folded on both sides."""
    folded = [fold(text or "") for text in texts]
    for brand in brands:
        word = re.compile(rf"(?<!\w){re.escape(fold(brand))}(?!\w)")
        if fold(brand) and any(word.search(text) for text in folded):
            return Signal(
                "brand",
                f"brand:{fold(brand)}",
                BRAND,
                _("The work's text names “%(brand)s”, which is in the table of foreign brands."),
                {"brand": brand},
            )
    return None


def copied_photo(
    *, image: int, other_image: int, maker: Callable[[], str], published: date, inliers: int, agreement: float
) -> Signal:
    """Another maker published the photo first: their picture's id, their name, and how surely it is the same photo.

    `inliers`: SIFT's points that lie alike, 0 where the hashes alone are near; `agreement`: share (0 to 1) of the two that is alike.
    """
    return Signal(
        "photo",
        f"photo:{other_image}",
        next((weight for least, weight in PHOTO if inliers >= least), PHOTO_BY_HASH),
        _(
            "%(maker)s published the same photo first, on %(day)s: laid over each other, %(percent)s%% of the two is alike."
        ),
        {"maker": maker, "day": _day(published), "percent": _number(int(agreement * 100))},
        image,
        other_image,
    )


def low_price(*, price_rial: int | None, hours: int | None, floor_rial: int | None, source: str = "") -> Signal | None:
    """The cheapest offer lies far under the hours of work at the labour floor (rial an hour). Silent where one of them is unknown."""
    if price_rial is None or not hours or not floor_rial:
        return None
    worth = hours * floor_rial
    weight = next((weight for percent, weight in PRICE if price_rial * 100 < worth * percent), 0)
    if not weight:
        return None
    return Signal(
        "price",
        f"price:{weight}",
        weight,
        _(
            "The price, %(price)s, is %(percent)s%% of what its %(hours)s hours of work are worth at the least: %(worth)s "
            "(%(floor)s an hour; %(source)s)."
        ),
        {
            "price": _money(price_rial),
            "percent": _number(price_rial * 100 // worth),
            "hours": _number(hours),
            "worth": _money(worth),
            "floor": _money(floor_rial),
            "source": source,
        },
    )


def over_capacity(*, whose: str, on_offer: int, sold: int, capacity: int | None, year: int) -> Signal | None:
    """More pieces on offer and sold in a Jalali year than the licences allow. Silent where no capacity is known.

    `whose` names the workshop in the mark: this is a question about it, whichever work it is asked of.
    """
    if not capacity:
        return None
    pieces = on_offer + sold
    weight = next((weight for percent, weight in CAPACITY if pieces * 100 > capacity * percent), 0)
    if not weight:
        return None
    return Signal(
        CAPACITY_KIND,
        f"{CAPACITY_KIND}:{whose}:{year}:{weight}",
        weight,
        _(
            "In this craft group the maker offers %(on_offer)s pieces and sold %(sold)s in the year %(year)s; the licence is for "
            "%(capacity)s pieces a year."
        ),
        {
            "on_offer": _number(on_offer),
            "sold": _number(sold),
            "capacity": _number(capacity),
            "year": _code(str(year)),
        },
    )


def foreign_barcode(code: str | None) -> Signal | None:
    """A valid barcode number that another country's office gave out. A hint only: 626 would prove nothing either."""
    digits = gtin(code)
    given_by = prefix(digits) if digits else ""
    if given_by in ("", IRAN):
        return None
    return Signal(
        "gtin",
        f"gtin:{digits}",
        GTIN,
        _(
            "The barcode %(code)s begins with the GS1 prefix %(prefix)s, not Iran's %(iran)s. A weak hint: a prefix names the office "
            "that gave the number, and %(iran)s is no proof of Iranian origin either."
        ),
        {"code": _code(digits), "prefix": _code(given_by), "iran": _code(IRAN)},
    )
