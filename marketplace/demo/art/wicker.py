"""Woven plants: mats of palm and reed seen close, baskets and trays built on a round."""

import numpy as np
from PIL import Image, ImageDraw

from . import bitmaps, lathe, studio, texture
from .palette import Scheme, mix
from .texture import SIDE

STRAWS = ((214, 184, 128), (196, 158, 100), (226, 204, 156), (176, 132, 80), (188, 172, 112), (206, 168, 116))


def mat(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Plaited strips: over and under in plain or twill order, some strips dyed."""
    n = int(rng.choice([20, 25, 40, 50]))
    pitch = SIDE // n
    straw = np.array(STRAWS[rng.integers(len(STRAWS))], np.float32)
    j, i = np.mgrid[0:n, 0:n]
    shift, over = (1, 1) if variant == "plain" else (1, 2)
    up = ((i + j * shift) // over) % 2 == 0
    if variant == "herring":
        up = ((i + np.abs(j % 12 - 6)) // 2) % 2 == 0
    warp = straw * rng.normal(1, 0.07, (n, 1))
    weft = straw * rng.normal(0.93, 0.07, (n, 1))
    dyed = _dyed(rng, d, n)
    for table, chosen in ((warp, dyed[0]), (weft, dyed[1])):
        for k, colour in chosen:
            table[k] = colour
    cells = np.where(up[..., None], warp[i], weft[j])
    colour = cells.repeat(pitch, 0).repeat(pitch, 1).astype(np.float32)
    x, y = texture.grid()
    u, v = x % pitch / pitch - 0.5, y % pitch / pitch - 0.5
    high = up.repeat(pitch, 0).repeat(pitch, 1)
    across, along = np.where(high, u, v), np.where(high, v, u)
    round_ = 1.12 - 1.5 * np.abs(across) ** 2.2 * 2 - 0.9 * np.abs(along) ** 3 * 2
    round_ = round_ - np.where(high, u, v) * 0.22
    fibre = np.where(high, texture.noise(rng, 2, 70), texture.noise(rng, 70, 2))
    return texture.lit(
        Image.fromarray(colour.clip(0, 255).astype(np.uint8)), round_ * (1 + 0.06 * fibre) * texture.falloff()
    )


def _dyed(rng, d: Scheme, n: int):
    colours = [d.ground, d.border, d.a, d.line]
    period = int(rng.integers(5, 14))
    warp = [(k, colours[k // period % 4]) for k in range(0, n, period)]
    weft = [(k, colours[(k // period + 1) % 4]) for k in range(period // 2, n, period)]
    return (warp, weft) if rng.random() < 0.6 else ([], weft)


def screen(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Chigh: reeds side by side, each wrapped in coloured wool so that the wrappings join into figures."""
    rows = 125
    field = np.full((rows, rows), 9, np.uint8)
    band_at, high = int(rng.integers(8, 20)), int(rng.integers(18, 30))
    for y in range(band_at, rows - high, high + int(rng.integers(10, 20))):
        field[y : y + high] = rng.choice([0, 1, 4])
        field[[y, y + high - 1]] = 2
        bitmaps.row(field[y + 2 : y + high - 2], rng, [3, 7, 5], 2, 2 if high > 24 else 1)
    x, y = np.mgrid[0:rows, 0:rows]
    step = int(rng.integers(10, 18))
    ring = np.abs(x % (2 * step) - step) + np.abs(y % (2 * step) - step)
    bare = field == 9
    field[bare & (ring % 9 < 3)] = 7
    table = np.array([*d.eight, d.a, STRAWS[1]], np.float32)
    image = Image.fromarray(table[field].astype(np.uint8)).resize((SIDE, SIDE), Image.Resampling.NEAREST)
    gx, gy = texture.grid()
    u = gx % 8 / 8 - 0.5
    gain = (1.12 - 1.9 * u * u - 0.2 * u) * (1 + 0.06 * np.sin(gy * 1.5) + 0.05 * texture.noise(rng, 8, 30))
    return texture.lit(image, gain * texture.falloff())


def _coil(rng: np.random.Generator, d: Scheme, rows: int, stitches: int, wide: int, tall: int) -> Image.Image:
    straw = STRAWS[rng.integers(len(STRAWS))]
    table = np.array(
        [straw, mix(straw, d.ground, 0.85), mix(straw, d.border, 0.85), mix(straw, (60, 40, 24), 0.6)], np.float32
    )
    j, i = np.mgrid[0:rows, 0:stitches]
    code = np.zeros((rows, stitches), np.int32)
    period = int(rng.choice([6, 8, 10, 12]))
    kind = rng.integers(4)
    start = int(rng.integers(2, max(3, rows // 2)))
    zone = (j >= start) & (j < start + max(6, rows // 2))
    if kind == 0:
        code[zone & ((i + np.abs((j - start) % period - period // 2)) % period < 3)] = 1
        code[zone & ((i + np.abs((j - start) % period - period // 2) + period // 2) % period < 2)] = 2
    elif kind == 1:
        ring = np.abs(i % period - period // 2) + np.abs((j - start) % period - period // 2)
        code[zone & (ring < period // 3 + 1)] = 1
        code[zone & (ring < 2)] = 2
    elif kind == 2:
        code[j % 5 == 0], code[j % 10 == 5] = 1, 2
    else:
        code[zone & ((i + j) % period < period // 2)] = 1
    shade = rng.normal(1, 0.07, (rows, stitches, 1))
    small = (table[code] * shade).clip(0, 255).astype(np.uint8)
    return Image.fromarray(small).resize((wide, tall), Image.Resampling.NEAREST)


def basket(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A coiled or stake-and-strand basket, with or without a handle, or a flat round tray of the same work."""
    if variant == "tray":
        return _tray(rng, d)
    rows, stitches = int(rng.integers(14, 26)), int(rng.integers(36, 60))
    skin = _coil(rng, d, rows, stitches, stitches * 20, rows * 32)
    radius, top = lathe.shape(rng, str(rng.choice(["basket", "basket", "bowl", "pot", "cup"])))

    def bump(across, down):
        row = down * rows
        slant = (across * stitches + np.floor(row) % 2 * 0.5) % 1 - 0.5
        return slant * 0.55, (row % 1 - 0.5) * 0.95

    back = studio.paper(rng)
    thing, mask, foot = lathe.revolve(radius, top, skin, lathe.MATT, bump, rim=18, inside=(74, 54, 34))
    if rng.random() < 0.5:
        _handle(back, rng, float(radius[0]), top)
    return studio.stand(back, thing, mask, foot)


def _handle(back: Image.Image, rng, r: float, top: int) -> None:
    high = r * rng.uniform(0.9, 1.15)
    straw = STRAWS[rng.integers(len(STRAWS))]
    t = np.linspace(0, np.pi, 70)
    big = Image.new("RGBA", (2 * SIDE, 2 * SIDE))
    draw = ImageDraw.Draw(big)
    for k, (x, y) in enumerate(zip(500 + r * 0.94 * np.cos(t), top + 6 - high * np.sin(t) ** 0.8, strict=True)):
        tone = mix(straw, (40, 26, 14), 0.2 + 0.35 * (k % 2) + 0.1 * np.cos(t[k]))
        draw.ellipse([2 * x - 26, 2 * y - 22, 2 * x + 26, 2 * y + 22], fill=(*mix(tone, (30, 20, 10), 0.35), 255))
        draw.ellipse([2 * x - 20, 2 * y - 21, 2 * x + 14, 2 * y + 11], fill=(*tone, 255))
    small = big.reduce(2)
    back.paste(small, (0, 0), small)


def _tray(rng: np.random.Generator, d: Scheme) -> Image.Image:
    radius, rows, stitches = rng.uniform(390, 440), int(rng.integers(16, 28)), int(rng.choice([72, 96, 120]))
    coil = np.asarray(_coil(rng, d, rows, stitches, stitches, rows))
    r, t = texture.polar()
    row = r / radius * rows
    ring = np.clip(row.astype(np.int32), 0, rows - 1)
    turn = (t / (2 * np.pi) + 0.5) * stitches
    colour = coil[rows - 1 - ring, turn.astype(np.int32) % stitches]
    u, v = row % 1 - 0.5, turn % 1 - 0.5
    gain = 1.12 - 1.5 * u * u - 1.0 * v * v * np.clip(r / 120, 0, 1) + 0.28 * u * np.cos(t + 2.3)
    gain = gain * (1 + 0.10 * np.cos(t - np.pi / 4) * (r > radius * 0.8)) * (1 + 0.05 * texture.noise(rng, 3))
    from .plates import round_mask

    return studio.lay(
        studio.paper(rng), texture.lit(Image.fromarray(colour), gain), round_mask(float(radius)), drop=32, blur=30
    )
