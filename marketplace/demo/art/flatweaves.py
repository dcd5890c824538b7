"""Kilims and their kin: designs that step, because a weft can only turn back at a warp."""

import numpy as np
from PIL import Image, ImageDraw

from . import bitmaps, studio, texture
from .knots import BORDER, GOLD, GROUND, LIGHT, LINE, A, B, C, weave
from .palette import Scheme
from .texture import SIDE

N = 125  # cells of 8 px


def _plane() -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[0:N, 0:N]
    return x, y


def _teeth(field: np.ndarray, rng: np.random.Generator, deep: int) -> None:
    """Reciprocal teeth along the two ends, and a striped guard inside them."""
    x = np.arange(N)
    step = int(rng.choice([5, 6, 8, 10]))
    for k in range(deep):
        tooth = np.abs(x % step - step / 2) * 2 * deep / step > k
        field[k] = np.where(tooth, LINE, LIGHT)
        field[N - 1 - k] = np.where(tooth, LINE, LIGHT)
    for k, fill in ((deep, GOLD), (deep + 1, BORDER), (deep + 2, A)):
        field[k], field[N - 1 - k] = fill, fill


def _side(field: np.ndarray, rng: np.random.Generator, wide: int) -> None:
    y = np.arange(N)
    kind = rng.integers(3)
    for k in range(wide):
        beat = (y + (k if kind == 0 else (k * (1 if kind == 1 else -1) // 2))) // 4 % 4
        fills = np.choose(beat, [BORDER, A, LIGHT, B])
        field[:, k], field[:, N - 1 - k] = fills, fills
    field[:, wide], field[:, N - 1 - wide] = LINE, LINE


RINGS = ((0, LINE), (1, GOLD), (2, None), (4, LIGHT), (5, C), (7, GOLD), (8, LINE))


def _diamond(field, d, size: int, body: int, heart: int) -> None:
    for inset, fill in RINGS:
        if size - inset > 0:
            field[d < size - inset] = body if fill is None else heart if fill == C else fill


def _lattice(field, rng) -> None:
    x, y = _plane()
    wide, high = int(rng.integers(15, 22)), int(rng.integers(13, 20))
    tread = int(rng.integers(1, 3))
    for shift, body in ((0, A), (1, B)):
        i = np.round((x - N // 2 - shift * wide) / (2 * wide))
        dx, dy = x - N // 2 - shift * wide - i * 2 * wide, (y - N // 2 + shift * high + high) % (2 * high) - high
        d = np.abs(dx) // tread * tread + np.abs(dy) // tread * tread
        _diamond(field, d, min(wide, high) - 1, body, C)
        odd = (i % 2).astype(bool)
        field[odd & (field == body)] = BORDER if body == A else body


def _column(field, rng) -> None:
    x, y = _plane()
    high = int(rng.integers(22, 34))
    dx, dy = np.abs(x - N // 2), np.abs((y - N // 2 + high) % (2 * high) - high)
    tread = int(rng.integers(2, 4))
    d = dx // tread * tread + dy // tread * tread
    hook = (np.abs(d - high - 2) < 1.5) | ((d > high) & (d < high + 7) & (dy // 2 % 3 == 0))
    field[hook] = LIGHT
    _diamond(field, d, high, BORDER, A)
    inner = d < high - 10
    field[inner] = np.choose((d[inner] // 3) % 4, [B, LIGHT, A, GOLD])
    edge = np.abs(x - N // 2) // tread * tread + np.abs((y - N // 2) % (2 * high) - high) // tread * tread
    rim = (N // 2 - np.abs(x - N // 2)) + np.abs((y - N // 2) % (2 * high) - high)
    _diamond(field, np.where(edge > high, rim, 99), high // 2 + 4, C, GOLD)


def _bands(field, rng) -> None:
    y = 0
    while y < N:
        plain, rich = int(rng.integers(2, 5)), int(rng.integers(13, 19))
        for fill in rng.permutation([BORDER, GOLD, LIGHT, LINE])[:3]:
            field[y : y + plain // 2 + 1] = fill
            y += plain // 2 + 1
        strip = field[y : y + rich]
        strip[:] = rng.choice([GROUND, A, BORDER, GROUND])
        own = strip[0, 0] if len(strip) else GROUND
        if len(strip) == rich:
            bitmaps.row(strip, rng, [v for v in (LIGHT, GOLD, B, C, A) if v != own], LINE)
        y += rich


def _chevrons(field, rng) -> None:
    x, y = _plane()
    period = int(rng.choice([20, 25, 31, 42]))
    tread = int(rng.integers(1, 4))
    zig = np.abs((x + period // 2) % period - period // 2) // tread * tread
    table = rng.permutation([GROUND, GROUND, BORDER, A, B, C, LIGHT, GOLD, LINE])
    thick = int(rng.integers(4, 7))
    field[:] = table[((y + zig) // thick) % len(table)]
    field[(y + zig) % thick == 0] = LINE


def _figures(field, rng) -> None:
    bitmaps.scatter(field, rng, 17, GROUND, [A, B, LIGHT, GOLD, C], 190)


LAYOUTS = {"diamonds": _lattice, "column": _column, "bands": _bands, "chevrons": _chevrons, "figures": _figures}


def kilim_field(rng: np.random.Generator, layout: str, sides: bool = True) -> np.ndarray:
    """A finished kilim design in palette numbers, ends and sides included."""
    field = np.full((N, N), GROUND, np.uint8)
    LAYOUTS[layout](field, rng)
    if sides and layout != "bands":
        _side(field, rng, int(rng.integers(3, 8)))
    if layout != "bands" or rng.random() < 0.5:
        _teeth(field, rng, int(rng.integers(4, 9)))
    return field


def kilim(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A slit-woven or wrapped kilim in one of five layouts."""
    return weave(kilim_field(rng, variant), dyes, rng, "kilim", abrash=0.06)


def sofreh(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A spread for bread: bare camel wool within a toothed frame, fingers reaching in."""
    field = np.full((N, N), GROUND, np.uint8)
    x, y = _plane()
    step, reach = int(rng.choice([8, 10, 12])), int(rng.integers(12, 24))
    near, along = (
        np.minimum(np.minimum(x, N - 1 - x), np.minimum(y, N - 1 - y)),
        np.where(np.minimum(x, N - 1 - x) < np.minimum(y, N - 1 - y), y, x),
    )
    finger = np.abs(along % step - step / 2)
    field[(near < reach - finger * 2.2) & (finger < 3)] = A
    field[(near < reach - 3 - finger * 2.2) & (finger < 2)] = LIGHT
    field[near < 8] = BORDER
    field[(near < 7) & (near > 0) & ((along + near) // 3 % 2 == 0)] = GOLD
    bitmaps.put(field, str(rng.choice(["tree", "star", "horns"])), N // 2 - 11, N // 2 - 12, LIGHT, A, 2)
    return weave(field, dyes, rng, "kilim", abrash=0.05)


def jajim(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """Warp-faced strips: narrow stripes with small charted figures, sewn side by side."""
    strip_wide = int(rng.choice([N, 63, 42]))
    column = np.full((N, strip_wide), GROUND, np.uint8)
    x = 0
    while x < strip_wide:
        for fill, w in zip(rng.permutation([LINE, LIGHT, GOLD, A, B, C]), rng.integers(1, 4, 6), strict=True):
            column[:, x : x + w] = fill
            x += int(w)
        rich = int(rng.choice([9, 11, 13]))
        if variant == "figured" and x + rich < strip_wide:
            lane = column[:, x : x + rich].T
            lane[:] = rng.choice([GROUND, BORDER])
            bitmaps.row(lane, rng, [LIGHT, GOLD, A], LINE, names=(str(rng.choice(["cross", "star", "flower"])),))
            x += rich
        else:
            column[:, x : x + rich // 2] = rng.choice([GROUND, BORDER, GROUND])
            x += rich // 2
    field = np.tile(column, (1, -(-N // strip_wide)))[:, :N]
    if variant == "across":
        field = field.T
    return weave(np.ascontiguousarray(field), dyes, rng, "twill", abrash=0.04)


def zilu(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A mosque zilu: two cottons trading places in a stepped lattice of stars."""
    x, y = _plane()
    step = int(rng.integers(12, 19))
    dx, dy = np.abs(x % (2 * step) - step), np.abs((y + (x // (2 * step) % 2) * step) % (2 * step) - step)
    d = dx + dy
    shape = ((d // 2) % 3 == 0) | (np.maximum(dx, dy) < 3) | (np.abs(dx - dy) < 1)
    if rng.random() < 0.5:
        shape = (np.maximum(dx, dy) // 3 % 2 == 0) ^ (d < step)
    field = np.where(shape, BORDER, LIGHT).astype(np.uint8)
    edge = np.minimum(np.minimum(x, N - 1 - x), np.minimum(y, N - 1 - y))
    field[edge < 9] = np.where((x + y)[edge < 9] // 2 % 3 == 0, BORDER, LIGHT)
    field[(edge == 9) | (edge == 2)] = BORDER
    return weave(field, dyes, rng, "coarse", abrash=0.03)


def plaid(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """Chadorshab and mashteh: coloured warps crossed by the same colours in the weft."""
    order = []
    while sum(w for _, w in order) < 1400:
        order += [
            (GROUND, int(rng.integers(26, 70))),
            (int(rng.choice([LINE, LIGHT, GOLD])), int(rng.integers(3, 9))),
            (int(rng.choice([BORDER, A, B, C])), int(rng.integers(12, 50))),
            (LIGHT, int(rng.integers(3, 7))),
        ]
    order = order[: int(rng.integers(6, 14))] * 12
    threads = np.array(dyes.eight, np.float32)[np.repeat([f for f, _ in order], [w for _, w in order])[:SIDE]]
    warp = (np.add.outer(np.arange(SIDE) // 3, np.arange(SIDE) // 3) % 2).astype(np.float32) * 0.3 + 0.35
    cloth = threads[None] * warp[..., None] + threads[:, None] * (1 - warp[..., None])
    image = Image.fromarray(cloth.astype(np.uint8))
    return texture.lit(image, texture.cloth("coarse", rng) * texture.folds(rng, 0.05))


def tent(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """Black tent cloth of goat hair, its strips joined by a light seam and one woven girth."""
    field = np.full((N, N), 2, np.uint8)
    wide = int(rng.integers(16, 30))
    field[:, ::wide] = GOLD
    field[::2, 1::wide] = LIGHT
    y = int(rng.integers(20, 80))
    band = field[y : y + 17]
    band[:] = GROUND
    band[[0, 16]] = LIGHT
    bitmaps.row(band, rng, [LIGHT, GOLD, A], LINE)
    return texture.lit(weave(field, dyes, rng, "coarse", 0.12), 1 + 0.18 * texture.noise(rng, 3, 90))


def bag(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """A salt bag with its neck, or a saddlebag with two pockets, laid on paper with tassels."""
    cloth = kilim(rng, dyes, str(rng.choice(["diamonds", "bands", "column"])))
    salt = variant == "salt"
    wide, top = int(rng.integers(270, 320)), int(rng.integers(90, 130))

    def outline(draw, s):
        if salt:
            neck = wide * 0.5
            draw.rounded_rectangle([(500 - wide) * s, 390 * s, (500 + wide) * s, 880 * s], 16 * s, fill=255)
            draw.rounded_rectangle([(500 - neck) * s, top * s, (500 + neck) * s, 420 * s], 12 * s, fill=255)
        else:
            draw.rounded_rectangle([110 * s, 250 * s, 890 * s, 750 * s], 14 * s, fill=255)
        _tassels(draw, s, (500 - wide, 500 + wide, 870) if salt else (130, 870, 745), 13)

    mask = studio.smooth(outline)
    gain = texture.emboss(mask, 0.9, 7)
    if not salt:
        x, _ = texture.grid()
        gain = gain * (1 - 0.5 * np.exp(-(((x - 500) / 16) ** 2)) + 0.08 * np.cos((x - 500) / 125 * np.pi / 2))
    return studio.lay(studio.paper(rng), texture.lit(cloth, gain), mask)


def _tassels(draw: ImageDraw.ImageDraw, s: int, span: tuple[int, int, int], count: int) -> None:
    left, right, y = span
    for x in np.linspace(left + 14, right - 14, count):
        draw.polygon(
            [
                (x - 4) * s,
                (y - 6) * s,
                (x + 4) * s,
                (y - 6) * s,
                (x + 11) * s,
                (y + 62) * s,
                (x - 11) * s,
                (y + 62) * s,
            ],
            fill=255,
        )


def felt(rng: np.random.Generator, dyes: Scheme, variant: str) -> Image.Image:
    """Pressed felt: soft-edged scrolls and suns of dyed wool rolled into the ground."""
    from .fields import felt_design

    x, y = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    ys = np.clip(y + 3.5 * texture.noise(rng, 14), 0, SIDE - 1).astype(np.int32)
    xs = np.clip(x + 3.5 * texture.noise(rng, 14), 0, SIDE - 1).astype(np.int32)
    pressed = Image.fromarray(np.asarray(felt_design(rng, dyes))[ys, xs])
    return texture.lit(pressed, texture.cloth("felt", rng))
