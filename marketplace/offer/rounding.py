"""How Oscar's benefits share an amount out among lines (setting `OSCAR_OFFER_ROUNDING_FUNCTION`)."""

from decimal import ROUND_DOWN, Decimal


def whole_rial(amount: Decimal, currency: str | None = None) -> Decimal:
    """Down to a whole rial; what is left over goes to the last line."""
    return amount.quantize(Decimal(1), ROUND_DOWN)
