from decimal import Decimal

import pytest

from marketplace.export.currencies import from_minor, money_text, to_minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"), [("12.50", "EUR", 1250), ("7", "JPY", 7), ("1.005", "OMR", 1005)]
)
def test_minor_units_there_and_back(amount, currency, minor):
    assert to_minor(Decimal(amount), currency) == minor
    assert from_minor(minor, currency) == Decimal(amount)


@pytest.mark.parametrize(("amount", "currency"), [("12.505", "EUR"), ("0.5", "JPY")])
def test_a_part_of_a_minor_unit_is_refused(amount, currency):
    with pytest.raises(ValueError, match="whole number of minor units"):
        to_minor(Decimal(amount), currency)


def test_how_an_amount_is_read():
    assert money_text(123450, "EUR", language="en") == "EUR 1,234.50"
    assert money_text(123450, "EUR", language="fa") == "۱٬۲۳۴٫۵۰ EUR"
