"""A day's route: its stops, how far one is from the next as the crow flies, and how long it all takes. No page, no query."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

from gpxpy.geo import haversine_distance

WALK, DRIVE = "walk", "drive"
#: Kilometres an hour along the straight line; streets are longer, so these are slower than people and cars are.
SPEEDS = {WALK: 4.0, DRIVE: 25.0}
#: Minutes are told in steps of this many: a straight line knows no traffic light.
STEP = 5


@dataclass(frozen=True)
class Stop:
    """Where one stays for some minutes, and how one goes on from there. Degrees of WGS 84; None where no source has them."""

    name: str
    latitude: float | None
    longitude: float | None
    minutes: int
    way: str = WALK

    @property
    def is_placed(self) -> bool:
        """Whether its position is known."""
        return self.latitude is not None and self.longitude is not None


@dataclass(frozen=True)
class Leg:
    """From one stop to the next: metres along the straight line, and minutes; None where a position is unknown."""

    way: str
    metres: int | None
    minutes: int | None


@dataclass(frozen=True)
class Journey:
    """Stops in their order, and the legs between them: one fewer."""

    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]

    @property
    def metres(self) -> int:
        """All known legs together."""
        return sum(leg.metres or 0 for leg in self.legs)

    @property
    def minutes(self) -> int:
        """Staying and going together, as far as it is known."""
        return sum(stop.minutes for stop in self.stops) + sum(leg.minutes or 0 for leg in self.legs)

    @property
    def is_whole(self) -> bool:
        """Whether every leg is known."""
        return all(leg.metres is not None for leg in self.legs)


def journey(stops: Iterable[Stop]) -> Journey:
    """The stops with the legs between them."""
    listed = tuple(stops)
    return Journey(listed, tuple(_leg(here, there) for here, there in pairwise(listed)))


def _leg(here: Stop, there: Stop) -> Leg:
    if not (here.is_placed and there.is_placed):
        return Leg(here.way, None, None)
    metres = round(haversine_distance(here.latitude, here.longitude, there.latitude, there.longitude))
    minutes = metres / 1_000 / SPEEDS[here.way] * 60
    return Leg(here.way, metres, ceil(minutes / STEP) * STEP)
