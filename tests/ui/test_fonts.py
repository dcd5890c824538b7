from contextlib import closing

from fontTools.ttLib import TTFont

from marketplace.ui.fonts import WEIGHTS, build_fonts, font_file, missing_fonts

NEEDED = "۰۱۲۳۴۵۶۷۸۹0123456789٬٫٪«»،؛؟آءأؤئابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیۀةيك×–…·aZ"


def test_fonts_are_small_and_carry_every_needed_letter(tmp_path):
    built = build_fonts(tmp_path)
    assert built == [font_file(tmp_path, weight) for weight in WEIGHTS]
    for file in built:
        assert file.stat().st_size < 40_000
        with closing(TTFont(file)) as font:
            assert font.flavor == "woff2"
            assert set(map(ord, NEEDED)) <= set(font.getBestCmap())
            assert {"GSUB", "GPOS"} <= set(font.keys())


def test_fonts_that_are_there_are_not_built_again(tmp_path):
    build_fonts(tmp_path)
    assert build_fonts(tmp_path) == []


def test_lost_font_alone_is_built_again(tmp_path):
    build_fonts(tmp_path)
    font_file(tmp_path, 500).unlink()
    assert missing_fonts(tmp_path) == [500]


def test_older_recipe_builds_all_again(tmp_path):
    build_fonts(tmp_path)
    (tmp_path / "rasteh-fonts.txt").write_text("older")
    assert missing_fonts(tmp_path) == list(WEIGHTS)
