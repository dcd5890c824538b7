"""Village and nomad knotting: stepped medallions, gabbeh and long pile."""

import numpy as np
from PIL import Image

from . import bitmaps, texture
from .knots import BORDER, GOLD, GROUND, LIGHT, LINE, A, B, C, frame, mirrored, weave
from .palette import Scheme
from .texture import SIDE


def rug(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A village rug: stepped medallions on a field of small creatures and flowers; 4 px a knot."""
    n = 125
    y, x = np.mgrid[0:n, 0:n]
    field = np.full((n, n), GROUND, np.uint8)
    main = int(rng.integers(15, 24))
    if variant == "lozenges":
        _lozenges(field, rng, x, y)
    else:
        _octagons(field, rng, x, y)
    depth = frame(field, rng, main, tribal=True)
    whole = mirrored(field)
    bitmaps.scatter(whole, rng, depth + 4, GROUND, [A, B, LIGHT, GOLD, C], int(rng.integers(60, 130)))
    return weave(whole, dyes, rng, abrash=0.07)


def _steps(dx: np.ndarray, dy: np.ndarray, tread: int) -> np.ndarray:
    return np.abs(dx) // tread + np.abs(dy) // tread


def _lozenges(field, rng, x, y) -> None:
    n, tread = len(field), int(rng.integers(2, 5))
    height = int(rng.integers(34, 56))
    d = _steps(x - n, (y - n + height) % (2 * height) - height, tread) * tread
    for size, fill in (
        (height, LINE),
        (height - 3, LIGHT),
        (height - 6, BORDER),
        (height - 16, LINE),
        (height - 18, A),
        (height - 28, GOLD),
        (height - 32, B),
    ):
        field[d < size] = fill


def _octagons(field, rng, x, y) -> None:
    n, step = len(field), int(rng.integers(38, 54))
    dx, dy = np.abs((x - n + step) % (2 * step) - step), np.abs((y - n + step) % (2 * step) - step)
    d = np.maximum(np.maximum(dx, dy), (dx + dy) * 0.72)
    for size, fill in (
        (0.80, LINE),
        (0.76, LIGHT),
        (0.70, BORDER),
        (0.44, LINE),
        (0.41, A),
        (0.22, GOLD),
        (0.12, LINE),
    ):
        field[d < size * step] = fill
    ray = (d < 0.7 * step) & (d > 0.46 * step) & ((dx // 4 + dy // 4) % 4 == 0)
    field[ray] = GOLD


def gabbeh(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A gabbeh: a glowing open field, few large shapes, a tree or flock set by feeling; 5 px a knot, deep pile."""
    n = 200
    field = np.full((n, n), GROUND, np.uint8)
    if variant == "squares":
        _patches(field, rng)
    elif variant == "hills":
        _hills(field, rng)
    edge = int(rng.integers(6, 13))
    for inset, fill in ((0, BORDER), (edge, LIGHT), (edge + 2, None)):
        if fill is not None:
            inner = field[inset : n - inset, inset : n - inset].copy()
            field[inset : n - inset, inset : n - inset] = fill
            k = edge if inset == 0 else 2
            field[inset + k : n - inset - k, inset + k : n - inset - k] = inner[k:-k, k:-k]
    if variant != "squares":
        bitmaps.tree(
            field,
            int(rng.integers(60, 140)),
            int(rng.integers(120, 165)),
            int(rng.integers(44, 74)),
            LINE,
            [C, A, GOLD],
        )
    bitmaps.scatter(field, rng, edge + 6, GROUND, [A, B, LIGHT, GOLD], int(rng.integers(8, 26)), scale=2)
    image = weave(field, dyes, rng, "pile", abrash=0.10)
    return texture.lit(image, 1 + 0.05 * texture.noise(rng, 200, 14))


def _patches(field, rng) -> None:
    n, cell = len(field), int(rng.choice([25, 33, 40, 50]))
    for y in range(0, n, cell):
        for x in range(0, n, cell):
            field[y : y + cell, x : x + cell] = rng.choice([GROUND, BORDER, A, B, C, GOLD, GROUND])
            if rng.random() < 0.6:
                k = cell // 4
                field[y + k : y + cell - k, x + k : x + cell - k] = rng.choice([LIGHT, A, GOLD, LINE])


def _hills(field, rng) -> None:
    n = len(field)
    y, x = np.mgrid[0:n, 0:n]
    for i, fill in enumerate((B, BORDER, C)):
        crest = n * (0.45 + 0.18 * i) + 12 * np.sin(x / rng.uniform(18, 40) + rng.uniform(0, 6)) + 4 * np.sin(x / 9 + i)
        field[y > crest] = fill


def khersak(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A shaggy sleeping rug: broad lozenges blurred by long wool."""
    n = 100
    y, x = np.mgrid[0:n, 0:n]
    field = np.full((n, n), GROUND, np.uint8)
    step = int(rng.choice([20, 25, 33, 50]))
    d = np.abs((x + step) % (2 * step) - step) + np.abs((y + step) % (2 * step) - step)
    for size, fill in ((0.9, BORDER), (0.6, A), (0.3, GOLD)):
        field[d < step * size] = fill
    image = weave(field, dyes, rng, "pile", abrash=0.08)
    ys, xs = np.mgrid[0:SIDE, 0:SIDE]
    ys = np.clip(ys + 9 * texture.noise(rng, 9, 22), 0, SIDE - 1).astype(np.int32)
    xs = np.clip(xs + 7 * texture.noise(rng, 8, 20), 0, SIDE - 1).astype(np.int32)
    shaggy = Image.fromarray(np.asarray(image)[ys, xs])
    return texture.lit(shaggy, texture.relief(texture.noise(rng, 7, 24), 0.16))
