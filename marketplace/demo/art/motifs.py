"""The drawn vocabulary: boteh, cypress, palmette, rosette, leaf, bird, star and the scroll that carries them.

Outlines are (n, 2) arrays in a unit box around the origin, y downwards; `put` scales, turns and fills them.
A pen is four fills (line, leaf, petal, heart): colours for painting, greys for relief.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PIL import ImageDraw


class Pen(NamedTuple):
    """Fills for the parts of a flower; any of Pillow's fills, so greys serve as heights."""

    line: object
    leaf: object
    petal: object
    heart: object


def put(
    draw: ImageDraw.ImageDraw, outline: np.ndarray, x: float, y: float, size, fill, turn: float = 0, flip: int = 1
) -> None:
    """Fill an outline at x, y; `size` is a number or (width, height), `turn` in radians."""
    points = outline * np.asarray(size, np.float32) * np.array([flip, 1], np.float32)
    if turn:
        c, s = np.cos(turn), np.sin(turn)
        points = points @ np.array([[c, s], [-s, c]], np.float32)
    draw.polygon((points + np.array([x, y])).ravel().tolist(), fill=fill)


@lru_cache
def boteh(curl: float = 1.0) -> np.ndarray:
    """The bent teardrop: an upright spine whose tip droops, fattest low down."""
    t = np.linspace(0, 1, 44, dtype=np.float32)
    heading = -np.pi / 2 - 0.16 * np.sin(np.pi * t) + curl * np.pi * 0.9 * np.clip((t - 0.5) / 0.5, 0, 1) ** 1.5
    spine = np.stack([np.cumsum(np.cos(heading)), np.cumsum(np.sin(heading))], 1)
    rise = np.clip(t / 0.28, 0, 1)
    width = np.sqrt(rise * (2 - rise)) * np.where(
        t < 0.28, 1, np.clip((1 - t) / 0.72, 0, 1) ** 1.25 * 0.97 + 0.03 * (1 - t)
    )
    normal = np.stack([-np.sin(heading), np.cos(heading)], 1)
    sides = [spine + sign * normal * width[:, None] * 10.5 for sign in (1, -1)]
    outline = np.concatenate([sides[0], sides[1][::-1]])
    low, high = outline.min(0), outline.max(0)
    return ((outline - (low + high) / 2) / ((high - low).max() / 2)).astype(np.float32)


def _polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], 1).astype(np.float32)


@lru_cache
def rosette(petals: int = 6, cut: float = 0.3) -> np.ndarray:
    """Round petals about a centre; `cut` is how deep the notches go (share of the radius)."""
    t = np.linspace(0, 2 * np.pi, petals * 8, endpoint=False)
    return _polar(1 - cut * (1 - np.abs(np.sin(t * petals / 2)) ** 0.6), t)


@lru_cache
def star(points: int = 8, inner: float = 0.6, turn: float = 0.0) -> np.ndarray:
    """A straight-sided star."""
    t = np.arange(points * 2) * np.pi / points + turn - np.pi / 2
    return _polar(np.where(np.arange(points * 2) % 2, inner, 1.0), t)


@lru_cache
def leaf(belly: float = 0.34, sweep: float = 0.0) -> np.ndarray:
    """A leaf along +x from the origin, swept sideways by `sweep`."""
    t = np.linspace(0, 1, 14)
    arch = belly * np.sin(np.pi * t**0.8)
    bend = sweep * t**2
    top, low = np.stack([t, bend - arch], 1), np.stack([t, bend + arch], 1)
    return np.concatenate([top, low[::-1]]).astype(np.float32)


@lru_cache
def palmette(lobes: int = 7) -> np.ndarray:
    """Shah-abbasi flower: a pointed fan of lobes opening upwards."""
    t = np.linspace(0, 2 * np.pi, 96, endpoint=False)
    up = np.cos(t + np.pi / 2)
    radius = (0.62 + 0.26 * up + 0.14 * np.clip(up, 0, 1) ** 8) * (1 - 0.14 * np.abs(np.cos(t * lobes / 2 + np.pi / 4)))
    return _polar(radius * 1.05, t)


@lru_cache
def cypress() -> np.ndarray:
    """The sarv: tall, with a waist and a tip that leans."""
    t = np.linspace(0, 1, 40)
    half = 0.35 * np.sin(np.pi * t**1.55) ** 0.85
    lean = 0.22 * np.clip(0.5 - t, 0, 1) ** 2
    left, right = np.stack([lean - half, t * 2 - 1], 1), np.stack([lean + half, t * 2 - 1], 1)
    return np.concatenate([left, right[::-1]]).astype(np.float32)


@lru_cache
def toranj(lobes: int = 12, depth: float = 0.12, long: float = 1.0) -> np.ndarray:
    """A medallion with pointed lobes, stretched by `long` along y."""
    t = np.linspace(0, 2 * np.pi, lobes * 10, endpoint=False)
    out = _polar(1 - depth + depth * 1.5 * (0.5 - np.abs(np.sin(t * lobes / 2)) ** 0.7), t)
    return out * np.array([1, long], np.float32)


@lru_cache
def bird() -> np.ndarray:
    """A nightingale in profile, facing right."""
    points = [
        (1, -0.42),
        (0.8, -0.5),
        (0.72, -0.66),
        (0.55, -0.72),
        (0.4, -0.62),
        (0.3, -0.42),
        (0, -0.28),
        (-0.4, -0.12),
        (-1, 0.34),
        (-0.92, 0.44),
        (-0.5, 0.26),
        (-0.2, 0.34),
        (0.1, 0.36),
        (0.2, 0.62),
        (0.26, 0.62),
        (0.26, 0.32),
        (0.5, 0.12),
        (0.66, -0.16),
        (0.72, -0.38),
        (0.82, -0.4),
    ]
    return np.array(points, np.float32)


def flower(draw, x: float, y: float, size: float, pen: Pen, petals: int = 6, turn: float = 0) -> None:
    """A rosette with outline, petals, a second ring and a heart."""
    put(draw, rosette(petals), x, y, size, pen.line, turn)
    put(draw, rosette(petals), x, y, size * 0.84, pen.petal, turn)
    put(draw, rosette(petals, 0.5), x, y, size * 0.55, pen.line, turn + np.pi / petals)
    put(draw, rosette(petals, 0.5), x, y, size * 0.44, pen.heart, turn + np.pi / petals)
    draw.ellipse([x - size * 0.15, y - size * 0.15, x + size * 0.15, y + size * 0.15], fill=pen.line)


def lotus(draw, x: float, y: float, size: float, pen: Pen, turn: float = 0) -> None:
    """A palmette in four nested coats with a leaf collar."""
    for sign in (-1, 1):
        put(draw, leaf(0.3, 0.2 * sign), x, y, size * 1.2, pen.leaf, turn + np.pi / 2 - sign * 0.75)
    for share, fill in (
        (1.0, pen.line),
        (0.88, pen.petal),
        (0.62, pen.line),
        (0.53, pen.heart),
        (0.28, pen.line),
        (0.2, pen.petal),
    ):
        put(draw, palmette(), x, y, size * share, fill, turn)


def spiral(
    draw,
    x: float,
    y: float,
    radius: float,
    start: float,
    pen: Pen,
    way: int = 1,
    turns: float = 1.4,
    width: float = 4,
    bloom: str = "flower",
    leaves: int = 9,
) -> None:
    """An eslimi scroll: a vine winding inwards from `start` (radians) with leaves outside and a bloom at its eye."""
    t = np.linspace(0, 1, 60)
    r = radius * (1 - 0.74 * t)
    angle = start + way * turns * 2 * np.pi * t
    px, py = x + r * np.cos(angle), y + r * np.sin(angle)
    draw.line(np.stack([px, py], 1).ravel().tolist(), fill=pen.leaf, width=max(1, round(width)), joint="curve")
    for i in np.linspace(4, 52, leaves).astype(int):
        heading = np.arctan2(py[i + 1] - py[i], px[i + 1] - px[i])
        side = -1 if i % 2 else 1
        put(
            draw,
            leaf(0.36, 0.4 * side),
            px[i],
            py[i],
            radius * 0.34 * (1 - 0.5 * t[i]),
            pen.leaf,
            heading + side * 0.85 * way,
        )
    eye = radius * 0.36
    if bloom == "lotus":
        lotus(draw, x, y, eye * 1.2, pen, start)
    else:
        flower(draw, x, y, eye, pen, 5 + int(radius) % 3, start)
