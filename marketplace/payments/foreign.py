"""Prices in another currency than the rial: by the operator's dated rate, stored on the attempt before a gateway is asked."""

from collections.abc import Collection
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

from marketplace.payments.models import ForeignRate
from marketplace.payments.rules import no_rate

RIAL = "IRR"
#: Currencies that have hundredths; no other is taken.
HUNDREDTHS = ("EUR", "USD", "GBP", "CHF", "CAD", "AUD", "SEK", "AED")


def priced(amount_rial: int, currency: str, *, on: date) -> dict[str, Any]:
    """What an attempt keeps of its currency: nothing for the rial, else the amount in hundredths, the rate and its source.

    Rounded up to a hundredth, so that the market never gets less than its price. Raises ValidationError with code `no_rate`.
    """
    if currency == RIAL:
        return {"currency": RIAL}
    rate = rates_on({currency}, on).get(currency)
    if rate is None:
        raise no_rate(currency)
    return {
        "currency": currency,
        "amount_minor": in_hundredths(amount_rial, rate.rial_per_unit),
        "rate": rate.rial_per_unit,
        "rate_source": f"{rate.source} ({rate.valid_from.isoformat()})",
    }


def rates_on(currencies: Collection[str], on: date) -> dict[str, ForeignRate]:
    """The rate of a day by currency, of those that have one. One query, or none where nothing is asked for."""
    wanted = set(currencies) & set(HUNDREDTHS)
    if not wanted:
        return {}
    known = ForeignRate.objects.filter(currency__in=wanted, valid_from__lte=on).order_by("valid_from")
    return {rate.currency: rate for rate in known}


def in_hundredths(amount_rial: int, rial_per_unit: Decimal) -> int:
    """Rial as hundredths of another currency, rounded up."""
    return int((Decimal(amount_rial) * 100 / rial_per_unit).to_integral_value(ROUND_CEILING))


def part_in_hundredths(part_rial: int, before_rial: int, amount_rial: int, amount_minor: int) -> int:
    """A part of a payment in the currency it was paid in; all parts together are exactly what was paid."""
    return amount_minor * (before_rial + part_rial) // amount_rial - amount_minor * before_rial // amount_rial
