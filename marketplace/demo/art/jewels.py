"""Jewellery and stone: filigree, pendants, cut stones, mosaic boards, stone pots and carved slabs."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import fields, lathe, metal, studio, texture
from .clay import TALL, WIDE, mottle, skin
from .motifs import boteh, cypress, put, rosette, star, toranj
from .palette import Scheme, mix
from .texture import SIDE

STONES = {
    "turquoise": (30, 152, 164),
    "agate": (164, 58, 34),
    "lapis": (30, 52, 128),
    "garnet": (112, 18, 36),
    "jade": (70, 128, 88),
    "amber": (204, 130, 36),
    "amethyst": (104, 62, 132),
    "onyx": (36, 34, 38),
}


def cabochon(back: Image.Image, rng, x: float, y: float, rx: float, ry: float, colour, rim=None) -> None:
    """A polished stone with a domed highlight; `rim` is the bezel's colour."""
    w, h = int(rx * 2 + 24), int(ry * 2 + 24)
    gy, gx = np.mgrid[0:h, 0:w].astype(np.float32)
    nx, ny = (gx - w / 2) / rx, (gy - h / 2) / ry
    d2 = nx * nx + ny * ny
    nz = np.sqrt(np.clip(1 - d2, 0, 1))
    light = (
        0.5 + 0.6 * np.clip(-0.5 * nx - 0.55 * ny + 0.67 * nz, 0, 1) + 0.22 * np.clip(nx * 0.5 + ny * 0.6, 0, 1) ** 2
    )
    vein = texture.noise(rng, 26)[:h, :w] * 0.10 + 0.07 * np.sin(texture.noise(rng, 60)[:h, :w] * 9)
    shine = np.clip(-0.32 * nx - 0.36 * ny + 0.88 * nz, 0, 1) ** 70
    pixels = np.array(colour, np.float32) * (light * (1 + vein))[..., None] + 235 * shine[..., None]
    if rim is not None:
        t = np.arctan2(ny, nx)
        ring = np.array(rim, np.float32) * (0.85 + 0.35 * np.cos(t + 2.3) + 0.12 * np.sin(t * 40))[..., None]
        pixels = np.where((d2 > 0.82)[..., None], ring, pixels)
    edge = np.clip((1 - np.sqrt(d2)) * min(rx, ry), 0, 1) * 255
    back.paste(
        Image.fromarray(pixels.clip(0, 255).astype(np.uint8)),
        (int(x - w / 2), int(y - h / 2)),
        Image.fromarray(edge.astype(np.uint8)),
    )


def filigree(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Silver wire drawn thin, coiled and soldered inside a frame: brooch, medallion or bowl-shaped boteh."""
    figure, size = [(toranj(8, 0.16), 380), (rosette(8, 0.3), 390), (toranj(12, 0.12, 1.1), 350), (boteh(), 400)][
        rng.integers(4)
    ]
    rows = int(rng.integers(7, 11))

    def wires(draw, s):
        step = 1000 / rows
        for j in range(rows + 1):
            for i in range(rows + 1):
                x, y = (i + j % 2 * 0.5) * step * s, j * step * s
                _coilwire(draw, x, y, step * 0.54 * s, i * 2.1 + j, 1 if (i + j) % 2 else -1, s)

    def frame(draw, s):
        for share, fill in ((1, 255), (0.955, 0), (0.93, 255), (0.905, 0)):
            put(draw, figure, 500 * s, 500 * s, size * share * s, fill)
        for share, fill in ((0.34, 255), (0.30, 0)):
            put(draw, rosette(8, 0.25), 500 * s, 500 * s, size * share * s, fill)
        outline = figure[:: max(1, len(figure) // 48)]
        for px, py in outline * size * 0.955:
            draw.ellipse([(500 + px - 8) * s, (500 + py - 8) * s, (500 + px + 8) * s, (500 + py + 8) * s], fill=255)

    inside = studio.smooth(lambda draw, s: put(draw, figure, 500 * s, 500 * s, size * 0.92 * s, 255))
    mask = ImageChops.lighter(ImageChops.multiply(studio.smooth(wires), inside), studio.smooth(frame))
    gain = texture.emboss(mask, 2.2, 1.6) * (1 + 0.12 * texture.noise(rng, 5) + 0.1 * texture.noise(rng, 90))
    silver = metal.brushed(rng, metal.SILVER if rng.random() < 0.7 else (218, 178, 96), gain)
    back = studio.cloth_table(rng, mix(d.ground, (30, 30, 36), 0.45))
    studio.lay(back, silver, mask, drop=10, blur=7, strength=0.75)
    stone = list(STONES.values())[rng.integers(len(STONES))]
    cabochon(back, rng, 500, 500, size * 0.17, size * 0.17, stone, metal.SILVER)
    return back


def _coilwire(draw, x: float, y: float, r: float, start: float, way: int, s: int) -> None:
    t = np.linspace(0, 1, 46)
    a, radius = start + way * t * 2 * np.pi * 2.6, r * (1 - 0.9 * t)
    points = np.stack([x + radius * np.cos(a), y + radius * np.sin(a)], 1).ravel().tolist()
    draw.line(points, fill=225, width=5 * s // 2)


def necklace(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A necklace of beads and drops about a pendant, laid on cloth."""
    rim = metal.SILVER if rng.random() < 0.6 else (212, 172, 92)
    names = list(rng.choice(list(STONES), 3, replace=False))
    back = studio.cloth_table(
        rng, mix(d.ground, (210, 202, 190), 0.55) if rng.random() < 0.5 else mix(d.ground, (30, 28, 32), 0.4)
    )
    count, wide, deep = int(rng.choice([21, 25, 29, 33])), rng.uniform(300, 350), rng.uniform(520, 620)
    t = np.linspace(-1, 1, count)
    xs, ys = (
        500 + wide * np.sin(t * np.pi * 0.62) / np.sin(np.pi * 0.62) * (1 - 0.12 * t * t),
        120 + deep * np.cos(t * np.pi / 2) ** 0.8,
    )
    shade = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(shade)
    sizes = 13 + 11 * np.cos(t * np.pi / 2)
    for x, y, r in zip(xs, ys, sizes, strict=True):
        draw.ellipse([x - r, y - r, x + r, y + r], fill=255)
    pendant = float(rng.uniform(62, 88))
    low = float(ys.max()) + pendant * 1.15
    draw.ellipse([500 - pendant, low - pendant * 1.2, 500 + pendant, low + pendant * 1.2], fill=255)
    studio.shadow(back, shade, drop=12, blur=12, strength=0.6)
    for k, (x, y, r) in enumerate(zip(xs, ys, sizes, strict=True)):
        mid = abs(k - count // 2)
        cabochon(back, rng, x, y, r, r, STONES[names[mid % 2]] if mid % 3 else rim)
        if 0 < mid < count // 3 and mid % 2 == 0:
            cabochon(back, rng, x + t[k] * 18, y + r + 30, 13, 24, STONES[names[2]], rim)
    cabochon(back, rng, 500, low, pendant, pendant * 1.2, rim)
    for k in range(16):
        a = k * np.pi / 8
        cabochon(back, rng, 500 + pendant * 0.82 * np.cos(a), low + pendant * np.sin(a), 7, 7, STONES[names[1]])
    cabochon(back, rng, 500, low, pendant * 0.6, pendant * 0.78, STONES[names[2]], rim)
    for k in (-1, 0, 1):
        cabochon(
            back, rng, 500 + k * pendant * 0.6, low + pendant * (1.48 - 0.16 * abs(k)), 10, 26, STONES[names[0]], rim
        )
    return back


def cut_stones(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A lapidary's tray: polished cabochons of many stones set out on paper."""
    back = studio.paper(rng)
    n = int(rng.integers(3, 6))
    pitch = 860 / n
    colours = list(STONES.values())
    places, shade = [], Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(shade)
    for j in range(n):
        for i in range(n):
            x, y = (
                70 + (i + 0.5) * pitch + rng.normal(0, pitch * 0.04),
                70 + (j + 0.5) * pitch + rng.normal(0, pitch * 0.04),
            )
            r = pitch * rng.uniform(0.26, 0.42)
            places.append((x, y, r, r * rng.uniform(0.72, 1.1)))
            draw.ellipse([x - r, y - places[-1][3], x + r, y + places[-1][3]], fill=255)
    studio.shadow(back, shade, drop=16, blur=14, strength=0.6)
    one = rng.random() < 0.35
    for x, y, rx, ry in places:
        tone = colours[0] if one else colours[rng.integers(len(colours))]
        cabochon(back, rng, x, y, rx, ry, tuple(np.clip(np.array(tone) * rng.normal(1, 0.14), 0, 255)))
    return back


def stone_mosaic(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Turquoise or mixed stones fitted edge to edge with gilt joints; some boards carry a figure in another stone."""
    mixed = rng.random() < 0.4
    joint = (190, 148, 72) if rng.random() < 0.7 else (52, 40, 34)
    count = int(rng.integers(260, 900))
    tones = [(166, 64, 40), (206, 176, 130), (60, 92, 96), (124, 128, 120), (222, 214, 196)] if mixed else None
    field = metal.mosaic(rng, count, (26, 146, 158), joint, 4.0, tones)
    if rng.random() < 0.7:
        other = metal.mosaic(rng, count, [(30, 52, 120), (158, 56, 36), (226, 214, 190)][rng.integers(3)], joint, 4.0)
        shape = [toranj(8, 0.2), star(8, 0.7), cypress() * np.array([1.5, 1], np.float32), boteh(), rosette(8, 0.3)][
            rng.integers(5)
        ]
        mask = studio.smooth(lambda draw, s: put(draw, shape, 500 * s, 500 * s, 330 * s, 255))
        rim = studio.smooth(lambda draw, s: put(draw, shape, 500 * s, 500 * s, 348 * s, 255))
        field.paste(joint, (0, 0), rim)
        field.paste(other, (0, 0), mask)
    x, y = texture.grid()
    polish = 1 + 0.12 * np.exp(-(((x + y * 0.8 - rng.uniform(300, 1400)) / 140) ** 2))
    return texture.lit(field, texture.falloff() * polish * texture.grain(rng, 0.02))


def stone_pot(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Harkareh: a pot of soft grey stone turned by hand, banded with chiselled lines."""
    tone = [(112, 112, 108), (92, 98, 94), (130, 124, 114)][rng.integers(3)]

    def paint(draw):
        ink = mix(tone, (16, 16, 16), 0.45)
        for y in (TALL * 0.2, TALL * rng.uniform(0.34, 0.5)):
            draw.line([0, y, WIDE, y], fill=ink, width=6)
            for x in range(0, WIDE, 40):
                draw.line([x, y + 10, x + 20, y + 50, x + 40, y + 10], fill=ink, width=5)
            draw.line([0, y + 60, WIDE, y + 60], fill=ink, width=6)

    radius, top = lathe.shape(rng, str(rng.choice(["pot", "bowl", "cup", "jar"])))

    def scratch(across, down):
        return 0.06 * np.sin(across * 240 + np.sin(down * 40)), 0.05 * np.sin(down * 210)

    return lathe.present(
        rng, radius, top, mottle(skin(tone, paint), rng, 0.1, 12), lathe.MATT, bump=scratch, rim=16, inside=(48, 48, 46)
    )


def carved_stone(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A carved slab: rosettes and lotus bands cut in pale limestone, tooled ground."""
    height = fields.garden(rng, d, 30, fields.greys(90), "L", medallion=True)
    tone = [(196, 186, 168), (168, 164, 156), (206, 190, 160)][rng.integers(3)]
    rough = 1 + 0.06 * texture.noise(rng, 3) + 0.06 * texture.noise(rng, 8) + 0.05 * texture.noise(rng, 90)
    return texture.lit(
        Image.new("RGB", (SIDE, SIDE), tone), texture.emboss(height, 2.1, 4.5) * rough * texture.falloff()
    )
