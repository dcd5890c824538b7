"""How demo titles are joined in Persian: the ezafe, and sizes as a reader says them."""

from marketplace.core.persian import to_persian_digits

_SILENT_HEH, _EZAFE = "ه", "ه\u0654"


def with_ezafe(phrase: str) -> str:
    """`phrase` ready for an adjective: «ترمه» becomes «ترمهٔ»; other endings carry an ezafe that is not written."""
    if phrase.endswith(_SILENT_HEH) and not phrase.endswith("اه"):
        return phrase[:-1] + _EZAFE
    return phrase


def size_in_title(length_mm: int, width_mm: int) -> tuple[str, str]:
    """«۱۵۰ × ۱۰۰ سانتی‌متر» and 150 × 100 cm."""
    sides = f"{length_mm // 10} × {width_mm // 10}"
    return f"{to_persian_digits(sides)} سانتی‌متر", f"{sides} cm"
