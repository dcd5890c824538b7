"""Money on the page. Rial is stored, because the law counts in it; toman is shown, because people do."""

from decimal import Decimal

from marketplace.core.persian import group_digits

RIAL = "rial"
TOMAN = "toman"
UNITS = (TOMAN, RIAL)
RIAL_PER_TOMAN = 10

_WORDS = {
    ("fa", TOMAN): "تومان",
    ("fa", RIAL): "ریال",
    ("en", TOMAN): "toman",
    ("en", RIAL): "rial",
}


def in_unit(rial: int | Decimal, unit: str) -> int | Decimal:
    """`rial` counted in `unit` ("toman" or "rial"); a Decimal only where a toman does not come out even."""
    whole = int(rial)
    if whole != rial:
        raise ValueError("A price is a whole number of rial.")
    if unit == RIAL:
        return whole
    toman, rest = divmod(abs(whole), RIAL_PER_TOMAN)
    signed = toman if whole >= 0 else -toman
    return Decimal(whole) / RIAL_PER_TOMAN if rest else signed


def to_rial(amount: int | Decimal, unit: str) -> int:
    """`amount` typed in `unit` as whole rial. ValueError if a part of a rial is left over."""
    rial = Decimal(amount) * (RIAL_PER_TOMAN if unit == TOMAN else 1)
    if rial != rial.to_integral_value():
        raise ValueError("A price is a whole number of rial.")
    return int(rial)


def amount_text(rial: int | Decimal, *, unit: str = TOMAN, language: str = "fa") -> str:
    """The bare number, «۱۸٬۰۰۰٬۰۰۰» or 18,000,000."""
    return group_digits(in_unit(rial, unit), language=language)


def unit_word(unit: str, *, language: str = "fa") -> str:
    """«تومان», rial… in Persian for fa, in English for every other language."""
    return _WORDS["fa" if language == "fa" else "en", unit]


def money_text(rial: int | Decimal, *, unit: str = TOMAN, language: str = "fa") -> str:
    """«۱۸٬۰۰۰٬۰۰۰ تومان» or 18,000,000 toman, from rial."""
    return f"{amount_text(rial, unit=unit, language=language)} {unit_word(unit, language=language)}"
