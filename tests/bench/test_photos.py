"""Copies are found and sister pieces are not taken for them. The small set runs everywhere, a wider one beside the real servers."""

import pytest

from marketplace.bench import photos
from marketplace.bench.photo_tricks import TRICKS

SOME = ("JPEG 30", "crop 20 %", "seen aslant", "crop and mirror")


def test_a_small_set_is_found_without_a_false_hit():
    rows = list(photos.recall(3, SOME))
    assert [row.change for row in rows] == [*SOME, "another piece", "all changes"]
    assert rows[-1].found / rows[-1].asked >= 0.85
    assert [row.false for row in rows] == [0] * len(rows)


@pytest.mark.services
def test_every_change_is_found_without_a_false_hit():
    """10 pictures × 22 changes, and 10 other pieces of the same pattern; `manage.py bench photos` takes 40, some minutes."""
    rows = list(photos.recall(10))
    assert rows[-1].asked == 10 * len(TRICKS)
    assert rows[-1].found / rows[-1].asked >= 0.85
    assert {row.change: row.false for row in rows if row.false} == {}


def test_another_piece_is_drawn_in_the_same_pattern_with_another_seed():
    craft = photos.crafts(5)[2]
    assert photos.sister(craft) != 1
    assert photos.drawn(craft, photos.sister(craft)).tobytes() != photos.drawn(craft, 1).tobytes()


def test_speed_is_told_of_one_hash_and_of_a_photo_in_every_position():
    rows = photos.speeds(stored=2000, questions=8)
    assert [row.stored for row in rows] == [2000, 2000]
    assert rows[0].asked == "one hash"
    assert all(0 < row.p50_ms <= row.p95_ms for row in rows)
