"""What a search found in a title."""

import pytest

from marketplace.search.highlight import pieces
from marketplace.search.words import query_words


@pytest.mark.parametrize(
    ("query", "title", "marked"),
    [
        ("گلیم", "گلیم شیریکی‌پیچ", ["گلیم"]),
        ("شیریکی پیچ", "گلیم شیریکی‌پیچ", ["شیریکی‌پیچ"]),
        ("كاسه", "کاسهٔ سفالی", ["کاسهٔ"]),
        ("مسی", "پارچ مسی", ["مسی"]),
        ("سینی‌ها", "سینی مسی", ["سینی"]),
        ("gelim", "گلیم پادری", ["گلیم"]),
        ("ترمه", "گلیم", []),
        ("", "گلیم", []),
    ],
)
def test_words_that_were_found_are_marked_and_the_title_stays(query, title, marked):
    found = pieces(title, tuple(query_words(query)))
    assert [text for text, is_found in found if is_found] == marked
    assert "".join(text for text, _found in found) == title
