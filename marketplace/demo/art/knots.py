"""Hand-knotted carpets: every design is a small picture in palette numbers, one pixel a knot, then woven up to size."""

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from . import bitmaps, texture
from .motifs import Pen, boteh, cypress, flower, lotus, put, rosette, spiral, star, toranj
from .palette import Scheme
from .texture import SIDE

GROUND, BORDER, LINE, LIGHT, A, B, C, GOLD = range(8)


def weave(design: np.ndarray, dyes: Scheme, rng: np.random.Generator, kind: str = "knot", abrash: float = 0.05) -> Image.Image:
    """Dye a design of palette numbers, tie it at canvas size and let the rows vary as the wool's vats did (`abrash`)."""
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
    step = rng.uniform(0.24, 0.32) * n
    for i, cy in enumerate(np.arange(depth + step * 0.3, n + step, step)):
        for j, cx in enumerate(np.arange(depth + step * 0.3 + (i % 2) * step / 2, n + step, step)):
            spiral(draw, cx, cy, step * 0.55, i + j * 1.3, pens[(i + j) % len(pens)], 1 if (i + j) % 2 else -1, 1.2, 1.4,
                   "lotus" if (i + 2 * j) % 3 == 0 else "flower", 6)


def _medallion(draw, rng, x: float, y: float, size: float, ground: int) -> None:
    lobes, depth, long = int(rng.choice([8, 12, 16])), rng.uniform(0.1, 0.22), rng.uniform(1.0, 1.25)
    rings = ((1.0, LINE), (0.97, LIGHT), (0.93, BORDER), (0.74, LINE), (0.72, ground), (0.5, GOLD), (0.47, A), (0.28, LINE), (0.26, LIGHT))
    for share, fill in rings:
        put(draw, toranj(lobes, depth, long), x, y, size * share, fill)
    for i in range(lobes):
        t = (i + 0.5) * 2 * np.pi / lobes
        flower(draw, x + size * 0.84 * np.cos(t), y + size * long * 0.84 * np.sin(t), size * 0.09, Pen(LINE, C, LIGHT, A), 5)
        lotus(draw, x + size * 0.6 * np.cos(t), y + size * long * 0.6 * np.sin(t), size * 0.11, Pen(LINE, GOLD, B, LIGHT), t + np.pi / 2)
    flower(draw, x, y, size * 0.22, Pen(LINE, C, A, GOLD), 8)


def _pendants(draw, x: float, y: float, reach: float, size: float) -> None:
    for share, fill in ((1, LINE), (0.9, LIGHT), (0.76, A)):
        put(draw, toranj(8, 0.2, 1.3), x, y - reach, size * share, fill)
    lotus(draw, x, y - reach, size * 0.6, Pen(LINE, C, GOLD, LIGHT))


def qali(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A city carpet: medallion and corners, all-over palmettes, rows of boteh, or a garden of cypresses; 3 px a knot."""
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
                    flower(draw, x + step * 0.34 * np.cos(t), y - step * 0.1 + step * 0.42 * np.sin(t), step * 0.15, Pen(LINE, C, A, LIGHT), 5)


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
    for size, fill in ((height, LINE), (height - 3, LIGHT), (height - 6, BORDER), (height - 16, LINE), (height - 18, A), (height - 28, GOLD), (height - 32, B)):
        field[d < size] = fill


def _octagons(field, rng, x, y) -> None:
    n, step = len(field), int(rng.integers(38, 54))
    dx, dy = np.abs((x - n + step) % (2 * step) - step), np.abs((y - n + step) % (2 * step) - step)
    d = np.maximum(np.maximum(dx, dy), (dx + dy) * 0.72)
    for size, fill in ((0.80, LINE), (0.76, LIGHT), (0.70, BORDER), (0.44, LINE), (0.41, A), (0.22, GOLD), (0.12, LINE)):
        field[d < size * step] = fill
    ray = (d < 0.7 * step) & (d > 0.46 * step) & ((dx // 4 + dy // 4) % 4 == 0)
    field[ray] = GOLD


def gabbeh(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A gabbeh: a glowing open field, few large shapes, a tree or small flock set by feeling; 5 px a knot, deep pile."""
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
        bitmaps.tree(field, int(rng.integers(60, 140)), int(rng.integers(120, 165)), int(rng.integers(44, 74)), LINE, [C, A, GOLD])
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
