"""Prices said in words."""

import pytest

from marketplace.core.money import RIAL
from marketplace.search.prices import read_price

MILLION_TOMAN = 10_000_000


@pytest.mark.parametrize(
    ("text", "rest", "low", "high"),
    [
        ("هدیه مسی کرمان زیر ۲ میلیون", "هدیه مسی کرمان", None, 2 * MILLION_TOMAN),
        ("گلیم ارزان‌تر از دو و نیم میلیون تومان", "گلیم", None, 25_000_000),
        ("گلیم تا ٥٠ ميليون ريال", "گلیم", None, 5 * MILLION_TOMAN),
        ("فرش بالای صد میلیون", "فرش", 100 * MILLION_TOMAN, None),
        ("قالیچه بین ۱۰ تا ۴۰ میلیون", "قالیچه", 10 * MILLION_TOMAN, 40 * MILLION_TOMAN),
        ("بین ۴۰ تا ۱۰ میلیون", "", 10 * MILLION_TOMAN, 40 * MILLION_TOMAN),
        ("زیر ۵۰۰ هزار تومن سفال", "سفال", None, 5_000_000),
        ("vase under 1,500,000", "vase", None, 15_000_000),
    ],
)
def test_a_price_is_read_and_leaves_the_text(text, rest, low, high):
    found = read_price(text)
    assert (found.rest, found.rial_from, found.rial_to) == (rest, low, high)


@pytest.mark.parametrize(
    "text",
    [
        "کاشی ۷ رنگ",
        "زیر ۵۰۰",
        "گلیم از سیرجان",
        "زیرانداز",
        "",
        "تا تا تا",
        "9" * 10_000,
        "1," * 5_000,
        "زیر " * 3_000,
    ],
)
def test_what_says_no_price_is_left_alone(text):
    assert read_price(text) is None


def test_an_amount_without_a_unit_is_in_the_readers_own():
    found = read_price("زیر ۲ میلیون", RIAL)
    assert (found.rial_to, found.names_unit) == (2_000_000, False)


def test_no_price_is_beyond_what_an_index_holds():
    assert read_price("زیر 999999999999999 میلیارد تومان").rial_to == 10**15


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("vase under ۲ million", "under ۲ million"),
        ("گلیم تا ٥٠ ميليون ريال", "تا ٥٠ ميليون ريال"),
        ("گلیم ارزان‌تر از دو و نیم میلیون تومان نو", "ارزان‌تر از دو و نیم میلیون تومان"),
        ("Vase  UNDER 1,500,000!", "under 1,500,000"),
        ("زیر " * 60 + "زیر ۲ میلیون", "زیر ۲ میلیون"),
    ],
)
def test_what_said_a_price_is_kept_as_it_was_typed(text, said):
    """The last word's mark belongs to no price: there the folded words stand."""
    assert read_price(text).said == said
