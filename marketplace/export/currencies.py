"""Currencies of proformas, with the digits of their minor unit by ISO 4217. No rate between them is known here, and none is invented."""

from decimal import Decimal

from marketplace.core.persian import group_digits

#: Code → digits after the point.
CURRENCIES = {
    "EUR": 2,
    "USD": 2,
    "AED": 2,
    "CHF": 2,
    "CNY": 2,
    "GBP": 2,
    "INR": 2,
    "IQD": 3,
    "JPY": 0,
    "KWD": 3,
    "OMR": 3,
    "QAR": 2,
    "RUB": 2,
    "TRY": 2,
}


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in whole minor units. ValueError if a part of one is left over."""
    minor = amount.scaleb(CURRENCIES[currency])
    if minor != minor.to_integral_value():
        raise ValueError("An amount is a whole number of minor units.")
    return int(minor)


def from_minor(minor: int, currency: str) -> Decimal:
    """Minor units as an amount with all its digits."""
    return Decimal(minor).scaleb(-CURRENCIES[currency])


def amount_text(minor: int, currency: str, *, language: str) -> str:
    """1,234.50 or «۱٬۲۳۴٫۵۰»."""
    return group_digits(from_minor(minor, currency), language=language)


def money_text(minor: int, currency: str, *, language: str) -> str:
    """EUR 1,234.50 or «۱٬۲۳۴٫۵۰ EUR»."""
    text = amount_text(minor, currency, language=language)
    return f"{text} {currency}" if language == "fa" else f"{currency} {text}"
