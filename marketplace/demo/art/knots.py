"""Hand-knotted carpets: every design is a small picture in palette numbers, one pixel a knot, then woven up to size."""

import numpy as np
from PIL import Image, ImageDraw

from . import bitmaps, texture
from .motifs import Pen, boteh, cypress, flower, lotus, put, spiral, toranj
from .palette import Scheme
from .texture import SIDE

GROUND, BORDER, LINE, LIGHT, A, B, C, GOLD = range(8)


def weave(
    design: np.ndarray, dyes: Scheme, rng: np.random.Generator, kind: str = "knot", abrash: float = 0.05
) -> Image.Image:
    """Dye a design of palette numbers, tie it at canvas size and vary its rows as the wool's vats did (`abrash`)."""
    small = np.array(dyes.eight, np.float32)[design]
    rows = np.interp(np.arange(len(design)), np.linspace(0, len(design), 14), rng.normal(0, abrash, 14))
    small *= (1 + rows[:, None, None] + rng.normal(0, 0.02, design.shape)[..., None]).astype(np.float32)
    image = Image.fromarray(small.clip(0, 255).astype(np.uint8))
    scale = -(-SIDE // len(design))
    image = image.resize((len(design) * scale,) * 2, Image.Resampling.NEAREST).crop((0, 0, SIDE, SIDE))
    return texture.lit(image, texture.cloth(kind, rng))


def mirrored(quarter: np.ndarray) -> np.ndarray:
    """The whole carpet from its upper-left quarter."""
    half = np.concatenate([quarter, quarter[:, ::-1]], 1)
    return np.concatenate([half, half[::-1]], 0)


def _flower_strip(rng: np.random.Generator, width: int, length: int, ground: int) -> np.ndarray:
    strip = Image.new("L", (length + 40, width), ground)
    draw = ImageDraw.Draw(strip)
    step, middle = int(width * rng.uniform(1.2, 1.7)), width / 2
    x = np.arange(length + 40)
    wave = middle + (width * 0.3) * np.sin(x * np.pi / step)
    draw.line(np.stack([x, wave], 1).ravel().tolist(), fill=GOLD, width=1)
    blooms = rng.permutation([A, B, LIGHT, C if ground != C else A])
    for i, at in enumerate(range(0, length + 40, step)):
        pen = Pen(LINE, C, int(blooms[i % 2]), int(blooms[2 + i % 2]))
        if i % 2:
            flower(draw, at, middle, width * 0.26, pen, 6)
        else:
            lotus(draw, at, middle, width * 0.42, pen, np.pi * (i % 4 // 2))
    return np.asarray(strip)[:, :length]


def _guard(rng: np.random.Generator, width: int, length: int, ground: int) -> np.ndarray:
    x, y = np.arange(length)[None, :], np.arange(width)[:, None]
    strip = np.full((width, length), ground, np.uint8)
    kind = rng.integers(3)
    if kind == 0:
        strip[(np.abs(x % 8 - 4) + np.abs(y - width // 2)) < 3] = A
    elif kind == 1:
        strip[((x + y) // 3 % 3 == 0) & (y > 0) & (y < width - 1)] = GOLD
    else:
        strip[np.abs((x % 10) - 5) <= y] = B
    strip[0], strip[-1] = LINE, LINE
    return strip


def frame(field: np.ndarray, rng: np.random.Generator, main: int, tribal: bool = False) -> int:
    """Write selvedge, guards and a main border into a quarter; returns how deep the frame is, in knots."""
    n = len(field)
    sashes = [np.full((3, n), LINE, np.uint8), _guard(rng, 7, n, LIGHT)]
    sashes.append(_tribal_strip(rng, main, n) if tribal else _flower_strip(rng, main, n, BORDER))
    sashes += [_guard(rng, 7, n, GOLD if rng.random() < 0.5 else A), np.full((1, n), LINE, np.uint8)]
    strip = np.concatenate(sashes)
    depth = len(strip)
    y, x = np.ogrid[:n, :n]
    near, along = np.minimum(x, y), n - 1 - np.maximum(x, y)
    inside = near < depth
    field[inside] = strip[near[inside], along[inside]]
    return depth


def _tribal_strip(rng: np.random.Generator, width: int, length: int) -> np.ndarray:
    strip = np.full((width, length), BORDER, np.uint8)
    bitmaps.row(strip, rng, [A, B, LIGHT, GOLD], LINE, scale=max(1, width // 15))
    return strip


def _vines(draw, rng, n: int, depth: int, pens: list[Pen]) -> None:
    step = rng.uniform(0.17, 0.25) * n
    for i, cy in enumerate(np.arange(depth + step * 0.3, n + step, step)):
        for j, cx in enumerate(np.arange(depth + step * 0.3 + (i % 2) * step / 2, n + step, step)):
            spiral(
                draw,
                cx,
                cy,
                step * 0.55,
                i + j * 1.3,
                pens[(i + j) % len(pens)],
                1 if (i + j) % 2 else -1,
                1.2,
                1.4,
                "lotus" if (i + 2 * j) % 3 == 0 else "flower",
                6,
            )


def _medallion(draw, rng, x: float, y: float, size: float, ground: int) -> None:
    lobes, depth, long = int(rng.choice([8, 12, 16])), rng.uniform(0.1, 0.22), rng.uniform(1.0, 1.25)
    rings = (
        (1.0, LINE),
        (0.97, LIGHT),
        (0.93, BORDER),
        (0.74, LINE),
        (0.72, ground),
        (0.5, GOLD),
        (0.47, A),
        (0.28, LINE),
        (0.26, LIGHT),
    )
    for share, fill in rings:
        put(draw, toranj(lobes, depth, long), x, y, size * share, fill)
    for i in range(lobes):
        t = (i + 0.5) * 2 * np.pi / lobes
        flower(
            draw,
            x + size * 0.84 * np.cos(t),
            y + size * long * 0.84 * np.sin(t),
            size * 0.09,
            Pen(LINE, C, LIGHT, A),
            5,
        )
        lotus(
            draw,
            x + size * 0.6 * np.cos(t),
            y + size * long * 0.6 * np.sin(t),
            size * 0.11,
            Pen(LINE, GOLD, B, LIGHT),
            t + np.pi / 2,
        )
    flower(draw, x, y, size * 0.22, Pen(LINE, C, A, GOLD), 8)


def _pendants(draw, x: float, y: float, reach: float, size: float) -> None:
    for share, fill in ((1, LINE), (0.9, LIGHT), (0.76, A)):
        put(draw, toranj(8, 0.2, 1.3), x, y - reach, size * share, fill)
    lotus(draw, x, y - reach, size * 0.6, Pen(LINE, C, GOLD, LIGHT))


def qali(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A city carpet: medallion and corners, all-over palmettes, rows of boteh, or cypresses; 3 px a knot."""
    n = 167
    quarter = Image.new("L", (n, n), GROUND)
    draw = ImageDraw.Draw(quarter)
    main = int(rng.integers(24, 34))
    depth = main + 18
    pens = [Pen(LINE, C, A, LIGHT), Pen(LINE, GOLD, LIGHT, B), Pen(LINE, C, B, GOLD)]
    if variant == "boteh":
        _boteh_field(draw, rng, n, depth)
    elif variant == "trees":
        _tree_field(draw, rng, n, depth)
    else:
        _vines(draw, rng, n, depth, pens)
    if variant == "medallion":
        size = rng.uniform(0.42, 0.54) * n
        _pendants(draw, n, n, size * 1.32, size * 0.2)
        _medallion(draw, rng, n, n, size, A)
        _medallion(draw, rng, depth - 2, depth - 2, size * rng.uniform(0.75, 1.0), C)
    field = np.array(quarter)
    frame(field, rng, main)
    return weave(mirrored(field), dyes, rng)


def _boteh_field(draw, rng, n: int, depth: int) -> None:
    step = int(rng.integers(22, 34))
    for i, y in enumerate(range(depth + step // 2, n + step, step)):
        for j, x in enumerate(range(depth + step // 2 + (i % 2) * step // 2, n + step, step)):
            for share, fill in ((0.46, LINE), (0.40, (A, B, LIGHT)[(i + j) % 3]), (0.27, LINE), (0.22, GOLD)):
                put(draw, boteh(), x, y, step * share, fill, 0, 1 if i % 2 else -1)


def _tree_field(draw, rng, n: int, depth: int) -> None:
    step = int(rng.integers(30, 42))
    for i, y in enumerate(range(depth + step, n + step * 2, int(step * 1.5))):
        for j, x in enumerate(range(depth + step // 2, n + step, step)):
            if (i + j) % 2:
                put(draw, cypress(), x, y, (step * 0.8, step * 0.72), LINE)
                put(draw, cypress(), x, y, (step * 0.66, step * 0.64), C)
                put(draw, cypress(), x, y, (step * 0.26, step * 0.44), GOLD)
            else:
                draw.line([x, y + step * 0.6, x, y - step * 0.3], fill=LINE, width=2)
                for k in range(5):
                    t = np.pi * (1 + k / 4)
                    flower(
                        draw,
                        x + step * 0.34 * np.cos(t),
                        y - step * 0.1 + step * 0.42 * np.sin(t),
                        step * 0.15,
                        Pen(LINE, C, A, LIGHT),
                        5,
                    )
