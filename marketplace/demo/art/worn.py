"""Things worn and things played: shoes, hats, dresses, masks; tar, setar and daf."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import bitmaps, fields, flatweaves, lathe, needle, plates, silks, studio, texture, wood
from .blades import _smoothed, turned
from .motifs import Pen, boteh, flower, put, rosette, star, toranj
from .palette import Scheme, mix
from .texture import SIDE


def _shape(points: list[tuple[float, float]]) -> Image.Image:
    return studio.smooth(lambda draw, s: draw.polygon(_smoothed(points, s), fill=255))


SOLE = [(0, -400), (92, -330), (120, -200), (104, -40), (84, 120), (88, 260), (60, 350), (0, 380), (-62, 350), (-90, 250), (-84, 110), (-112, -40), (-118, -210), (-84, -335)]


def shoe(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A pair from above: knitted giveh and klash in white cotton, or charoq of leather with a curled toe and gold thread."""
    back = studio.paper(rng)
    leather = variant == "charoq"
    tone = mix(d.ground, (130, 66, 36), 0.5) if leather else (238, 232, 218)
    for sign in (-1, 1):
        cx, lean = 500 + sign * 172, 1 + 0.05 * sign
        points = [(cx + sign * x * 1.12 * lean, 500 + y) for x, y in SOLE]
        if leather:
            points[0] = (cx + sign * 26, 52)
        sole = _shape([(cx + (x - cx) * 1.08, 500 + (y - 500) * 1.03) for x, y in points])
        upper, mouth = _shape(points), _shape([(cx + sign * x * 0.62, 655 + y * 0.52) for x, y in SOLE])
        studio.lay(back, texture.lit(Image.new("RGB", (SIDE, SIDE), mix(tone, (90, 60, 40), 0.62)), texture.emboss(sole, 1.2, 3)), sole)
        back.paste(_upper(rng, d, tone, upper, leather, cx), (0, 0), upper)
        inner = texture.lit(Image.new("RGB", (SIDE, SIDE), mix(tone, (70, 50, 36), 0.62)), 0.8 + 0.1 * texture.noise(rng, 40) + 0.25 * (2 - texture.emboss(mouth, 1.5, 14)) - 0.25)
        back.paste(inner, (0, 0), mouth)
        rim = ImageChops.subtract(mouth, _shape([(cx + sign * x * 0.56, 655 + y * 0.49) for x, y in SOLE]))
        back.paste(texture.lit(Image.new("RGB", (SIDE, SIDE), mix(tone, d.a, 0.6)), 1 + 0.2 * np.sin(texture.grid()[1] * 0.9 + texture.grid()[0] * 0.9)), (0, 0), rim)
    return back


def _upper(rng, d: Scheme, tone, mask: Image.Image, leather: bool, cx: float) -> Image.Image:
    base = Image.new("RGB", (2 * SIDE, 2 * SIDE), tone)
    draw = ImageDraw.Draw(base)
    if leather:
        for k in range(4):
            flower(draw, 2 * cx, 330 + k * 110, 52 - 4 * k, Pen((206, 164, 84), (206, 164, 84), d.a, d.light), 7)
            for sign in (-1, 1):
                put(draw, boteh(), 2 * cx + sign * 120, 430 + k * 130, 50, (206, 164, 84), 0, sign)
    x, y = texture.grid()
    knit = 1 + 0.02 * texture.noise(rng, 5) if leather else 1 + 0.11 * np.sin(y * 0.62 + np.abs(x % 12 - 6) * 0.5) * np.sin(x * 0.523)
    return texture.lit(base.reduce(2), knit * texture.emboss(mask, 1.6, 16) * (1 + 0.16 * np.exp(-(((x - cx + 26) / 46) ** 2)) * (y < 480)))


def hat(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A felt hat: a domed crown of pressed wool, dented a little, on paper."""
    tone = [(176, 140, 98), (70, 52, 42), (214, 200, 172), (120, 112, 104), (38, 34, 34)][rng.integers(5)]
    high, half = rng.uniform(330, 430), rng.uniform(230, 270)
    t = np.linspace(0, 1, 60)
    dome = half * np.clip(np.sqrt(1 - (1 - np.clip(t / 0.55, 0, 1)) ** 2.4), 0.05, 1) * (1 + 0.10 * np.clip(t - 0.5, 0, 1))
    top = int(760 - high)
    radius = lathe.profile(list(zip(t, dome, strict=True)), top, 760)
    skin = Image.fromarray(np.clip(np.array(tone) * (1 + 0.05 * texture.noise(rng, 4) + 0.06 * texture.noise(rng, 60))[:800, :, None], 0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(skin)
    if rng.random() < 0.6:
        draw.rectangle([0, 670, SIDE, 740], fill=mix(tone, d.ground, 0.75))
        for x in range(0, SIDE, 60):
            put(draw, star(4, 0.5), x, 705, 24, d.gold)
    a = rng.uniform(0, 6)
    return lathe.present(rng, radius, top, skin, lathe.MATT, bump=lambda u, v: (0.10 * np.sin(u * 6 + v * 5 + a), 0.08 * np.sin(v * 7 + u * 3 + a)))


def dress(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A local dress laid open: full skirt with bands, straight sleeves, an embroidered yoke."""
    flare, length = rng.uniform(270, 350), rng.uniform(880, 930)
    right = [(44, 110), (110, 130), (300, 330), (372, 420), (318, 480), (200, 380), (130, 330), (138, 460), (flare, length)]
    points = [(500 + x, y) for x, y in right] + [(500 - x, y) for x, y in right[::-1]]
    mask = studio.smooth(lambda draw, s: draw.polygon([v * s for p in points for v in p], fill=255))
    cloth = silks.bolt(rng, d, "silk") if rng.random() < 0.5 else Image.new("RGB", (SIDE, SIDE), d.ground)
    design = np.asarray(needle.needlework(rng, d, ""))
    panel = Image.fromarray(design)
    for box in ((420, 100, 580, 440), (0, int(length) - 130, SIDE, int(length) - 40), (160, 300, 230, 520), (770, 300, 840, 520)):
        cloth.paste(panel.crop((0, 0, box[2] - box[0], box[3] - box[1])), box[:2])
    x, y = texture.grid()
    pleat = np.sin((x - 500) / (60 + np.clip(y - 450, 0, 600) * 0.16) * 6) * np.clip((y - 440) / 260, 0, 1)
    gain = texture.emboss(mask, 1.2, 9) * (1 + 0.15 * pleat) * texture.cloth("tabby", rng)
    neck = studio.smooth(lambda draw, s: draw.ellipse([450 * s, 86 * s, 550 * s, 176 * s], fill=255))
    return studio.lay(studio.paper(rng), texture.lit(cloth, gain), ImageChops.subtract(mask, neck))


def face_mask(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """The southern burqa: a stiff mask with two openings and a ridge, edged in gold thread and worked with needle."""
    drop = rng.uniform(0, 70)
    points = [(170, 330), (500, 300 - drop * 0.3), (830, 330), (850, 470), (800, 640 + drop), (600, 690), (500, 760 + drop), (400, 690), (200, 640 + drop), (150, 470)]
    outline = studio.smooth(lambda draw, s: draw.polygon(_smoothed(points, s), fill=255))
    inner = studio.smooth(lambda draw, s: draw.polygon(_smoothed([(500 + (x - 500) * 0.93, 500 + (y - 500) * 0.90) for x, y in points], s), fill=255))
    def eyes(draw, s):
        for sign in (-1, 1):
            c = 500 + sign * 165
            draw.polygon(_smoothed([(c - 110, 470), (c, 432), (c + 110, 470), (c, 512)], s), fill=255)
    holes = studio.smooth(eyes)
    face = needle.needlework(rng, d, "") if rng.random() < 0.5 else texture.lit(Image.new("RGB", (SIDE, SIDE), d.ground), texture.cloth("twill", rng))
    x, y = texture.grid()
    gold = texture.lit(Image.new("RGB", (SIDE, SIDE), (212, 168, 82)), 1 + 0.25 * np.sin((x - y) * 1.2))
    thing = gold.copy()
    thing.paste(texture.lit(face, 1 + 0.3 * np.exp(-(((x - 494) / 22) ** 2)) - 0.25 * np.exp(-(((x - 520) / 16) ** 2))), (0, 0), inner)
    ring = holes.resize((SIDE, SIDE), box=(-0.0, 0, SIDE, SIDE))
    wide = studio.smooth(lambda draw, s: [draw.polygon(_smoothed([(c - 136, 470), (c, 412), (c + 136, 470), (c, 530)], s), fill=255) for c in (335, 665)])
    thing.paste(gold, (0, 0), wide)
    mask = ImageChops.subtract(outline, ring)
    back = studio.paper(rng)
    strings = studio.smooth(lambda draw, s: [draw.line([v * s for v in p], fill=255, width=10 * s) for p in ((170, 345, 40, 260), (830, 345, 960, 260))])
    studio.lay(back, gold, strings, drop=10, blur=8)
    return studio.lay(back, texture.lit(thing, texture.emboss(mask, 1.2, 6)), mask)


def tar(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A tar with its double bowl and skin, or a setar with its pear-shaped wooden belly, laid aslant."""
    big = variant == "tar"
    body = [(500, 560), (590, 580), (606, 640), (560, 690), (640, 740), (664, 830), (600, 920), (500, 944), (400, 920), (336, 830), (360, 740), (440, 690), (394, 640), (410, 580)] \
        if big else [(500, 600), (550, 680), (612, 780), (616, 870), (560, 940), (500, 950), (440, 940), (384, 870), (388, 780), (450, 680)]
    bowl = _shape(body)
    skin = _shape([(500 + (x - 500) * 0.86, (780 if not big else 760) + (y - (780 if not big else 760)) * 0.9) for x, y in body])
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
    face = texture.lit(Image.new("RGB", (SIDE, SIDE), (228, 208, 170)), 1 + 0.04 * texture.noise(rng, 60) + 0.02 * texture.noise(rng, 4)) if big else wood.plank(rng, "plane", True)
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
    face = texture.lit(Image.new("RGB", (SIDE, SIDE), (232, 214, 178)), 1 + 0.05 * texture.noise(rng, 90) + 0.02 * texture.noise(rng, 4) - 0.22 * np.exp(-(((r - radius * 0.9) / 26) ** 2)))
    if rng.random() < 0.65:
        def paint(draw, s):
            plates.rings(rng, draw, s, radius * rng.uniform(0.4, 0.72), fields.pens(d), d.border, int(rng.integers(2, 4)))
        ornament = studio.smooth(paint, 2, "RGB", (255, 255, 255))
        face = ImageChops.multiply(face, ornament)
    hoop = np.abs(r - radius * 0.97) < radius * 0.035
    rim = texture.lit(wood.plank(rng, str(rng.choice(["walnut", "jujube", "betel"]))), 1.1 + 0.45 * np.cos(t + 2.3) * np.sign(radius * 0.97 - r))
    face.paste(rim, (0, 0), Image.fromarray((hoop * 255).astype(np.uint8)))
    draw = ImageDraw.Draw(face)
    for k in range(36):
        a = k * np.pi / 18
        x, y = 500 + radius * 0.97 * np.cos(a), 500 + radius * 0.97 * np.sin(a)
        draw.ellipse([x - 6, y - 6, x + 6, y + 6], fill=(206, 168, 92), outline=(90, 64, 30))
    return studio.lay(studio.paper(rng), face, plates.round_mask(radius), drop=36, blur=34)
