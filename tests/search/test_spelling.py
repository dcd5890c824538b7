"""Words that no work has, read as the nearest that one has."""

import pytest

from marketplace.search.spelling import add_words, corrected, counted, dictionary, nearest, words_of_works, write_words
from marketplace.search.terms import Terms

KNOWN = dictionary(
    {"گلیم": 9, "ترمه": 4, "سفال": 5, "شیریکی": 2, "پیچ": 2, "خاتمکاری": 3, "خاتم": 3, "ملیله": 2, "kilim": 9}
)
NO_TERMS = Terms()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("طرمه", "ترمه"),
        ("صفال", "سفال"),
        ("گیلم", "گلیم"),
        ("گلبم", "گلیم"),
        ("خاطمکاری", "خاتمکاری"),
        ("melileh", "ملیله"),
        ("geleem", "گلیم"),
        ("killim", "kilim"),
        ("xyzzy", ""),
        ("سس", ""),
        ("ا" * 5_000, ""),
    ],
)
def test_the_nearest_word(typed, meant):
    assert nearest(typed, KNOWN) == meant


def test_only_words_that_no_work_has_are_changed():
    assert corrected("شریکی پیچ", KNOWN, NO_TERMS) == "شیریکی پیچ"
    assert corrected("خاتم کری", KNOWN, NO_TERMS) == "خاتمکاری"
    assert corrected("گلیم شیریکی", KNOWN, NO_TERMS) == ""
    assert corrected("گلیم‌ها", KNOWN, NO_TERMS) == ""
    assert corrected("سبو", KNOWN, Terms({"سبو": ("کوزه",)})) == ""


def test_the_more_frequent_of_two_is_meant():
    assert nearest("قالو", dictionary({"قالی": 9, "قالب": 2})) == "قالی"


def test_the_dictionary_stands_beside_the_index_and_grows(own_index):
    assert words_of_works().counts == {}
    write_words(counted([{"title": "گلیم سیرجان", "names": "سیرجان"}, {"title": "گلیم", "names": ""}]))
    assert words_of_works().counts == {"گلیم": 2, "سیرجان": 1}
    add_words({"گلیم": 1, "مس": 1})
    assert words_of_works().counts == {"گلیم": 2, "سیرجان": 1, "مس": 1}
