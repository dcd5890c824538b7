"""Things worn: shoes, hats, dresses, masks."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import lathe, needle, silks, studio, texture
from .blades import _smoothed
from .motifs import Pen, boteh, flower, put, star
from .palette import Scheme, mix
from .texture import SIDE


def shape_of(points: list[tuple[float, float]]) -> Image.Image:
    """A mask of the smooth closed curve through the points (canvas pixels)."""
    return studio.smooth(lambda draw, s: draw.polygon(_smoothed(points, s), fill=255))


COTTONS = ((206, 198, 180), (190, 172, 138), (200, 196, 186), (128, 132, 138), (172, 140, 104), (96, 72, 56))
SOLE = [
    (0, -400),
    (92, -330),
    (120, -200),
    (104, -40),
    (84, 120),
    (88, 260),
    (60, 350),
    (0, 380),
    (-62, 350),
    (-90, 250),
    (-84, 110),
    (-112, -40),
    (-118, -210),
    (-84, -335),
]


def shoe(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A pair from above: knitted giveh and klash in cotton, or leather charoq with a pointed toe and gold thread."""
    back = studio.paper(rng)
    leather = variant == "charoq"
    tone = mix(d.ground, (130, 66, 36), 0.5) if leather else COTTONS[rng.integers(len(COTTONS))]
    bands = 0 if leather else int(rng.integers(0, 4))
    for sign in (-1, 1):
        cx, lean = 500 + sign * 172, 1 + 0.05 * sign
        points = [(cx + sign * x * 1.12 * lean, 500 + y) for x, y in SOLE]
        if leather:
            points[0] = (cx + sign * 26, 52)
        sole = shape_of([(cx + (x - cx) * 1.08, 500 + (y - 500) * 1.03) for x, y in points])
        upper, mouth = shape_of(points), shape_of([(cx + sign * x * 0.62, 655 + y * 0.52) for x, y in SOLE])
        studio.lay(
            back,
            texture.lit(Image.new("RGB", (SIDE, SIDE), mix(tone, (90, 60, 40), 0.62)), texture.emboss(sole, 1.2, 3)),
            sole,
        )
        back.paste(_upper(rng, d, tone, upper, bands, leather, cx), (0, 0), upper)
        inner = texture.lit(
            Image.new("RGB", (SIDE, SIDE), mix(tone, (70, 50, 36), 0.62)),
            0.8 + 0.1 * texture.noise(rng, 40) + 0.25 * (2 - texture.emboss(mouth, 1.5, 14)) - 0.25,
        )
        back.paste(inner, (0, 0), mouth)
        rim = ImageChops.subtract(mouth, shape_of([(cx + sign * x * 0.56, 655 + y * 0.49) for x, y in SOLE]))
        back.paste(
            texture.lit(
                Image.new("RGB", (SIDE, SIDE), mix(tone, d.a, 0.6)),
                1 + 0.2 * np.sin(texture.grid()[1] * 0.9 + texture.grid()[0] * 0.9),
            ),
            (0, 0),
            rim,
        )
    return back


def _upper(rng, d: Scheme, tone, mask: Image.Image, bands: int, leather: bool, cx: float) -> Image.Image:
    base = Image.new("RGB", (2 * SIDE, 2 * SIDE), tone)
    draw = ImageDraw.Draw(base)
    if leather:
        for k in range(4):
            flower(draw, 2 * cx, 330 + k * 110, 52 - 4 * k, Pen((206, 164, 84), (206, 164, 84), d.a, d.light), 7)
            for sign in (-1, 1):
                put(draw, boteh(), 2 * cx + sign * 120, 430 + k * 130, 50, (206, 164, 84), 0, sign)
    else:
        for k in range(bands):
            y = 300 + 90 * k
            chevron = [2 * cx - 260, y + 60, 2 * cx, y, 2 * cx + 260, y + 60]
            draw.line(chevron, fill=(d.ground, d.a, d.border)[k % 3], width=22, joint="curve")
    x, y = texture.grid()
    knit = (
        1 + 0.02 * texture.noise(rng, 5)
        if leather
        else 1 + 0.16 * np.sin(y * 0.52 + np.abs(x % 14 - 7) * 0.6) + 0.05 * texture.noise(rng, 9)
    )
    return texture.lit(
        base.reduce(2),
        knit * texture.emboss(mask, 1.6, 16) * (1 + 0.16 * np.exp(-(((x - cx + 26) / 46) ** 2)) * (y < 480)),
    )


def hat(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A felt hat: a domed crown of pressed wool, dented a little, on paper."""
    tone = [(176, 140, 98), (70, 52, 42), (214, 200, 172), (120, 112, 104), (38, 34, 34)][rng.integers(5)]
    high, half = rng.uniform(330, 430), rng.uniform(230, 270)
    t = np.linspace(0, 1, 60)
    dome = (
        half * np.clip(np.sqrt(1 - (1 - np.clip(t / 0.55, 0, 1)) ** 2.4), 0.05, 1) * (1 + 0.10 * np.clip(t - 0.5, 0, 1))
    )
    top = int(760 - high)
    radius = lathe.profile(list(zip(t, dome, strict=True)), top, 760)
    skin = Image.fromarray(
        np.clip(
            np.array(tone) * (1 + 0.05 * texture.noise(rng, 4) + 0.06 * texture.noise(rng, 60))[:800, :, None], 0, 255
        ).astype(np.uint8)
    )
    draw = ImageDraw.Draw(skin)
    if rng.random() < 0.6:
        draw.rectangle([0, 670, SIDE, 740], fill=mix(tone, d.ground, 0.75))
        for x in range(0, SIDE, 60):
            put(draw, star(4, 0.5), x, 705, 24, d.gold)
    a = rng.uniform(0, 6)
    return lathe.present(
        rng,
        radius,
        top,
        skin,
        lathe.MATT,
        bump=lambda u, v: (0.10 * np.sin(u * 6 + v * 5 + a), 0.08 * np.sin(v * 7 + u * 3 + a)),
    )


def dress(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A local dress laid open: full skirt with bands, straight sleeves, an embroidered yoke."""
    flare, length = rng.uniform(270, 350), rng.uniform(880, 930)
    right = [
        (44, 110),
        (110, 130),
        (300, 330),
        (372, 420),
        (318, 480),
        (200, 380),
        (130, 330),
        (138, 460),
        (flare, length),
    ]
    points = [(500 + x, y) for x, y in right] + [(500 - x, y) for x, y in right[::-1]]
    mask = studio.smooth(lambda draw, s: draw.polygon([v * s for p in points for v in p], fill=255))
    cloth = silks.bolt(rng, d, "silk") if rng.random() < 0.5 else Image.new("RGB", (SIDE, SIDE), d.ground)
    design = np.asarray(needle.needlework(rng, d, ""))
    panel = Image.fromarray(design)
    for box in (
        (420, 100, 580, 440),
        (0, int(length) - 130, SIDE, int(length) - 40),
        (160, 300, 230, 520),
        (770, 300, 840, 520),
    ):
        cloth.paste(panel.crop((0, 0, box[2] - box[0], box[3] - box[1])), box[:2])
    x, y = texture.grid()
    pleat = np.sin((x - 500) / (60 + np.clip(y - 450, 0, 600) * 0.16) * 6) * np.clip((y - 440) / 260, 0, 1)
    gain = texture.emboss(mask, 1.2, 9) * (1 + 0.15 * pleat) * texture.cloth("tabby", rng)
    neck = studio.smooth(lambda draw, s: draw.ellipse([450 * s, 86 * s, 550 * s, 176 * s], fill=255))
    return studio.lay(studio.paper(rng), texture.lit(cloth, gain), ImageChops.subtract(mask, neck))


def face_mask(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """The southern burqa: a stiff mask with two openings and a ridge, edged in gold thread and worked with needle."""
    drop = rng.uniform(0, 70)
    points = [
        (170, 330),
        (500, 300 - drop * 0.3),
        (830, 330),
        (850, 470),
        (800, 640 + drop),
        (600, 690),
        (500, 760 + drop),
        (400, 690),
        (200, 640 + drop),
        (150, 470),
    ]
    outline = studio.smooth(lambda draw, s: draw.polygon(_smoothed(points, s), fill=255))
    inner = studio.smooth(
        lambda draw, s: draw.polygon(
            _smoothed([(500 + (x - 500) * 0.93, 500 + (y - 500) * 0.90) for x, y in points], s), fill=255
        )
    )

    def eyes(draw, s):
        for sign in (-1, 1):
            c = 500 + sign * 165
            draw.polygon(_smoothed([(c - 110, 470), (c, 432), (c + 110, 470), (c, 512)], s), fill=255)

    holes = studio.smooth(eyes)
    face = (
        needle.needlework(rng, d, "")
        if rng.random() < 0.5
        else texture.lit(Image.new("RGB", (SIDE, SIDE), d.ground), texture.cloth("twill", rng))
    )
    x, y = texture.grid()
    gold = texture.lit(Image.new("RGB", (SIDE, SIDE), (212, 168, 82)), 1 + 0.25 * np.sin((x - y) * 1.2))
    thing = gold.copy()
    thing.paste(
        texture.lit(face, 1 + 0.3 * np.exp(-(((x - 494) / 22) ** 2)) - 0.25 * np.exp(-(((x - 520) / 16) ** 2))),
        (0, 0),
        inner,
    )
    ring = holes.resize((SIDE, SIDE), box=(-0.0, 0, SIDE, SIDE))
    wide = studio.smooth(
        lambda draw, s: [
            draw.polygon(_smoothed([(c - 136, 470), (c, 412), (c + 136, 470), (c, 530)], s), fill=255)
            for c in (335, 665)
        ]
    )
    thing.paste(gold, (0, 0), wide)
    mask = ImageChops.subtract(outline, ring)
    back = studio.paper(rng)
    strings = studio.smooth(
        lambda draw, s: [
            draw.line([v * s for v in p], fill=255, width=10 * s) for p in ((170, 345, 40, 260), (830, 345, 960, 260))
        ]
    )
    studio.lay(back, gold, strings, drop=10, blur=8)
    return studio.lay(back, texture.lit(thing, texture.emboss(mask, 1.2, 6)), mask)
