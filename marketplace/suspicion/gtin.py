"""Barcode numbers (GTIN-8, -12, -13, -14): their check digit, and the GS1 prefix that names the office which gave them out."""

from marketplace.core.persian import to_latin_digits

#: GS1 prefix of GS1 Iran.
IRAN = "626"
_LENGTHS = {8, 12, 13, 14}
#: Given out by no office: numbers for use within a shop, coupons, refunds, books and journals.
_NO_OFFICE = (("020", "029"), ("040", "059"), ("200", "299"), ("977", "984"), ("990", "999"))


def gtin(text: str | None) -> str:
    """The digits of a valid GTIN, empty for anything else (such as a shop's own code)."""
    digits = to_latin_digits(text or "").replace(" ", "").replace("-", "")
    return digits if digits.isdecimal() and len(digits) in _LENGTHS and _checks(digits) else ""


def _checks(digits: str) -> bool:
    """From the right: the check digit once, the next three times, and so on; the sum ends in 0."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(digits))) % 10 == 0


def prefix(code: str) -> str:
    """The three digits of the office that gave a valid GTIN out; empty where no office did. A GTIN-12 is a GTIN-13 without its 0."""
    thirteen = code if len(code) == 8 else code.rjust(14, "0")[1:]
    first = thirteen[:3]
    internal = len(code) == 8 and first[0] in "02"
    return "" if internal or any(low <= first <= high for low, high in _NO_OFFICE) else first
