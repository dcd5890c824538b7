"""Outlines of the provinces (public domain, see OUTLINES.md), drawn without a script as a small picture."""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

from django.conf import settings

FILE = Path(settings.BASE_DIR) / "static" / "maps" / "provinces.json"
#: The same for a page's script, as a static file.
STATIC_NAME = "maps/provinces.json"
CREDIT = "Natural Earth"
#: The drawing's window in degrees, and its scale in units a degree of latitude.
_WEST, _NORTH, _EAST, _SOUTH, _SCALE = 43.8, 40.0, 63.6, 24.8, 20.0
#: A degree of longitude is shorter; one factor will do for a drawing of one country.
_NARROW = cos(radians(32.5))
WIDTH = round((_EAST - _WEST) * _SCALE * _NARROW)
HEIGHT = round((_NORTH - _SOUTH) * _SCALE)


@dataclass(frozen=True)
class Outline:
    """A province by its ISO 3166-2 code, with its `d` for an SVG path."""

    code: str
    path: str


def on_drawing(latitude: float, longitude: float) -> tuple[float, float]:
    """Where a position (degrees) stands on the drawing, in its units from its upper left corner."""
    return round((longitude - _WEST) * _SCALE * _NARROW, 1), round((_NORTH - latitude) * _SCALE, 1)


@cache
def provinces() -> tuple[Outline, ...]:
    """All 31, in the order of their codes."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    return tuple(Outline(feature["id"], _path(feature["geometry"])) for feature in features)


def _path(geometry: dict) -> str:
    areas = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return "".join(_ring(ring) for area in areas for ring in area)


def _ring(ring: list[list[float]]) -> str:
    points = (on_drawing(latitude, longitude) for longitude, latitude in ring[:-1])
    return f"M{'L'.join(f'{x:g} {y:g}' for x, y in points)}Z"
