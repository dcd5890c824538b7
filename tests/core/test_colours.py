"""Colours of a photo in words."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from marketplace.core.colours import FAMILIES, SAMPLES, families_of, lab

CREAM_PAPER, RED, BLUE = (243, 240, 232), (163, 24, 42), (31, 79, 163)


def with_disc(ground: tuple[int, int, int], colour: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (400, 300), ground)
    ImageDraw.Draw(image).ellipse((120, 70, 280, 230), fill=colour)
    return image


def test_lab_is_as_the_standard_has_it():
    """Published values for D65: white, the primaries red and blue."""
    expected = [[100, 0, 0], [53.24, 80.09, 67.20], [32.30, 79.19, -107.86]]
    assert np.abs(lab(np.array([[255, 255, 255], [255, 0, 0], [0, 0, 255.0]])) - expected).max() < 0.05


@pytest.mark.parametrize("family", FAMILIES)
def test_a_plain_photo_in_a_sample_of_a_family_is_of_that_family(family):
    for code in SAMPLES[family]:
        assert families_of(Image.new("RGB", (40, 60), code)) == (family,), code


def test_a_plain_ground_says_nothing_of_the_work():
    assert families_of(with_disc(CREAM_PAPER, RED)) == ("red",)
    assert families_of(with_disc((20, 20, 20), BLUE)) == ("blue",)


def test_a_white_bowl_on_white_paper_is_white():
    assert families_of(with_disc((255, 255, 255), (246, 246, 244))) == ("white",)


def test_a_carpet_with_a_plain_border_keeps_the_borders_colour():
    assert families_of(with_disc(RED, BLUE)) == ("red", "blue")


def test_a_small_share_is_not_named_and_three_are_the_most():
    stripes = Image.new("RGB", (100, 100), RED)
    draw = ImageDraw.Draw(stripes)
    for top, bottom, colour in ((40, 64, BLUE), (65, 84, "#2e7d32"), (85, 99, "#f2c517")):
        draw.rectangle((0, top, 99, bottom), fill=colour)
    assert families_of(stripes) == ("red", "blue", "green")


def test_any_mode_and_size_has_a_colour():
    for mode in ("L", "P", "RGBA", "CMYK"):
        assert len(families_of(Image.new(mode, (1, 9)))) == 1
