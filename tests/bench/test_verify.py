"""The bench of the label's page: readers ask for labels that exist, figures say what was seen, fonts count only where they are used."""

import random

import pytest
from django.db import connection

from authenticity.codes import read_code
from marketplace.bench import load, passports, verify
from marketplace.bench.load import Seen


def test_readers_ask_for_codes_of_the_right_kind():
    chance = random.Random(1)
    assert load.code_of(7) == read_code(load.code_of(7))
    assert load.known(chance, 1) == load.code_of(1)
    assert read_code(load.unknown(chance, 9)) != ""
    assert [read_code(load.malformed(chance, 9)) for _nth in range(9)] == [""] * 9


def test_no_two_of_a_million_looks_come_from_one_address():
    assert [load.address(65_536), load.address(65_537), load.address(65_536 + 256)] == [
        "127.2.0.0",
        "127.2.0.1",
        "127.2.1.0",
    ]
    assert len({load.address(number) for number in range(65_536, 165_536)}) == 100_000


def test_the_database_writes_the_codes_that_readers_ask_for(db):
    if connection.vendor != "postgresql":
        pytest.skip("written in PostgreSQL's own functions")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {passports._CODE.format(n='7')}")
        assert cursor.fetchone()[0] == load.code_of(7)


def test_a_line_for_every_kind_and_one_for_all_with_what_went_wrong():
    seen = {"page": Seen([float(ms) for ms in range(1, 101)]), "JSON": Seen([7.0], wrong=1)}
    told = [line.split() for line in verify.lines(seen, {"page": 4, "JSON": 3})][1:]
    assert told == [
        ["page", "100", "4", "51.0", "95.0", "100.0"],
        ["JSON", "1", "3", "7.0", "7.0", "7.0", "1", "with", "a", "wrong", "status"],
        ["all", "101", "4", "50.0", "95.0", "100.0", "1", "with", "a", "wrong", "status"],
    ]


def test_a_font_counts_only_where_the_typeface_names_it():
    face = '@font-face { font-family: Plex; src: url("../fonts/plex-400.1a2b.woff2") format("woff2"); }'
    assert verify.fonts_used(f"{face} :root {{ --face: Plex, sans-serif; }}") == {"plex-400.1a2b.woff2"}
    assert verify.fonts_used(f"{face} :root {{ --face: Plex; }} :root {{ --face: Tahoma; }}") == set()


def test_a_phone_takes_the_picture_that_is_wide_enough():
    told = {"src": "b", "srcset": "a 320w, b 640w"}
    assert verify._narrowest(told) == "a"
    assert verify._narrowest({"src": "b", "srcset": "a 200w, c 640w"}) == "c"
    assert verify._narrowest({"src": "b"}) == "b"
