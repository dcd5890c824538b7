"""Loom-patterned and printed cloth: termeh, brocade, velvet, ikat, plain cloths, block print, wax and dye."""

import numpy as np
from PIL import Image, ImageDraw

from . import fields, studio, texture
from .motifs import Pen, flower, leaf, put, toranj
from .palette import Scheme, mix
from .texture import SIDE


def termeh(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Rows of boteh or flowered stripes in compound weave, with the sheen of fine wool and silk."""
    if variant == "stripes":
        base = _moharramat(rng, d)
    else:
        base = fields.repeat(fields.boteh_cell(rng, d), int(rng.integers(4, 9)), drop=bool(rng.random() < 0.7))
    return texture.lit(base, texture.cloth("satin", rng) * texture.folds(rng, 0.07))


def _moharramat(rng, d: Scheme) -> Image.Image:
    grounds = [d.ground, d.light, d.border, d.a]
    count = int(rng.integers(5, 9))
    wide = -(-SIDE // count)
    sheet = Image.new("RGB", (SIDE * 2, SIDE * 2))
    draw = ImageDraw.Draw(sheet)
    for i in range(count):
        ground = grounds[i % len(grounds)]
        x = i * wide * 2
        draw.rectangle([x, 0, x + wide * 2, SIDE * 2], fill=ground)
        draw.rectangle([x, 0, x + 8, SIDE * 2], fill=d.gold)
        for y in range(0, SIDE * 2 + wide, int(wide * 1.5)):
            fields.rich_boteh(
                draw,
                x + wide,
                y + (i % 2) * wide * 0.7,
                wide * 0.52,
                d,
                d.b if ground != d.b else d.a,
                1 if i % 2 else -1,
                False,
            )
    return sheet.reduce(2)


def zari(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Gold-wefted brocade: an ogival net with flowers, the metal catching the light."""
    w, h = 360, int(rng.integers(420, 560))

    def paint(draw):
        for x, y in ((w / 2, h / 2), (0, 0), (w, 0), (0, h), (w, h)):
            for share, fill in ((1.0, 255), (0.92, 0), (0.84, 200), (0.80, 0)):
                put(draw, toranj(4, 0.3, 1.3), x, y, h * 0.43 * share, (fill,) * 3, np.pi / 4 * 0)
            flower(draw, x, y, h * 0.2, Pen((0,) * 3, (200,) * 3, (255,) * 3, (160,) * 3), 8)
            for k in range(8):
                put(draw, leaf(0.25, 0.2), x, y, h * 0.3, (220,) * 3, k * np.pi / 4 + 0.4)
            flower(draw, x, y, h * 0.13, Pen((0,) * 3, (200,) * 3, (255,) * 3, (160,) * 3), 8)

    net = fields.repeat(fields.cell(w, h, 0, paint), int(rng.integers(3, 6))).convert("L")
    ground = texture.lit(Image.new("RGB", (SIDE, SIDE), d.ground), texture.cloth("satin", rng))
    metal = texture.lit(
        Image.new("RGB", (SIDE, SIDE), d.gold), texture.cloth("twill", rng) * (1.05 + 0.22 * texture.noise(rng, 5, 2))
    )
    ground.paste(metal, (0, 0), net)
    return texture.lit(ground, texture.folds(rng, 0.13) * texture.emboss(net, 0.25, 2))


def velvet(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Voided velvet: the pile swallows light on the ridge and flares at the turn of each fold."""
    pattern = fields.repeat(fields.boteh_cell(rng, d), int(rng.integers(3, 5)), True)
    soft = Image.blend(pattern, Image.new("RGB", (SIDE, SIDE), d.ground), 0.35)
    fold = texture.folds(rng, 0.28)
    return texture.lit(soft, texture.cloth("felt", rng, 0.03) * (0.55 + 0.55 * fold**2))


def ikat(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Darayi: the warp is dyed before weaving, so every edge along it bleeds in feathers."""
    stripes = int(rng.integers(3, 7))
    wide = SIDE // stripes + 1
    x, y = np.meshgrid(np.arange(SIDE, dtype=np.float32), np.arange(SIDE, dtype=np.float32))
    tall = float(rng.integers(200, 420))
    jitter = (rng.normal(0, 1, SIDE // 3 + 1).repeat(3)[:SIDE] * rng.uniform(7, 14)).astype(np.float32)
    lane = (x // wide).astype(np.int32)
    dy = np.abs((y + jitter[None] + lane * tall / 2) % tall - tall / 2) / tall
    dx = np.abs(x % wide - wide / 2) / wide
    ring = dy * 1.25 + dx if variant == "diamonds" else np.hypot(dy * 1.15, dx * 0.9)
    bands = np.digitize(ring, np.cumsum(rng.uniform(0.07, 0.15, 5)).astype(np.float32)).astype(np.int32)
    table = np.array([d.light, d.a, d.border, d.gold, d.b, d.ground], np.float32)
    image = Image.fromarray(table[bands].astype(np.uint8))
    return texture.lit(image, texture.cloth("satin", rng) * texture.folds(rng, 0.10))


WEAVES = {"plain": "coarse", "fine": "tabby", "silk": "satin", "cloak": "twill", "towel": "coarse"}


def bolt(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Plain cloth in one quality (plain, fine, silk, cloak, towel): stripes or checks, laid in folds."""
    threads = np.empty((SIDE, 3), np.float32)
    threads[:] = d.ground
    accents = [d.border, d.a, d.light, d.c]
    count = {"cloak": 2, "plain": 3}.get(variant, int(rng.integers(3, 7)))
    period = int(rng.integers(120, 330)) if variant != "plain" else 500
    for i in range(count):
        at, wide = int(rng.integers(0, period)), int(rng.choice([4, 6, 12, 24, 40]))
        for x in range(at, SIDE, period):
            threads[x : x + wide] = accents[i % 4]
    image = np.broadcast_to(threads[None], (SIDE, SIDE, 3))
    if variant in ("towel", "fine") and rng.random() < 0.6:
        image = image * 0.5 + threads[:, None] * 0.5
    gain = texture.cloth(WEAVES[variant], rng) * texture.folds(rng, {"silk": 0.24, "fine": 0.15}.get(variant, 0.11))
    if variant == "silk":
        gain = gain * (0.93 + 0.10 * texture.folds(rng, 0.9, 0.2))
    return texture.lit(Image.fromarray(image.astype(np.uint8)), gain)


def ehrami(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A prayer mat of cotton: a stepped arch repeated in a row, two colours only."""
    n = 125
    y, x = np.mgrid[0:n, 0:n]
    arches = int(rng.integers(1, 4))
    wide = n // arches
    dx = np.abs(x % wide - wide // 2)
    inside = (dx < wide // 2 - 6) & (y > 16 + dx // 3 * 3 * (30 / wide)) & (y < n - 10)
    lines = ((dx + y) // 3 % 4 == 0) if rng.random() < 0.5 else ((y // 3 % 3 == 0) ^ (dx // 3 % 3 == 0))
    design = np.where(inside, np.where(lines & (dx > wide // 5), 4, 3), 1).astype(np.uint8)
    design[(~inside) & ((x + y) // 2 % 4 == 0)] = 3
    from .knots import weave

    return weave(design, d, rng, "coarse", 0.03)


def qalamkar(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Block print on cotton: four blocks in turn, each a little off its mark and unevenly inked."""
    ground = mix((238, 226, 196), d.light, 0.3)
    inks = Scheme(
        ground,
        (150, 44, 34),
        (44, 34, 34),
        ground,
        (150, 44, 34),
        (44, 74, 120),
        (96, 106, 62),
        (196, 146, 64),
        d.fa,
        d.en,
    )
    if variant == "cypress":
        flat = fields.repeat(fields.cypress_cell(rng, inks), int(rng.integers(3, 6)), bool(rng.random() < 0.5))
    elif variant == "boteh":
        flat = fields.repeat(fields.boteh_cell(rng, inks), int(rng.integers(4, 7)), True)
    else:
        flat = fields.garden(rng, inks)
    uneven = 1 + 0.04 * texture.noise(rng, 120) + 0.03 * texture.noise(rng, 4)
    pale = Image.blend(flat, Image.new("RGB", (SIDE, SIDE), ground), 0.12)
    return texture.lit(pale, texture.cloth("tabby", rng) * uneven)


def batik(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Wax resist: pale figures on dye, veined where the wax cracked; kelaghei sets them in a square with corners."""
    shade = Scheme(
        d.ground,
        mix(d.ground, d.line, 0.4),
        mix(d.ground, d.line, 0.55),
        d.light,
        d.light,
        d.gold,
        mix(d.light, d.ground, 0.35),
        d.gold,
        d.fa,
        d.en,
    )
    if variant == "kelaghei":
        base = fields.garden(rng, shade, medallion=bool(rng.random() < 0.5))
    else:
        base = fields.repeat(fields.boteh_cell(rng, shade), int(rng.integers(2, 5)), True)
    crack = np.minimum(np.abs(texture.noise(rng, 70)), np.abs(texture.noise(rng, 43)))
    vein = 1 - 0.42 * np.exp(-((crack / 0.018) ** 2)) * (texture.noise(rng, 200) > -0.3)
    bleed = 1 + 0.07 * texture.noise(rng, 90)
    return texture.lit(base, texture.cloth("satin", rng) * texture.folds(rng, 0.08) * vein * bleed)


PLANTS = (
    (142, 38, 30),
    (196, 120, 40),
    (222, 176, 74),
    (120, 124, 62),
    (38, 66, 104),
    (88, 52, 34),
    (176, 96, 92),
    (62, 96, 108),
    (226, 210, 176),
    (104, 30, 52),
)


def skeins(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Naturally dyed wool hung side by side on a rod: madder, pomegranate, walnut, indigo."""
    count = int(rng.integers(6, 10))
    order = rng.permutation(len(PLANTS))[:count]
    wide = 800 / count
    colour = Image.new("RGB", (SIDE, SIDE), (90, 66, 46))
    cd = ImageDraw.Draw(colour)
    ends = rng.integers(760, 880, count)
    for i, k in enumerate(order):
        cd.rectangle([100 + i * wide, 80, 100 + (i + 1) * wide, 960], fill=PLANTS[k])

    def outline(draw, s):
        for i in range(count):
            a, b = (100 + (i + 0.06) * wide) * s, (100 + (i + 0.94) * wide) * s
            draw.rounded_rectangle([a, 110 * s, b, int(ends[i]) * s], wide * 0.42 * s, fill=255)

    mask = studio.smooth(outline)
    x, y = texture.grid()
    phase = (x - 100) / wide % 1
    gain = (0.62 + 0.5 * np.sin(np.pi * phase)) * (
        1 + 0.10 * np.sin(x * 0.9 + y * 0.02) + 0.10 * texture.noise(rng, 3, 60) + 0.06 * texture.noise(rng, 6, 200)
    )
    back = studio.lay(studio.paper(rng), texture.lit(colour, gain), mask)
    rod = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(rod).rounded_rectangle([50, 118, 950, 142], 12, fill=255)
    wood = texture.lit(
        Image.new("RGB", (SIDE, SIDE), (126, 88, 56)),
        1.3 - 0.5 * np.abs((y - 126) / 12) + 0.05 * texture.noise(rng, 90, 3),
    )
    return studio.lay(back, wood, rod, drop=10, blur=10)
