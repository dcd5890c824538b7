from xml.etree import ElementTree

from django.utils.translation import override

from marketplace.packing.model import Piece, Roll
from marketplace.packing.packer import pack
from marketplace.packing.pictures import farthest_first, steps

from .consignments import SMALL
from .nasty import FREE, STIFF

SVG = "{http://www.w3.org/2000/svg}"


def _carton(count=3, name="p"):
    return pack([Piece(f"{name}{number}", (50, 50, 50), 100) for number in range(count)], [STIFF], FREE).cartons[0]


def _read(picture):
    return ElementTree.fromstring(picture.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def test_every_step_shows_one_piece_more():
    pictures = [_read(each) for each in steps(_carton())]
    assert [len(each.findall(f"{SVG}g")) for each in pictures] == [1, 2, 3]
    assert [len(each.findall(f"{SVG}g[@class='now']")) for each in pictures] == [1, 1, 1]


def test_a_screen_reader_is_told_the_step_and_the_place():
    with override("en"):
        second = _read(steps(_carton(2))[1])
    assert second.find(f"{SVG}title").text == "Carton 1, step 2 of 2"
    assert second.find(f"{SVG}desc").text.endswith("0 cm above the floor.")
    assert second.get("aria-labelledby") == "carton-1-2-title carton-1-2-desc"


def test_digits_are_the_readers():
    with override("fa"):
        second = _read(steps(_carton(2))[1])
    assert sorted(text.text for text in second.iter(f"{SVG}text")) == ["۱", "۲"]


def test_a_rolled_piece_is_said_to_be_rolled():
    rolled = pack([Piece("rug", (400, 300, 5), 900, roll=Roll(60, 200))], [SMALL], FREE).cartons[0]
    with override("en"):
        assert _read(steps(rolled)[0]).find(f"{SVG}desc").text.startswith("rug, rolled, ")


def test_nothing_is_styled_in_place_and_names_are_escaped():
    picture = steps(_carton(1, name="<script>&"))[0]
    assert "style=" not in picture
    assert "<script>" not in picture
    assert _read(picture).find(f"{SVG}desc").text.startswith("<script>&0")


def test_what_is_behind_is_drawn_first():
    carton = _carton(8)
    drawn = [each.corner for each in farthest_first(carton.placed)]
    assert (drawn[0], drawn[-1]) == ((0, 0, 0), (50, 50, 50))
