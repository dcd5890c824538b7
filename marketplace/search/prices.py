"""Prices said in words: «زیر ۲ میلیون», «بین ۱ تا ۳ میلیون تومان», "under 2 million"."""

import re
from dataclasses import dataclass

from marketplace.core.money import RIAL, TOMAN, to_rial
from marketplace.core.persian import fold

_NUMBER_WORDS = {
    "نیم": "0.5", "یک": "1", "دو": "2", "سه": "3", "چهار": "4", "پنج": "5", "شش": "6", "هفت": "7", "هشت": "8", "نه": "9", "ده": "10",
    "پانزده": "15", "بیست": "20", "سی": "30", "چهل": "40", "پنجاه": "50", "شصت": "60", "هفتاد": "70", "هشتاد": "80", "نود": "90",
    "صد": "100", "دویست": "200", "سیصد": "300", "چهارصد": "400", "پانصد": "500", "ششصد": "600", "هفتصد": "700", "هشتصد": "800",
    "نهصد": "900", "one": "1", "two": "2", "three": "3", "five": "5", "ten": "10",
}  # fmt: skip
_TIMES = {
    "هزار": 10**3, "میلیون": 10**6, "ملیون": 10**6, "میلیارد": 10**9, "thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6,
    "billion": 10**9,
}  # fmt: skip
_UNITS = {"تومان": TOMAN, "تومن": TOMAN, "toman": TOMAN, "tomans": TOMAN, "ریال": RIAL, "rial": RIAL, "rials": RIAL}
#: A bare number with neither unit nor "million" is a price only from here on.
_LEAST_BARE = 10_000
_MOST_RIAL = 10**15
_MOST_LETTERS = 300


def _either(words) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_AMOUNT = (
    rf"(?P<%(n)snumber>\d[\d,٬]*(?:[.٫]\d+)?|\b(?:{_either(_NUMBER_WORDS)})\b)(?P<%(n)shalf> و نیم)?"
    rf" ?(?P<%(n)stimes>(?:{_either(_TIMES)})\b)?(?: ?(?P<%(n)sunit>(?:{_either(_UNITS)})\b))?"
)
_FIRST, _SECOND = _AMOUNT % {"n": "first_"}, _AMOUNT % {"n": "second_"}
_BELOW = r"(?:زیر|تا|کمتر از|کم تر از|ارزان ?تر از|حداکثر|under|below|up to|less than|cheaper than|at most)"
_ABOVE = r"(?:بالای|بیشتر از|بیش از|گران ?تر از|حداقل|از|over|above|more than|at least|from)"
_BETWEEN = re.compile(rf"\b(?:بین|between) {_FIRST} (?:تا|و|and|to|-) {_SECOND}")
_FROM_TO = re.compile(rf"(?:\b(?:از|from) )?{_FIRST} (?:تا|to|-) {_SECOND}")
_UP_TO = re.compile(rf"\b{_BELOW} {_FIRST}")
_DOWN_TO = re.compile(rf"\b{_ABOVE} {_FIRST}")


@dataclass(frozen=True)
class PriceAsked:
    """A price found in a text: bounds in rial, what is left of the text, what said it as it was typed, and whether it named the unit."""

    rest: str
    rial_from: int | None
    rial_to: int | None
    said: str
    names_unit: bool


def read_price(text: str, unit: str = TOMAN) -> PriceAsked | None:
    """The price a text asks for; None when it asks for none. An amount without a unit is in `unit`, the reader's own."""
    folded = fold(text[:_MOST_LETTERS])
    for pattern in (_BETWEEN, _FROM_TO, _UP_TO, _DOWN_TO):
        for match in pattern.finditer(folded):
            bounds = _bounds(match, pattern, unit)
            if bounds:
                rest = f"{folded[: match.start()]} {folded[match.end() :]}"
                named = any(match.groupdict().get(f"{which}_unit") for which in ("first", "second"))
                return PriceAsked(
                    " ".join(rest.split()), *bounds, said=_as_typed(text, match[0].strip()), names_unit=named
                )
    return None


def _as_typed(text: str, folded: str) -> str:
    """The words of a text that fold to these, as they were typed; the folded ones where they end within a word."""
    typed = [(word, fold(word)) for word in text[:_MOST_LETTERS].split()]
    for first in range(len(typed)):
        so_far = ""
        for last in range(first, len(typed)):
            so_far = f"{so_far} {typed[last][1]}".strip()
            if so_far == folded:
                return " ".join(word for word, _folded in typed[first : last + 1])
            if len(so_far) >= len(folded):
                break
    return folded


def _bounds(match: re.Match, pattern: re.Pattern, unit: str) -> tuple[int | None, int | None] | None:
    parts = match.groupdict()
    if pattern in (_UP_TO, _DOWN_TO):
        rial = _rial(parts, "first", unit)
        return None if rial is None else (None, rial) if pattern is _UP_TO else (rial, None)
    # «بین ۱ تا ۳ میلیون تومان»: the second amount says the size and the unit of both
    parts["first_times"] = parts["first_times"] or parts["second_times"]
    parts["first_unit"] = parts["first_unit"] or parts["second_unit"]
    low, high = _rial(parts, "first", unit), _rial(parts, "second", unit)
    return None if low is None or high is None else (min(low, high), max(low, high))


def _rial(parts: dict[str, str | None], which: str, unit: str) -> int | None:
    number = parts[f"{which}_number"] or ""
    times, named = parts[f"{which}_times"], parts[f"{which}_unit"]
    amount = float(_NUMBER_WORDS.get(number, number).replace(",", "").replace("٬", "").replace("٫", "."))
    amount += 0.5 if parts[f"{which}_half"] else 0
    whole = round(min(amount, 1e15) * _TIMES.get(times or "", 1))
    if not times and not named and whole < _LEAST_BARE:
        return None
    return min(to_rial(whole, _UNITS.get(named or "", unit)), _MOST_RIAL)
