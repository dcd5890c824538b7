"""Each sign as a truth table, with its borders; and what it says in both languages."""

from datetime import date

import pytest

from marketplace.suspicion import signals


def weight(signal) -> int:
    return signal.weight if signal else 0


@pytest.mark.parametrize(
    ("texts", "mark"),
    [
        (("گلیم", "", "ساخت ترکیه"), "words:ساخت ترکیه"),
        (("Kilim", "Made  in TURKEY"), "words:made in turkey"),
        (("ظرف ساخت\u200cچین",), "words:ساخت چین"),
        (("کالاي وارداتي",), "words:کالای وارداتی"),
        (("گلیم سیرجان", "Kilim with a turkey pattern"), None),
        (("نقش چین و شکن",), None),
        (("", None), None),
        ((), None),
    ],
)
def test_foreign_words(texts, mark):
    found = signals.foreign_words(texts)
    assert (found.mark if found else None) == mark
    assert weight(found) == (40 if mark else 0)


@pytest.mark.parametrize(
    ("text", "brands", "mark"),
    [
        ("A Samplebrand bowl", ("Samplebrand",), "brand:samplebrand"),
        ("کاسهٔ نمونه‌مارک", ("نمونه مارک",), "brand:نمونه مارک"),
        ("كاسه نمونه مارك", ("نمونه‌مارک",), "brand:نمونه مارک"),
        ("A Samplebrands bowl", ("Samplebrand",), None),
        ("A samplebrand", (), None),
        ("anything", ("",), None),
        ("", ("Samplebrand",), None),
    ],
)
def test_brand_name(text, brands, mark):
    found = signals.brand_name((text,), brands)
    assert (found.mark if found else None) == mark
    assert weight(found) == (20 if mark else 0)


@pytest.mark.parametrize(
    ("inliers", "expected"), [(0, 45), (25, 25), (49, 25), (50, 35), (99, 35), (100, 45), (800, 45)]
)
def test_copied_photo_weighs_more_the_more_points_agree(inliers, expected):
    found = signals.copied_photo(
        image=4, other_image=3, maker=lambda: "کارگاه", published=date(2026, 11, 1), inliers=inliers, agreement=0.9
    )
    assert (found.weight, found.mark, found.image, found.other_image) == (expected, "photo:3", 4, 3)


@pytest.mark.parametrize(
    ("price", "hours", "floor", "expected"),
    [
        (40_000_000, 100, 1_000_000, 0),  # exactly 40 %
        (39_999_999, 100, 1_000_000, 20),
        (20_000_000, 100, 1_000_000, 20),  # exactly 20 %
        (19_999_999, 100, 1_000_000, 35),
        (200_000_000, 100, 1_000_000, 0),
        (None, 100, 1_000_000, 0),
        (10_000, None, 1_000_000, 0),
        (10_000, 0, 1_000_000, 0),
        (10_000, 100, None, 0),
    ],
)
def test_low_price(price, hours, floor, expected):
    assert weight(signals.low_price(price_rial=price, hours=hours, floor_rial=floor)) == expected


@pytest.mark.parametrize(
    ("on_offer", "sold", "capacity", "expected"),
    [
        (10, 0, 10, 0),  # exactly the capacity
        (11, 0, 10, 20),
        (6, 5, 10, 20),
        (10, 10, 10, 20),  # exactly twice
        (11, 10, 10, 35),
        (0, 21, 10, 35),
        (1000, 0, None, 0),
        (1000, 0, 0, 0),
    ],
)
def test_over_capacity(on_offer, sold, capacity, expected):
    found = signals.over_capacity(whose="7-2", on_offer=on_offer, sold=sold, capacity=capacity, year=1405)
    assert weight(found) == expected
    assert not found or found.mark == f"capacity:7-2:1405:{expected}"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("8691234567890", 5),
        ("036000291452", 5),
        ("6261234567897", 0),
        ("2001234567893", 0),
        ("demo-000001", 0),
        (None, 0),
    ],
)
def test_foreign_barcode_is_a_hint_that_opens_nothing_alone(code, expected):
    found = signals.foreign_barcode(code)
    assert weight(found) == expected
    assert expected < signals.THRESHOLD


def test_barcode_says_that_626_proves_nothing():
    assert signals.foreign_barcode("8691234567890").told("en") == (
        "The barcode 8691234567890 begins with the GS1 prefix 869, not Iran's 626. A weak hint: a prefix names the office that gave "
        "the number, and 626 is no proof of Iranian origin either."
    )


def test_price_says_how_it_was_worked_out():
    found = signals.low_price(price_rial=34_200_000, hours=100, floor_rial=1_000_000, source="sample")
    assert found.told("en") == (
        "The price, 3,420,000 toman, is 34% of what its 100 hours of work are worth at the least: 10,000,000 toman "
        "(100,000 toman an hour; sample)."
    )
    assert "۳٬۴۲۰٬۰۰۰ تومان" in found.told("fa")


def test_photo_says_who_was_first_and_when():
    found = signals.copied_photo(
        image=4,
        other_image=3,
        maker=lambda: "Copper workshop",
        published=date(2026, 11, 1),
        inliers=312,
        agreement=0.937,
    )
    assert found.told("en") == (
        "Copper workshop published the same photo first, on 1 November 2026: laid over each other, 93% of the two is alike."
    )


def test_capacity_names_its_year_without_grouping():
    found = signals.over_capacity(whose="7-2", on_offer=1200, sold=5, capacity=10, year=1405)
    assert found.told("en") == (
        "In this craft group the maker offers 1,200 pieces and sold 5 in the year 1405; the licence is for 10 pieces a year."
    )


def test_a_work_weighs_the_heaviest_signal_of_each_kind():
    facts = [{"kind": "price", "weight": 20}, {"kind": "price", "weight": 35}, {"kind": "gtin", "weight": 5}]
    assert signals.total(facts) == 40
    assert signals.total([]) == 0
