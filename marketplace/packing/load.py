"""One carton while it is filled.

Pieces are let down from above: where one comes to lie follows from the highest thing under its base, so that two pieces cannot
overlap, and the order of lying is an order in which a hand can put them in.
"""

from functools import lru_cache

import numpy as np

from marketplace.packing.model import CarrierLimit, CartonKind, PackedCarton, Piece, Placed, Sides, volume
from marketplace.packing.rules import SUPPORT_PERCENT, poses

_NO_LIMIT = 2**60
#: Up to this many tops every crossing of edges is tried; beyond it, the corners of the pieces.
_FEW = 10
#: The style that also looks at the corner opposite to the origin, and prefers it.
FAR = 3
#: How many of the lowest corners are tried before all of them.
_NEAR = 40


@lru_cache(maxsize=8192)
def _poses(piece: Piece) -> tuple[np.ndarray, tuple[bool, ...]]:
    found = poses(piece)
    return np.array([sides for sides, _rolled in found], dtype=np.int64), tuple(rolled for _sides, rolled in found)


class Load:
    """A carton of `kind` under a carrier's limits, and what lies in it so far."""

    def __init__(self, kind: CartonKind, carrier: CarrierLimit) -> None:
        self.kind, self.carrier = kind, carrier
        self.weight_left = carrier.greatest_gross(kind) - kind.tare
        self.room_left = volume(kind.inner)
        self.placed: list[tuple[Piece, Sides, Sides, bool]] = []
        self._below: list[set[int]] = []  # of each piece: everything it bears on, directly or not
        self._carries: list[int] = []  # of each piece: what it may still carry
        self._tops: list[int] = []  # pieces of which some of the top may still be free
        self._points: set[tuple[int, int]] = {(0, 0)}
        self._refused: set[tuple] = set()
        self._seen: tuple[np.ndarray, np.ndarray] | None = None

    def copy(self) -> "Load":
        """A carton filled alike, that can be filled further by itself."""
        twin = Load.__new__(Load)
        twin.__dict__.update(self.__dict__)
        twin.placed, twin._carries, twin._tops = self.placed[:], self._carries[:], self._tops[:]
        twin._below, twin._points, twin._refused = self._below[:], set(self._points), set(self._refused)
        return twin

    def put(self, piece: Piece, style: int = 0, turned: int | None = None) -> bool:
        """Lay the piece at its best place, turned in the way of this number if it can be. False, and nothing changed,
        when there is no place."""
        if piece.weight > self.weight_left:
            return False
        alike = (piece.sides, piece.weight, piece.upright, piece.roll)
        if alike in self._refused:
            return False
        found = self._place(piece, style, turned)
        if found is None:
            self._refused.add(alike)
            return False
        self._lay(piece, *found)
        return True

    def packed(self, number: int) -> PackedCarton:
        """The carton as an answer; lower pieces are put in first, from the far corner."""
        lying = sorted(self.placed, key=lambda each: (each[1][2], each[1][1], each[1][0]))
        placed = (Placed(piece, at, sides, turn, rolled) for turn, (piece, at, sides, rolled) in enumerate(lying, 1))
        return PackedCarton(number, self.kind, tuple(placed))

    def _place(self, piece: Piece, style: int, turned: int | None) -> tuple[Sides, Sides, bool] | None:
        sides, rolled = _poses(piece)
        points, tops = self._look()
        if turned is not None:
            way = turned % len(rolled)
            found = self._best(piece, sides[way : way + 1], rolled[way : way + 1], points, tops, style)
            if found:
                return found
        if len(points) > _NEAR:
            found = self._best(piece, sides, rolled, points[:_NEAR], tops, style)
            if found:
                return found
        return self._best(piece, sides, rolled, points, tops, style)

    def _look(self) -> tuple[np.ndarray, np.ndarray]:
        """The corners to try, lowest first, and the tops as rows of x0, y0, x1, y1, top, weight, what it may carry."""
        if self._seen is None:
            rows = [self._row(at) for at in self._tops]
            tops = np.array(rows, dtype=np.int64).reshape(-1, 7)
            points = np.array(sorted(self._points), dtype=np.int64).reshape(-1, 2)
            x, y = points[:, :1], points[:, 1:]
            over = (tops[:, 0] <= x) & (x < tops[:, 2]) & (tops[:, 1] <= y) & (y < tops[:, 3])
            heights = np.where(over, tops[:, 4], 0).max(axis=1, initial=0)
            self._seen = points[np.lexsort((points[:, 0], points[:, 1], heights))], tops
        return self._seen

    def _row(self, at: int) -> tuple[int, ...]:
        piece, (x, y, z), (length, width, height), _rolled = self.placed[at]
        carries = min(self._carries[each] for each in (at, *self._below[at]))
        return x, y, x + length, y + width, z + height, piece.weight, carries

    def _best(self, piece, sides, rolled, points, tops, style) -> tuple[Sides, Sides, bool] | None:
        pose = np.repeat(np.arange(len(sides)), len(points))
        size = sides[pose]
        start = np.tile(points, (len(sides), 1))
        if style == FAR:
            far = np.array(self.kind.inner[:2]) - size[:, :2]
            pose, size, start = np.tile(pose, 2), np.tile(size, (2, 1)), np.vstack([start, np.maximum(far, 0)])
        inside = (start + size[:, :2] <= np.array(self.kind.inner[:2])).all(axis=1) & (size[:, 2] <= self.kind.inner[2])
        pose, size, start = pose[inside], size[inside], start[inside]
        if not len(pose):
            return None
        end = start + size[:, :2]
        across = np.minimum(end[:, :1], tops[:, 2]) - np.maximum(start[:, :1], tops[:, 0])
        along = np.minimum(end[:, 1:], tops[:, 3]) - np.maximum(start[:, 1:], tops[:, 1])
        shared = np.where((across > 0) & (along > 0), across * along, 0)
        z = np.where(shared > 0, tops[:, 4], 0).max(axis=1, initial=0)
        bearing = (shared > 0) & (tops[:, 4] == z[:, None])
        weak = (tops[:, 6] < piece.weight) | (tops[:, 5] < piece.weight)
        rests = np.where(bearing, shared, 0).sum(axis=1) * 100 >= SUPPORT_PERCENT * size[:, 0] * size[:, 1]
        good = (z + size[:, 2] <= self.kind.inner[2]) & ((z == 0) | rests) & ~(bearing & weak).any(axis=1)
        chosen = np.flatnonzero(good)
        if not len(chosen):
            return None
        keys = _keys(style, start[chosen], z[chosen], size[chosen])
        best = chosen[np.lexsort(keys)[0]]
        x, y = start[best].tolist()
        return (x, y, int(z[best])), tuple(size[best].tolist()), rolled[pose[best]]  # type: ignore[return-value]

    def _lay(self, piece: Piece, corner: Sides, sides: Sides, rolled: bool) -> None:
        (x, y, z), (x1, y1) = corner, (corner[0] + sides[0], corner[1] + sides[1])
        below: set[int] = set()
        kept = []
        for at in self._tops:
            a0, b0, a1, b1, top, _weight, _carries = self._row(at)
            if top == z and a0 < x1 and x < a1 and b0 < y1 and y < b1:
                below |= {at} | self._below[at]
            if not (x <= a0 and a1 <= x1 and y <= b0 and b1 <= y1):
                kept.append(at)
        for at in below:
            self._carries[at] -= piece.weight
        self._tops = [*kept, len(self.placed)]
        self.placed.append((piece, corner, sides, rolled))
        self._below.append(below)
        self._carries.append(_may_carry(piece))
        self.weight_left -= piece.weight
        self.room_left -= volume(sides)
        self._add_points(x, y, x1, y1)
        self._refused, self._seen = set(), None

    def _add_points(self, x: int, y: int, x1: int, y1: int) -> None:
        new = {(x1, y), (x, y1), (x1, y1), (x1, 0), (0, y1), (x, y)}
        if len(self._tops) <= _FEW:
            edges = [self._row(at) for at in self._tops]
            new |= {(a, b) for a in {0, *(row[2] for row in edges)} for b in {0, *(row[3] for row in edges)}}
        length, width, _height = self.kind.inner
        self._points |= {(a, b) for a, b in new if a < length and b < width}


def _may_carry(piece: Piece) -> int:
    if piece.fragile:
        return 0
    return _NO_LIMIT if piece.may_carry is None else piece.may_carry


def _keys(style: int, start: np.ndarray, z: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, ...]:
    """What is compared, the last first: lowest place, lowest top, nearest to the corner, or farthest from it."""
    if style == FAR:
        return size[:, 0], -start[:, 0], -start[:, 1], z
    x, y, top = start[:, 0], start[:, 1], z + size[:, 2]
    if style == 0:
        return size[:, 0], x, y, top, z
    if style == 1:
        return size[:, 0], x, y, z, top
    return x, z, top, np.maximum(x + size[:, 0], y + size[:, 1]) + top
