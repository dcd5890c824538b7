"""The outlines of the provinces: whole, named by their codes, and each round its own capital."""

import json
from itertools import pairwise

from marketplace.demo.tables import rows
from marketplace.places import outlines


def _inside(point, ring) -> bool:
    """By counting the sides that a ray to the east crosses."""
    x, y = point
    crossed = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossed = not crossed
    return crossed


def _areas(feature):
    shape = feature["geometry"]
    return shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]


def test_every_province_has_an_outline_round_its_capital():
    features = {each["id"]: each for each in json.loads(outlines.FILE.read_text())["features"]}
    capitals = {row["iso_3166_2"]: (float(row["lon"]), float(row["lat"])) for row in rows("provinces")}
    assert set(features) == set(capitals)
    for code, capital in capitals.items():
        if code != "IR-22":  # Bandar Abbas stands on the shore, which is drawn to a few kilometres
            assert any(_inside(capital, area[0]) for area in _areas(features[code])), code
            assert not any(
                _inside(capital, area[0]) for other in set(features) - {code} for area in _areas(features[other])
            ), code


def test_outlines_are_light_and_closed():
    assert outlines.FILE.stat().st_size < 60_000
    for feature in json.loads(outlines.FILE.read_text())["features"]:
        for area in _areas(feature):
            for ring in area:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4


def test_the_drawing_holds_the_whole_country():
    assert len(outlines.provinces()) == 31
    assert outlines.on_drawing(40.0, 43.8) == (0, 0)
    x, y = outlines.on_drawing(30.28, 57.08)
    assert (0 < x < outlines.WIDTH, 0 < y < outlines.HEIGHT) == (True, True)
