"""Weights and sizes on the page: grams and millimetres are stored, kilograms and centimetres are read."""

from decimal import Decimal

from marketplace.core.persian import group_digits

_WORDS = {
    "g": ("گرم", "g"),
    "kg": ("کیلوگرم", "kg"),
    "cm": ("سانتی‌متر", "cm"),
}
GRAMS_PER_KG = 1000
MM_PER_CM = 10


def weight_text(grams: int, *, language: str) -> str:
    """«۳٫۴ کیلوگرم» or 3.4 kg; below a kilogram in grams."""
    if grams < GRAMS_PER_KG:
        return _with_unit(group_digits(grams, language=language), "g", language)
    kilograms = (Decimal(grams) / GRAMS_PER_KG).quantize(Decimal("0.01"))
    return _with_unit(_plain(kilograms, language), "kg", language)


def length_text(mm: int, *, language: str) -> str:
    """«۱۲۰ سانتی‌متر» or 120 cm."""
    return _with_unit(_centimetres(mm, language), "cm", language)


def size_text(*sides_mm: int | None, language: str) -> str:
    """«۱۲۰ × ۸۰ سانتی‌متر» from the sides that are known; empty when none is."""
    known = [_centimetres(side, language) for side in sides_mm if side]
    return _with_unit(" × ".join(known), "cm", language) if known else ""


def _centimetres(mm: int, language: str) -> str:
    return _plain(Decimal(mm) / MM_PER_CM, language)


def _plain(number: Decimal, language: str) -> str:
    whole = number.to_integral_value()
    return group_digits(int(whole) if whole == number else number.normalize(), language=language)


def _with_unit(number: str, unit: str, language: str) -> str:
    persian, latin = _WORDS[unit]
    return f"{number} {persian if language == 'fa' else latin}"
