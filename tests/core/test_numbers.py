"""Numbers that cannot be guessed, and the ways people type them."""

import re

import pytest

from marketplace.core.numbers import random_number, typed_number


def test_a_number_is_random_and_unmistakable():
    numbers = {random_number("RST") for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(re.fullmatch(r"RST(-[0-9A-HJKMNP-TV-Z]{4}){3}", number) for number in numbers)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("RST-7K2M-9QX4-1HZB", "RST-7K2M-9QX4-1HZB"),
        (" rst-7k2m-9qx4-lhzb ", "RST-7K2M-9QX4-1HZB"),
        ("RST - OK2M - 9QX4 - IHZB", "RST-0K2M-9QX4-1HZB"),
        ("nonsense", "NONSENSE"),
    ],
)
def test_a_typed_number_is_read_as_it_was_meant(typed, meant):
    assert typed_number(typed) == meant
