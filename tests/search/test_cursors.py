"""Cursors: ours are read, others are not."""

import base64

import pytest

from marketplace.search.cursors import BEGINNING, Place, read_cursor, write_cursor


@pytest.mark.parametrize("place", [Place(after=0), Place(after=2**62), Place(offset=24), BEGINNING])
def test_a_cursor_is_read_as_it_was_written(place):
    assert read_cursor(write_cursor("newest", place), "newest") == place


def test_no_cursor_is_the_beginning():
    assert read_cursor("", "price") == BEGINNING


def test_a_cursor_of_another_sort_is_none():
    assert read_cursor(write_cursor("price", Place(after=7)), "-price") is None


def forged(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["x", "!!!", "سلام", "\0", "A" * 10_000, forged("[]"), forged("7"), forged('["newest",-1,0]'), forged('["newest",true,0]'),
     forged('["newest",99999999999999999999,0]'), forged('["newest",null,10001]'), forged('["newest","7",0]'), forged("[" * 9000)],
)  # fmt: skip
def test_what_is_not_ours_is_none(cursor):
    assert read_cursor(cursor, "newest") is None
