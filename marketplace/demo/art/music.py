"""Instruments: tar, setar and daf."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import fields, plates, studio, texture, wood
from .blades import turned
from .palette import Scheme
from .texture import SIDE
from .worn import shape_of


def tar(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A tar with its double bowl and skin, or a setar with its pear-shaped wooden belly, laid aslant."""
    big = variant == "tar"
    body = (
        [
            (500, 560),
            (590, 580),
            (606, 640),
            (560, 690),
            (640, 740),
            (664, 830),
            (600, 920),
            (500, 944),
            (400, 920),
            (336, 830),
            (360, 740),
            (440, 690),
            (394, 640),
            (410, 580),
        ]
        if big
        else [
            (500, 600),
            (550, 680),
            (612, 780),
            (616, 870),
            (560, 940),
            (500, 950),
            (440, 940),
            (384, 870),
            (388, 780),
            (450, 680),
        ]
    )
    bowl = shape_of(body)
    skin = shape_of(
        [(500 + (x - 500) * 0.86, (780 if not big else 760) + (y - (780 if not big else 760)) * 0.9) for x, y in body]
    )
    neck = studio.smooth(lambda draw, s: draw.rounded_rectangle([478 * s, 96 * s, 522 * s, 660 * s], 6 * s, fill=255))

    def head(draw, s):
        draw.rounded_rectangle([466 * s, 24 * s, 534 * s, 150 * s], 10 * s, fill=255)
        for k, y in enumerate((44, 72, 100, 128)):
            a = (534, 590) if k % 2 else (410, 466)
            draw.rounded_rectangle([a[0] * s, y * s, a[1] * s, (y + 10) * s], 4 * s, fill=255)
            draw.ellipse([(a[k % 2] - 14) * s, (y - 8) * s, (a[k % 2] + 14) * s, (y + 18) * s], fill=255)

    top = studio.smooth(head)
    timber = str(rng.choice(["jujube", "walnut", "betel"]))
    thing = texture.lit(wood.plank(rng, timber, True), texture.emboss(bowl, 1.6, 14))
    face = (
        texture.lit(
            Image.new("RGB", (SIDE, SIDE), (228, 208, 170)),
            1 + 0.04 * texture.noise(rng, 60) + 0.02 * texture.noise(rng, 4),
        )
        if big
        else wood.plank(rng, "plane", True)
    )
    thing.paste(face, (0, 0), skin)
    thing.paste(texture.lit(wood.plank(rng, "ebony", True), texture.emboss(neck, 1.5, 6)), (0, 0), neck)
    thing.paste(texture.lit(wood.plank(rng, timber, True), texture.emboss(top, 1.5, 4)), (0, 0), top)
    _strings(thing, rng, big)
    mask = ImageChops.lighter(ImageChops.lighter(bowl, neck), top)
    angle = float(rng.uniform(14, 40)) * rng.choice([-1, 1])
    return studio.lay(studio.paper(rng), turned(thing, angle), turned(mask, angle), drop=26, blur=24)


def _strings(thing: Image.Image, rng, big: bool) -> None:
    draw = ImageDraw.Draw(thing)
    for k in range(26):
        y = 160 + 470 * (1 - 0.93**k) / (1 - 0.93**26)
        draw.line([479, y, 521, y], fill=(226, 214, 186), width=2)
    for k in range(6 if big else 4):
        x = 486 + k * (28 / (5 if big else 3))
        draw.line([x, 60, x + (x - 500) * 0.4, 880], fill=(214, 190, 130) if k % 2 else (226, 226, 222), width=1)
    draw.rounded_rectangle([462, 850, 538, 862], 4, fill=(70, 44, 30))
    if not big:
        for x, y in ((480, 760), (520, 760), (500, 745), (500, 775), (500, 760)):
            draw.ellipse([x - 5, y - 5, x + 5, y + 5], fill=(60, 40, 28))


def daf(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A daf: pale skin on a wooden hoop, with a painted shamseh or bare, ring shadows showing through."""
    radius = float(rng.uniform(390, 430))
    r, t = texture.polar()
    face = texture.lit(
        Image.new("RGB", (SIDE, SIDE), (232, 214, 178)),
        1
        + 0.05 * texture.noise(rng, 90)
        + 0.02 * texture.noise(rng, 4)
        - 0.22 * np.exp(-(((r - radius * 0.9) / 26) ** 2)),
    )
    if rng.random() < 0.65:

        def paint(draw, s):
            plates.rings(
                rng, draw, s, radius * rng.uniform(0.4, 0.72), fields.pens(d), d.border, int(rng.integers(2, 4))
            )

        ornament = studio.smooth(paint, 2, "RGB", (255, 255, 255))
        face = ImageChops.multiply(face, ornament)
    hoop = np.abs(r - radius * 0.97) < radius * 0.035
    rim = texture.lit(
        wood.plank(rng, str(rng.choice(["walnut", "jujube", "betel"]))),
        1.1 + 0.45 * np.cos(t + 2.3) * np.sign(radius * 0.97 - r),
    )
    face.paste(rim, (0, 0), Image.fromarray((hoop * 255).astype(np.uint8)))
    draw = ImageDraw.Draw(face)
    for k in range(36):
        a = k * np.pi / 18
        x, y = 500 + radius * 0.97 * np.cos(a), 500 + radius * 0.97 * np.sin(a)
        draw.ellipse([x - 6, y - 6, x + 6, y + 6], fill=(206, 168, 92), outline=(90, 64, 30))
    return studio.lay(studio.paper(rng), face, plates.round_mask(radius), drop=36, blur=34)
