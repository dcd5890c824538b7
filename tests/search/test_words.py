"""Words for the index and for a query."""

import pytest

from marketplace.search.keyboard import other_layout, other_layouts
from marketplace.search.terms import Terms
from marketplace.search.words import MOST_WORDS_OF_QUERY, Word, index_words, query_words, roots, stem


def meets(query: str, text: str) -> bool:
    """What both engines do, by hand: every word has a form, or a beginning, among the words of the text."""
    words = set(index_words(text).split())
    return all(
        words & set(word.forms) or any(one.startswith(begun) for one in words for begun in word.prefixes)
        for word in query_words(query)
    )


@pytest.mark.parametrize("written", ["گلیم‌بافی", "گلیم بافی", "گلیمبافی"])
@pytest.mark.parametrize(
    "typed", ["گلیم‌بافی", "گلیم بافی", "گلیمبافی", "گليم بافي", "گلیم", "گلیم با", "گلیمبا", "gelimbafi"]
)
def test_every_spelling_meets_every_other(written, typed):
    assert meets(typed, f"{written} سیرجان")


@pytest.mark.parametrize("typed", ["شیریکی پیچ باف", "شیریکی‌پیچ‌باف", "شیریکیپیچباف"])
@pytest.mark.parametrize("written", ["شیریکی‌پیچ‌باف", "شیریکیپیچباف"])
def test_three_parts_meet_joined(written, typed):
    assert meets(typed, written)


@pytest.mark.parametrize("typed", ["گلیم‌های سیرجان", "گلیمهای سیرجان", "گلیم از سیرجان", "the kilim of Sirjan"])
def test_endings_and_empty_words_do_not_hinder(typed):
    assert meets(typed, "گلیم شیریکی سیرجان Sirjan kilim")


def test_every_word_must_meet():
    assert not meets("گلیم اردبیل", "گلیم سیرجان")


def test_only_the_last_word_may_be_unfinished():
    assert meets("گلیم سیر", "گلیم سیرجان")
    assert not meets("گل سیرجان", "گلیم سیرجان")
    assert not meets("گلیم سیر ", "گلیم سیرجان")


def test_a_query_of_empty_words_alone_keeps_them():
    assert [word.forms[0] for word in query_words("از")] == ["از"]


def test_a_latin_spelling_brings_its_persian_word():
    assert query_words("minakari ") == [Word(("minakari", "میناکاری"))]


def test_a_synonym_is_kin_and_not_the_word_itself():
    word = query_words("سبو ", Terms({"سبو": ("کوزه",)}))[0]
    assert (word.forms, word.kin, word.needed) == (("سبو",), ("کوزه",), True)


def test_a_term_of_two_words_is_one():
    assert [word.kin for word in query_words("سنجاق سینه ", Terms({"سنجاقسینه": ("گلسینه",)}))] == [("گلسینه",)]


def test_what_says_nothing_of_a_work_is_not_needed():
    assert [word.needed for word in query_words("هدیه مس ")] == [False, True]
    assert [word.needed for word in query_words("هدیه ")] == [True]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("مسی", ("مس",)),
        ("زیلوی", ("زیلو",)),
        ("گلیمبافی", ("گلیم", "گلیمباف")),
        ("گلدون", ("گلدان",)),
        ("7", ("هفت",)),
        ("سی", ()),
    ],
)
def test_roots(word, expected):
    assert roots(word) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("'gdl", "گلیم"), ("svlhk", "سرمان"), ("نهمهئ", "kilim"), ("jvli", "ترمه"), ("Hfhni", "آباده"), ("۱۲۳", "")],
)
def test_other_keyboard_layout(typed, meant):
    assert other_layout(typed) == meant


def test_stems_are_not_too_short():
    assert (stem("گلیمهای"), stem("فرشها"), stem("بها"), stem("های")) == ("گلیم", "فرش", "بها", "های")
    assert (stem("kilims"), stem("boxes"), stem("glass")) == ("kilim", "box", "glass")


@pytest.mark.parametrize("hostile", ["", " ", "\0\x01\ud800", "🧵🪡", '+-&|!(){}[]^"~*?:\\/', "__", "\u200c\u200c"])
def test_text_without_words_has_none(hostile):
    assert query_words(hostile) == []
    assert index_words(hostile) == ""


def test_a_long_query_is_cut():
    assert len(query_words("گلیم " * 2000)) == MOST_WORDS_OF_QUERY
    assert len(query_words("ا" * 10_000)[0].forms[0]) == 40


def test_what_a_question_is_made_of_does_not_hinder():
    assert meets("قیمت قالی کرمان چنده؟", "قالی کرمان")
    assert not meets("قیمت قالی تبریز چنده؟", "قالی کرمان")


def test_a_craft_ending_standing_alone_need_not_stand_on_the_work():
    assert [word.needed for word in query_words("ملیله كاري")] == [True, False]
    assert query_words("کاری")[0].needed


@pytest.mark.parametrize(("spoken", "root"), [("فرشای", "فرش"), ("فرشا", "فرش"), ("مردونه", "مردانه")])
def test_spoken_endings_have_their_root(spoken, root):
    assert root in roots(spoken)


def test_both_places_of_pe_are_read():
    assert other_layouts("mji") == ["ئته", "پته"]
    assert other_layout("ناشفشپ") == "khatam"
