"""Flat designs drawn in colour before any cloth is laid over them: repeats, scroll fields, quartered fields and frames.

Everything is drawn at twice the canvas size and reduced, so that curves are clean.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageOps

from .motifs import Pen, boteh, cypress, flower, leaf, lotus, put, rosette, spiral, star, toranj
from .palette import Scheme, mix
from .texture import SIDE


def pens(d: Scheme) -> list[Pen]:
    """Three ways of colouring one flower from a scheme."""
    return [Pen(d.line, d.c, d.a, d.light), Pen(d.line, d.c, d.light, d.a), Pen(d.line, d.c, d.gold, d.b)]


def greys(low: int = 90, high: int = 255) -> list[Pen]:
    """Pens that draw heights instead of colours."""
    middle = (low + high) // 2
    return [Pen(low, middle, high, middle), Pen(low, middle, middle + 30, high), Pen(low, middle, high, high)]


def rich_boteh(draw, x: float, y: float, size: float, d: Scheme, body, flip: int = 1, beads: bool = True) -> None:
    """A boteh with outline, coats, an inner flower and beads around it."""
    if beads:
        rim = boteh()[::5]
        for px, py in rim * np.array([flip, 1]) * size * 1.13:
            draw.ellipse(
                [x + px - size * 0.05, y + py - size * 0.05, x + px + size * 0.05, y + py + size * 0.05], fill=d.gold
            )
    for share, fill in (
        (1.0, d.line),
        (0.93, d.gold),
        (0.84, body),
        (0.6, d.line),
        (0.54, d.light),
        (0.4, mix(body, d.line, 0.25)),
    ):
        put(draw, boteh(), x, y + size * (1 - share) * 0.34, size * share, fill, 0, flip)
    for k in range(5):
        t = np.pi * (1 + k / 4)
        put(draw, leaf(0.3), x, y + size * 0.5, size * 0.34, d.c if body != d.c else d.b, t)
    flower(draw, x - flip * size * 0.02, y + size * 0.24, size * 0.26, Pen(d.line, d.c, d.a, d.gold), 7)


def repeat(cell: Image.Image, across: int, drop: bool = False) -> Image.Image:
    """Tile a cell over the canvas with `across` cells in a row; `drop` shifts every other row by half."""
    side = -(-SIDE // across)
    cell = cell.resize((side, round(cell.height * side / cell.width)), Image.Resampling.LANCZOS)
    row = Image.new("RGB", (SIDE + side, cell.height))
    for x in range(0, row.width, side):
        row.paste(cell, (x, 0))
    canvas = Image.new("RGB", (SIDE, SIDE))
    for i, y in enumerate(range(0, SIDE, cell.height)):
        canvas.paste(row, (-(side // 2) if drop and i % 2 else 0, y))
    return canvas


def cell(width: int, height: int, fill, painter) -> Image.Image:
    """A repeat unit; `painter(draw)` sees the unit's own pixels, which should be two to three times those shown."""
    image = Image.new("RGB", (width, height), fill)
    painter(ImageDraw.Draw(image))
    return image


def boteh_cell(rng: np.random.Generator, d: Scheme, ground=None) -> Image.Image:
    """Two botehs, facing apart, with sprigs between."""
    w, h = 360, int(rng.integers(300, 420))
    slim = rng.uniform(0.36, 0.46)
    bodies = [d.a, d.b, d.border]
    way = int(rng.choice([-1, 1]))

    def paint(draw):
        for k, (u, v) in enumerate(
            ((0.5, 0.04), (0.06, 0.5), (0.94, 0.5), (0.24, 0.2), (0.8, 0.82), (0.22, 0.8), (0.8, 0.2))
        ):
            for turn in (0.7, 2.4, -0.8, -2.4):
                put(draw, leaf(0.3), w * u, h * v, h * 0.075, d.c, turn + k)
            flower(draw, w * u, h * v, h * 0.04, pens(d)[k % 3], 5)
        rich_boteh(draw, w / 2, h / 2, h * slim, d, bodies[rng.integers(3)], way, bool(rng.random() < 0.6))
        for x, y in ((0, 0), (w, 0), (0, h), (w, h)):
            flower(draw, x, y, h * 0.12, pens(d)[2], 6)
            for k in range(8):
                put(draw, leaf(0.24), x, y, h * 0.24, d.c, k * np.pi / 4 + 0.39)
            flower(draw, x, y, h * 0.11, pens(d)[1], 6)

    return cell(w, h, ground or d.ground, paint)


def scrolls(draw, rng: np.random.Generator, side: float, pen_set: list[Pen], step: float, vine: float) -> None:
    """Cover a quarter of side × side pixels with interlocking spirals `step` pixels apart, symmetric once mirrored."""
    for i, cy in enumerate(np.arange(step / 2, side + step, step)):
        for j, cx in enumerate(np.arange(step / 2, side + step, step)):
            way, start, pen = (
                1 if (i + j) % 2 else -1,
                np.pi / 2 * ((i + 2 * j) % 4),
                pen_set[(i + 2 * j) % len(pen_set)],
            )
            bloom = "lotus" if (i * 3 + j * 2) % 5 == 0 else "flower"
            spiral(draw, cx, cy, step * 0.56, start, pen, way, 1.35, vine, bloom, 9)


def wandering(draw, rng: np.random.Generator, side: float, pen_set: list[Pen], step: float, vine: float) -> None:
    """Spirals of many sizes packed as they fit, each rooted in its nearest elder: the islimi of a free hand."""
    kept = np.empty((0, 3), np.float32)
    for x, y, wish in zip(*rng.uniform(0, side, (2, 260)), step * rng.uniform(0.22, 0.9, 260), strict=True):
        gap = np.hypot(kept[:, 0] - x, kept[:, 1] - y) - kept[:, 2]
        r = min(float(gap.min()) if len(kept) else wish, wish)
        if r < step * 0.17:
            continue
        near = kept[gap.argmin()] if len(kept) else np.array([side, side, 0])
        start = float(np.arctan2(near[1] - y, near[0] - x))
        count, bloom = len(kept), "lotus" if r > step * 0.42 else "flower"
        spiral(draw, x, y, r, start, pen_set[count % len(pen_set)], 1 if count % 2 else -1, 1.4, vine, bloom, 9)
        kept = np.append(kept, [[x, y, r]], 0).astype(np.float32)


def netted(draw, rng: np.random.Generator, side: float, pen_set: list[Pen], step: float, vine: float) -> None:
    """An ogival net of stems: lotus at the crossings, a spray in every eye."""
    tall = step * rng.uniform(1.2, 1.5)
    t = np.linspace(0, 1, 24)
    for i, cy in enumerate(np.arange(side, -tall, -tall)):
        for j, cx in enumerate(np.arange(side, -step, -step)):
            pen, other = pen_set[(i + j) % len(pen_set)], pen_set[(i + j + 1) % len(pen_set)]
            for sx in (-1, 1):
                for sy in (-1, 1):
                    xs, ys = cx + sx * step / 2 * (1 - np.cos(np.pi * t)) / 2, cy + sy * tall / 2 * (1 - t)
                    draw.line(np.stack([xs, ys], 1).ravel().tolist(), fill=pen.leaf, width=round(vine * 1.4))
                    put(
                        draw,
                        leaf(0.3, 0.3 * sx),
                        xs[12],
                        ys[12],
                        step * 0.2,
                        pen.leaf,
                        np.pi / 2 * (1 - sx) + 0.5 * sx * sy,
                    )
            for k in range(6):
                put(draw, leaf(0.26), cx, cy, step * 0.34, pen.leaf, k * np.pi / 3 + np.pi / 6)
            flower(draw, cx, cy, step * 0.21, pen, 8)
            lotus(draw, cx, cy - tall / 2, step * 0.2, other)
            lotus(draw, cx + step / 2, cy, step * 0.15, other, np.pi)


PLANS = (scrolls, wandering, wandering, netted)


def quartered(fill, painter, mode: str = "RGB") -> Image.Image:
    """A canvas symmetric both ways: `painter(draw, SIDE)` draws the upper-left quarter at double size."""
    quarter = Image.new(mode, (SIDE, SIDE), fill)
    painter(ImageDraw.Draw(quarter), SIDE)
    quarter = quarter.reduce(2)
    half = SIDE // 2
    whole = Image.new(mode, (SIDE, SIDE))
    whole.paste(quarter, (0, 0))
    whole.paste(ImageOps.mirror(quarter), (half, 0))
    whole.paste(ImageOps.flip(whole.crop((0, 0, SIDE, half))), (0, half))
    return whole


def garden(
    rng: np.random.Generator,
    d: Scheme,
    fill=None,
    pen_set: list[Pen] | None = None,
    mode: str = "RGB",
    medallion: bool = True,
    edge: bool = True,
    weight: float = 1.0,
    plan=None,
) -> Image.Image:
    """Scrolls around a medallion within a flowered frame: the plan shared by embroidery, cover, tile and tray.

    `pen_set` and mode "L" draw it in heights; `weight` thickens the stems; `plan` overrules the seed's choice of field.
    """
    step, vine = float(rng.choice([200, 250, 333, 400])), weight * float(rng.integers(5, 9))
    drawn = PLANS[rng.integers(len(PLANS))]
    lay = plan or drawn
    own = pen_set or pens(d)
    ground = d.ground if fill is None else fill
    rim = d.border if mode == "RGB" else 60

    def paint(draw, side):
        lay(draw, rng, side, own, step, vine)
        if medallion:
            _heart(draw, rng, side, own, ground, rim)
        if edge:
            _frame(draw, side, own, rim, int(rng.integers(110, 170)))

    return quartered(ground, paint, mode)


def _heart(draw, rng, side: float, own: list[Pen], ground, rim) -> None:
    size, lobes, depth = side * rng.uniform(0.4, 0.6), int(rng.choice([8, 12, 16])), rng.uniform(0.08, 0.2)
    for share, fill in (
        (1, own[0].line),
        (0.975, own[2].petal),
        (0.94, rim),
        (0.66, own[0].line),
        (0.645, own[2].petal),
        (0.62, ground),
    ):
        put(draw, toranj(lobes, depth), side, side, size * share, fill)
    for k in range(lobes):
        t = (k + 0.5) * 2 * np.pi / lobes
        lotus(
            draw, side + size * 0.78 * np.cos(t), side + size * 0.78 * np.sin(t), size * 0.13, own[k % 2], t + np.pi / 2
        )
        put(draw, leaf(0.3, 0.3), side, side, size * 0.56, own[1].leaf, t)
        flower(draw, side + size * 0.42 * np.cos(t), side + size * 0.42 * np.sin(t), size * 0.09, own[(k + 1) % 3], 6)
    flower(draw, side, side, size * 0.28, own[-1], 10)


def _frame(draw, side: float, own: list[Pen], rim, wide: int) -> None:
    for a, b, fill in (
        (0, wide, rim),
        (8, 14, own[2].petal),
        (wide - 8, wide, own[2].petal),
        (wide, wide + 5, own[0].line),
    ):
        draw.rectangle([a, a, side, b], fill=fill)
        draw.rectangle([a, a, b, side], fill=fill)
    step = side / round(side / (wide * 1.25))
    for i, at in enumerate(np.arange(step / 2, side + step, step)):
        at = max(at, wide / 2)
        for x, y, turn in ((at, wide / 2, 0), (wide / 2, at, -np.pi / 2)):
            for sign in (0, np.pi):
                put(draw, leaf(0.22, 0.3), x, y, wide * 0.62, own[0].leaf, turn + sign)
            (lotus if i % 2 else flower)(draw, x, y, wide * 0.26, own[i % 3], turn=turn)


def felt_design(rng: np.random.Generator, d: Scheme) -> Image.Image:
    """Suns, horned scrolls and a saw-toothed edge in flat wool colours."""

    def paint(draw, side):
        step = float(rng.choice([333, 400, 500]))
        for i, cy in enumerate(np.arange(side, 0, -step)):
            for j, cx in enumerate(np.arange(side, 0, -step)):
                body = (d.a, d.b, d.border)[(i + j) % 3]
                if (i + j) % 2 == 0:
                    put(draw, rosette(8, 0.45), cx, cy, step * 0.46, body)
                    put(draw, star(8, 0.5), cx, cy, step * 0.26, d.light)
                else:
                    for turn in range(4):
                        put(
                            draw,
                            boteh(1.3),
                            cx + step * 0.2 * np.cos(turn * 1.57),
                            cy + step * 0.2 * np.sin(turn * 1.57),
                            step * 0.2,
                            body,
                            turn * 1.57,
                        )
        for k in range(0, int(side) + 60, 60):
            draw.polygon([k, 0, k + 60, 0, k + 30, 70], fill=d.border)
            draw.polygon([0, k, 0, k + 60, 70, k + 30], fill=d.border)

    return quartered(d.ground, paint)


def cypress_cell(rng: np.random.Generator, d: Scheme) -> Image.Image:
    """A cypress between two flowering stems."""
    w, h = 360, 480

    def paint(draw):
        for k, (u, v) in enumerate(
            ((0.25, 0.08), (0.75, 0.08), (0.25, 0.95), (0.75, 0.95), (0.5, 0.99), (0.27, 0.45), (0.73, 0.45))
        ):
            for turn in range(4):
                put(draw, leaf(0.3), w * u, h * v, h * 0.06, d.c, turn * np.pi / 2 + 0.78)
            flower(draw, w * u, h * v, h * 0.034, pens(d)[k % 3], 5)
        draw.rectangle([w / 2 - 8, h * 0.84, w / 2 + 8, h * 0.96], fill=d.b)
        put(draw, cypress(), w / 2, h / 2, (h * 0.44, h * 0.42), d.line)
        put(draw, cypress(), w / 2, h / 2, (h * 0.40, h * 0.40), d.c)
        for k in range(7):
            flower(
                draw,
                w / 2 + (k % 2 * 2 - 1) * 8,
                h * (0.8 - 0.085 * k),
                h * 0.034,
                Pen(d.line, d.c, d.gold, d.light),
                5,
            )
        for x in (0, w):
            draw.line([x, h * 0.9, x, h * 0.25], fill=d.c, width=6)
            for k in range(6):
                put(draw, leaf(0.3, 0.3), x, h * (0.8 - 0.09 * k), h * 0.13, d.c, -0.5 if k % 2 else np.pi + 0.5)
            flower(draw, x, h * 0.25, h * 0.11, Pen(d.line, d.c, d.a, d.light), 6)
            flower(draw, x, h * 0.5, h * 0.07, Pen(d.line, d.c, d.b, d.gold), 5)

    return cell(w, h, d.ground, paint)
