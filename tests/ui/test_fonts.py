from contextlib import closing
from shutil import copytree

import pytest
from fontTools.ttLib import TTFont

from marketplace.ui.fonts import NAME, NAME_WEIGHT, WEIGHTS, build_fonts, font_file, missing_fonts

NEEDED = "۰۱۲۳۴۵۶۷۸۹0123456789٬٫٪«»،؛؟آءأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیۀةيك×–…·aZ"


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    """Building takes seconds; the tests share one, and those that change something a copy of it."""
    folder = tmp_path_factory.mktemp("fonts")
    assert build_fonts(folder) == [font_file(folder, weight) for weight in WEIGHTS]
    return folder


@pytest.fixture
def folder(built_once, tmp_path):
    return copytree(built_once, tmp_path / "fonts")


def test_fonts_are_small_and_carry_every_needed_letter(built_once):
    for file in (font_file(built_once, weight) for weight in WEIGHTS if weight != NAME_WEIGHT):
        assert file.stat().st_size < 40_000
        with closing(TTFont(file)) as font:
            assert font.flavor == "woff2"
            assert set(map(ord, NEEDED)) <= set(font.getBestCmap())
            assert {"GSUB", "GPOS"} <= set(font.keys())


def test_the_boldest_carries_the_markets_name_only(built_once):
    file = font_file(built_once, NAME_WEIGHT)
    assert file.stat().st_size < 4_000
    with closing(TTFont(file)) as font:
        assert set(font.getBestCmap()) == set(map(ord, NAME))
        assert "GSUB" in font  # the letters join


def test_fonts_that_are_there_are_not_built_again(folder):
    assert build_fonts(folder) == []


def test_lost_font_alone_is_built_again(folder):
    font_file(folder, 500).unlink()
    assert missing_fonts(folder) == [500]


def test_older_recipe_builds_all_again(folder):
    (folder / "rasteh-fonts.txt").write_text("older")
    assert missing_fonts(folder) == list(WEIGHTS)
