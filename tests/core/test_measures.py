import pytest

from marketplace.core.measures import length_text, size_text, weight_text


@pytest.mark.parametrize(
    ("grams", "language", "shown"),
    [
        (3400, "fa", "۳٫۴ کیلوگرم"),
        (3400, "en", "3.4 kg"),
        (1000, "fa", "۱ کیلوگرم"),
        (20_000, "en", "20 kg"),
        (999, "fa", "۹۹۹ گرم"),
        (12_345, "en", "12.34 kg"),
    ],
)
def test_weight_is_read_in_kilograms_from_one_kilogram_on(grams, language, shown):
    assert weight_text(grams, language=language) == shown


def test_size_is_read_in_centimetres():
    assert size_text(1200, 800, language="fa") == "۱۲۰ × ۸۰ سانتی‌متر"
    assert size_text(1200, 805, 20, language="en") == "120 × 80.5 × 2 cm"


def test_unknown_sides_are_left_out():
    assert size_text(400, None, None, language="en") == "40 cm"
    assert size_text(None, None, language="fa") == ""


def test_length_keeps_tens_whole():
    assert length_text(1000, language="en") == "100 cm"
