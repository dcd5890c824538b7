"""Lengths and times as they are read."""

import pytest
from django.utils.translation import override

from marketplace.maps.templatetags.maps import distance, duration


@pytest.mark.parametrize(
    ("metres", "words"), [(0, "0 m"), (846, "850 m"), (1_440, "1.4 km"), (2_000, "2 km"), (20_049, "20 km")]
)
def test_a_length_is_in_metres_and_from_a_thousand_on_in_kilometres(metres, words):
    with override("en"):
        assert distance(metres) == words


@pytest.mark.parametrize(("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (340, "5 h 40 min")])
def test_a_time_is_in_hours_and_minutes(minutes, words):
    with override("en"):
        assert duration(minutes) == words
