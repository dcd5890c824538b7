from decimal import Decimal

import pytest

from marketplace.core.money import amount_text, in_unit, money_text, to_rial


@pytest.mark.parametrize(
    ("rial", "unit", "language", "shown"),
    [
        (180_000_000, "toman", "fa", "۱۸٬۰۰۰٬۰۰۰ تومان"),
        (180_000_000, "toman", "en", "18,000,000 toman"),
        (180_000_000, "rial", "fa", "۱۸۰٬۰۰۰٬۰۰۰ ریال"),
        (180_000_000, "rial", "en", "180,000,000 rial"),
        (Decimal("180000000.00"), "toman", "en", "18,000,000 toman"),
        (15, "toman", "fa", "۱٫۵ تومان"),
        (0, "toman", "fa", "۰ تومان"),
        (-50_000, "toman", "en", "-5,000 toman"),
        (10**15, "rial", "en", "1,000,000,000,000,000 rial"),
    ],
)
def test_rial_is_shown_in_the_chosen_unit(rial, unit, language, shown):
    assert money_text(rial, unit=unit, language=language) == shown


def test_toman_is_the_unit_unless_another_is_asked_for():
    assert amount_text(7_800_000) == "۷۸۰٬۰۰۰"


def test_part_of_a_rial_is_refused():
    with pytest.raises(ValueError, match="whole number of rial"):
        in_unit(Decimal("10.5"), "toman")


@pytest.mark.parametrize(
    ("amount", "unit", "rial"), [(18, "toman", 180), (18, "rial", 18), (Decimal("1.5"), "toman", 15)]
)
def test_typed_amount_becomes_rial(amount, unit, rial):
    assert to_rial(amount, unit) == rial


def test_typed_amount_with_part_of_a_rial_is_refused():
    with pytest.raises(ValueError, match="whole number of rial"):
        to_rial(Decimal("1.55"), "toman")
