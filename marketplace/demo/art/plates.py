"""Round flat things seen from above: plates, trays, drums; painted or raised in rings about the middle."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import fields, studio, texture
from .motifs import Pen, bird, boteh, cypress, flower, leaf, lotus, put, rosette, spiral, star, toranj
from .palette import Scheme, mix
from .texture import SIDE

MIDDLE = SIDE / 2


def rings(
    rng: np.random.Generator, draw, s: float, radius: float, pens: list[Pen], rule, count: int = 4, ground=None
) -> None:
    """Fill a disc of `radius` (canvas pixels, drawn at scale s) with ornamented rings between ruled circles."""
    core = 0.3 if count < 4 else 0.2
    share = np.cumsum(rng.uniform(0.7, 1.5, count))
    edges = np.append(core, core + (1 - core) * share / share[-1])
    grounds = ground or [None]
    for k in range(count, 0, -1):
        if grounds[k % len(grounds)] is not None:
            disc(draw, s, radius * edges[k], grounds[k % len(grounds)])
        disc(draw, s, radius * edges[k], None, rule, 4)
    for k in range(count, 0, -1):
        inner, outer = radius * edges[k - 1], radius * edges[k]
        if outer - inner > 70:
            _beads(draw, s, inner + 9, rule)
            disc(draw, s, inner + 18, None, rule, 2)
            inner += 18
        _ring(rng, draw, s, inner, outer, pens, int(rng.integers(6)))
    _core(rng, draw, s, radius * edges[0], pens, rule)


def _beads(draw, s: float, r: float, fill) -> None:
    count = int(r * 2 * np.pi / 17)
    for t in np.arange(count) * 2 * np.pi / count:
        x, y, b = (MIDDLE + r * np.cos(t)) * s, (MIDDLE + r * np.sin(t)) * s, 4.5 * s
        draw.ellipse([x - b, y - b, x + b, y + b], fill=fill)


def _between(draw, s: float, mid: float, thick: float, t: float, pen: Pen) -> None:
    """A small spray in the gap after a motif, so that no ring stands empty."""
    for side in (-1, 1):
        r = mid + side * thick * 0.27
        x, y = (MIDDLE + r * np.cos(t)) * s, (MIDDLE + r * np.sin(t)) * s
        flower(draw, x, y, thick * s * 0.11, pen, 5, t)
        for turn in (-0.6, 0.6):
            put(draw, leaf(0.3), x, y, thick * s * 0.25, pen.leaf, t + np.pi * (side > 0) + turn)


def disc(draw, s: float, r: float, fill, outline=None, width: float = 0) -> None:
    """A circle about the middle."""
    c, r = MIDDLE * s, r * s
    draw.ellipse([c - r, c - r, c + r, c + r], fill=fill, outline=outline, width=int(width * s))


def _ring(rng, draw, s: float, r0: float, r1: float, pens: list[Pen], kind: int) -> None:
    thick, mid = r1 - r0, (r0 + r1) / 2
    count = max(6, 2 * round(mid * np.pi / thick / (1.0 if kind in (0, 4) else 0.8)))
    for k in range(count):
        t = k * 2 * np.pi / count
        x, y = (MIDDLE + mid * np.cos(t)) * s, (MIDDLE + mid * np.sin(t)) * s
        pen, h, turn = pens[k % len(pens)], thick * s, t + np.pi / 2
        if kind in (1, 2, 3, 4):
            _between(draw, s, mid, thick, t + np.pi / count, pens[(k + 1) % len(pens)])
        if kind == 0:
            spiral(draw, x, y, h * 0.46, t, pen, 1 if k % 2 else -1, 1.2, 3 * s, "flower", 7)
        elif kind == 1:
            put(draw, toranj(4, 0.25, 1.2), x, y, h * 0.48, pen.line, turn)
            put(draw, toranj(4, 0.25, 1.2), x, y, h * 0.41, pen.petal, turn)
            flower(draw, x, y, h * 0.22, pen, 6)
        elif kind == 2:
            put(draw, boteh(), x, y, h * 0.44, pen.line, turn)
            put(draw, boteh(), x, y, h * 0.36, pen.petal, turn)
            put(draw, boteh(), x, y, h * 0.2, pen.heart, turn)
        elif kind == 3:
            lotus(draw, x, y, h * 0.38, pen, turn if k % 2 else turn + np.pi)
        elif kind == 4:
            put(draw, cypress(), x, y, (h * 0.6, h * 0.46), pen.line, turn)
            put(draw, cypress(), x, y, (h * 0.44, h * 0.40), pen.leaf, turn)
        else:
            flower(draw, x, y, h * 0.3, pen, 8, t)
            for sign in (0, np.pi):
                put(draw, leaf(0.22, 0.2), x, y, h * 0.6, pen.leaf, turn + sign)


def _core(rng, draw, s: float, r: float, pens: list[Pen], rule) -> None:
    c, r = MIDDLE * s, r * s
    points = int(rng.choice([8, 10, 12, 16]))
    if rng.random() < 0.3:
        put(draw, bird(), c, c, r * 0.72, pens[0].line)
        put(draw, bird(), c, c - r * 0.02, r * 0.66, pens[0].petal)
        put(draw, leaf(0.34, -0.2), c + r * 0.2, c - r * 0.02, r * 0.6, pens[0].heart, 2.7)
        return
    put(draw, star(points, 0.66), c, c, r * 0.95, rule)
    put(draw, star(points, 0.66), c, c, r * 0.88, pens[0].petal)
    put(draw, rosette(points, 0.4), c, c, r * 0.62, pens[0].line)
    flower(draw, c, c, r * 0.52, pens[-1], points)


def round_mask(radius: float, scallops: int = 0, depth: float = 0.03) -> Image.Image:
    """A disc, or one with a scalloped edge."""

    def paint(draw, s):
        if scallops:
            put(draw, rosette(scallops, depth), MIDDLE * s, MIDDLE * s, radius * s, 255)
        else:
            disc(draw, s, radius, 255)

    return studio.smooth(paint)


def dish(radius: float, well: float, depth: float) -> np.ndarray:
    """Gain of a plate with a raised rim: the wall of the well shades on the lit side and brightens across from it."""
    r, t = texture.polar()
    wall = np.exp(-(((r - well) / (radius * 0.045)) ** 2)) - 0.8 * np.exp(
        -(((r - radius * 0.985) / (radius * 0.02)) ** 2)
    )
    return 1 + depth * wall * np.cos(t - np.pi / 4)


def plate(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A painted, enamelled or plain glazed plate."""
    radius = float(rng.uniform(380, 435))
    white = mix((242, 240, 232), d.light, 0.3)

    def paint(draw, s):
        if variant == "glazed":
            disc(draw, s, radius, mix(d.ground, (0, 0, 0), 0.18))
            disc(draw, s, radius * 0.96, d.ground)
            ink = mix(d.ground, (8, 10, 24), 0.72)
            rings(
                rng,
                draw,
                s,
                radius * 0.93,
                [Pen(ink, ink, mix(d.ground, (255, 255, 255), 0.2), ink), Pen(ink, ink, d.ground, ink)],
                ink,
                int(rng.integers(2, 4)),
            )
        elif variant == "enamel":
            rings(
                rng,
                draw,
                s,
                radius,
                fields.pens(d),
                d.gold,
                int(rng.integers(4, 6)),
                [d.ground, d.border, d.light, d.ground],
            )
        else:
            blue = mix(d.border, (14, 20, 70), 0.5)
            disc(draw, s, radius, white)
            rings(
                rng,
                draw,
                s,
                radius * 0.96,
                [Pen(blue, mix(blue, white, 0.2), mix(blue, white, 0.5), white), Pen(blue, d.c, d.a, d.light)],
                blue,
                int(rng.integers(3, 5)),
                [white],
            )

    face = studio.smooth(paint, 2, "RGB", white)
    if variant == "glazed":
        face = face.filter(ImageFilter.GaussianBlur(1.2))
    gain = dish(radius, radius * rng.uniform(0.6, 0.72), 0.2) * (1 + 0.03 * texture.noise(rng, 60)) * texture.falloff()
    face = texture.lit(face, gain)
    return studio.lay(
        studio.paper(rng),
        _gleam(face, radius),
        round_mask(radius, int(rng.choice([0, 0, 24, 36])), 0.035),
        drop=34,
        blur=34,
    )


def _gleam(face: Image.Image, radius: float) -> Image.Image:
    mask = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(mask)
    draw.arc(
        [500 - radius * 0.86, 500 - radius * 0.86, 500 + radius * 0.86, 500 + radius * 0.86],
        196,
        248,
        fill=190,
        width=26,
    )
    draw.arc(
        [500 - radius * 0.62, 500 - radius * 0.62, 500 + radius * 0.62, 500 + radius * 0.62], 30, 62, fill=110, width=14
    )
    face.paste((255, 255, 252), (0, 0), studio._soft(mask, 14, 0.75))
    return face
