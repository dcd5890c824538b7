"""A route drawn without a script, for paper and for readers without one: numbered points, north at the top, true to scale."""

from dataclasses import dataclass
from math import cos, radians

from marketplace.maps.journeys import Journey

WIDTH, HEIGHT, _EDGE = 640, 400, 40
#: Metres of a degree of latitude.
_DEGREE = 111_200
_BARS = (50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)


@dataclass(frozen=True)
class Dot:
    """A stop by its number, in units of the drawing."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Sketch:
    """Dots, the line through them, and a bar: how many units of the drawing are how many metres."""

    dots: tuple[Dot, ...]
    line: str
    bar_units: float
    bar_metres: int

    @property
    def bar_middle(self) -> float:
        """Where the bar's own words stand: it begins 20 units from the edge."""
        return 20 + self.bar_units / 2


def sketch(whole: Journey) -> Sketch | None:
    """None where fewer than two stops have a position."""
    placed = [(number, stop) for number, stop in enumerate(whole.stops, 1) if stop.is_placed]
    if len(placed) < 2:
        return None
    narrow = cos(radians(sum(stop.latitude or 0 for _n, stop in placed) / len(placed)))
    flat = [(n, (stop.longitude or 0) * narrow * _DEGREE, -(stop.latitude or 0) * _DEGREE) for n, stop in placed]
    west, north = min(x for _n, x, _y in flat), min(y for _n, _x, y in flat)
    wide, high = max(x for _n, x, _y in flat) - west, max(y for _n, _x, y in flat) - north
    scale = min((WIDTH - 2 * _EDGE) / max(wide, 100), (HEIGHT - 2 * _EDGE) / max(high, 100))
    aside, above = (WIDTH - wide * scale) / 2, (HEIGHT - high * scale) / 2
    dots = tuple(
        Dot(n, round((x - west) * scale + aside, 1), round((y - north) * scale + above, 1)) for n, x, y in flat
    )
    bar = max((metres for metres in _BARS if metres * scale <= WIDTH / 4), default=_BARS[0])
    return Sketch(dots, " ".join(f"{dot.x:g},{dot.y:g}" for dot in dots), round(bar * scale, 1), bar)
