import pytest

from marketplace.core.persian import fold, group_digits, joined, to_latin_digits, to_persian_digits


def test_latin_and_arabic_digits_become_persian():
    assert to_persian_digits("3 و ٤ و ۵") == "۳ و ۴ و ۵"


def test_persian_and_arabic_digits_become_latin():
    assert to_latin_digits("۱۴۰۵/٠٨/12") == "1405/08/12"


@pytest.mark.parametrize(
    ("number", "language", "shown"),
    [(18000000, "fa", "۱۸٬۰۰۰٬۰۰۰"), (18000000, "en", "18,000,000"), (999, "fa", "۹۹۹"), (0, "fa", "۰")],
)
def test_digits_are_grouped_in_threes(number, language, shown):
    assert group_digits(number, language=language) == shown


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("كاشي", "کاشی"),
        ("معرقِ كاشى", "معرق کاشی"),
        ("پارچة ترمۀ یزد", "پارچه ترمه یزد"),
        ("كاسهٔ مسی", "کاسه مسی"),
        ("أصل إصالت ٱثر", "اصل اصالت اثر"),
        ("آینه", "آینه"),
        ("گلـــــیم", "گلیم"),
        ("گِلیمٌ", "گلیم"),
        ("گلیم\u200cبافی", "گلیم بافی"),
        ("  گلیم \n\t بافی ", "گلیم بافی"),
        ("\u200fگلیم\u200e", "گلیم"),
        ("۱۲۰ × ٨٠", "120 × 80"),
        ("Kilim GELIM", "kilim gelim"),
        ("ﮔﻠﯿﻢ", "گلیم"),
        ("", ""),
    ],
)
def test_every_spelling_folds_to_one_form(written, folded):
    assert fold(written) == folded


def test_folding_twice_changes_nothing():
    once = fold("كِتابــيِ گلیم\u200cبافیِ ۱۲")
    assert fold(once) == once


def test_half_space_space_and_joined_spelling_meet_in_the_joined_form():
    assert {joined(spelling) for spelling in ("گلیم\u200cبافی", "گلیم بافی", "گلیمبافی")} == {"گلیمبافی"}
