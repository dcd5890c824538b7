"""Long things laid aslant on cloth or stood on paper: knives, locks, standards."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import studio, texture
from .motifs import Pen, bird, boteh, cypress, flower, put, toranj
from .palette import Scheme, mix
from .texture import SIDE

HORN = ((226, 214, 190), (70, 46, 34), (34, 30, 30), (150, 96, 58), (196, 160, 116))


def turned(image: Image.Image, degrees: float) -> Image.Image:
    """A layer turned about the middle of the canvas."""
    return image.rotate(degrees, Image.Resampling.BICUBIC)


def _smoothed(points: list[tuple[float, float]], s: int) -> list[float]:
    """A closed curve through control points (periodic Catmull-Rom), scaled."""
    p = np.array(points, np.float32)
    a, b, c, e = (np.roll(p, k, 0)[:, None] for k in (1, 0, -1, -2))
    t = np.linspace(0, 1, 14, endpoint=False)[None, :, None]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - e) * t**2 + (3 * b - a - 3 * c + e) * t**3)
    return (curve.reshape(-1, 2) * s).ravel().tolist()


def _blade_points(rng: np.random.Generator, start: float, tip: float) -> list[tuple[float, float]]:
    belly, back = rng.uniform(58, 92), rng.uniform(34, 56)
    drop = rng.uniform(-34, 40)
    t = np.linspace(0, 1, 24)
    top = 500 - back * (1 - t**3) + drop * t**2
    low = 500 + belly * np.sqrt(np.clip(1 - t ** rng.uniform(2.4, 4), 0, 1)) + drop * t**2
    x = start + (tip - start) * t
    return [*zip(x, top, strict=True), *zip(x[::-1], low[::-1], strict=True)]


def _handle_points(rng: np.random.Generator, end: float, start: float) -> list[tuple[float, float]]:
    w = rng.uniform(52, 66)
    hook = rng.uniform(0, 46)
    mid = (end + start) / 2
    return [
        (start, 500 - w * 0.8),
        (mid, 500 - w * 0.72),
        (end + 40, 500 - w),
        (end, 500 - w * 0.3 + hook),
        (end + 10, 500 + w * 0.9 + hook),
        (end + 60, 500 + w),
        (mid, 500 + w * 0.78),
        (start, 500 + w * 0.85),
    ]


def knife(rng: np.random.Generator, d: Scheme) -> Image.Image:
    """A knife with a ground blade, brass bolster and a horn or bone handle engraved and pinned."""
    joint, end, tip = rng.uniform(380, 430), rng.uniform(60, 100), rng.uniform(900, 950)
    edge = _blade_points(rng, joint, tip)
    grip = _handle_points(rng, end, joint)
    steel = studio.smooth(lambda draw, s: draw.polygon([v * s for p in edge for v in p], fill=255))
    horn = studio.smooth(lambda draw, s: draw.polygon(_smoothed(grip, s), fill=255))
    bolster = studio.smooth(
        lambda draw, s: draw.rounded_rectangle([(joint - 22) * s, 432 * s, (joint + 26) * s, 572 * s], 10 * s, fill=255)
    )
    thing = _steel(rng, joint)
    thing.paste(_horn(rng, d, joint, end, horn), (0, 0), horn)
    brass = texture.lit(
        Image.new("RGB", (SIDE, SIDE), (204, 164, 92)), _barrel(502, 74) * texture.emboss(bolster, 1.4, 3)
    )
    thing.paste(brass, (0, 0), bolster)
    mask = ImageChops.lighter(ImageChops.lighter(steel, horn), bolster)
    angle = float(rng.uniform(18, 48)) * rng.choice([-1, 1])
    back = studio.cloth_table(rng, mix(d.ground, (120, 112, 100), 0.3))
    return studio.lay(back, turned(thing, angle), turned(mask, angle), drop=16, blur=16, strength=0.6)


def _barrel(y0: float, half: float) -> np.ndarray:
    _, y = texture.grid()
    u = np.clip((y - y0) / half, -1, 1)
    return (1.12 - 0.5 * u - 0.35 * u * u + 0.5 * np.exp(-(((u + 0.4) / 0.16) ** 2))) * np.ones((1, SIDE), np.float32)


def _steel(rng: np.random.Generator, joint: float) -> Image.Image:
    x, y = texture.grid()
    bevel = 512 + 14 * np.sin(x / 260)
    damask = rng.random() < 0.5
    body = np.where(y < bevel, 0.84 + 0.10 * np.sin(x / 90 + 1), 1.16 - 0.12 * np.sin(x / 130)) + 0.025 * texture.noise(
        rng, 90, 2
    )
    if damask:
        body = body + 0.07 * np.sin((texture.noise(rng, 50, 16) * 1.6 + texture.noise(rng, 120, 40) * 2) * 5)
    body = body + 0.5 * np.exp(-(((y - bevel) / 1.6) ** 2)) + 0.22 * np.exp(-(((x - joint - 260) / 70) ** 2))
    return texture.lit(Image.new("RGB", (SIDE, SIDE), (176, 180, 186)), body.astype(np.float32))


def _horn(rng: np.random.Generator, d: Scheme, joint: float, end: float, mask: Image.Image) -> Image.Image:
    colour = HORN[rng.integers(len(HORN))]
    face = Image.new("RGB", (2 * SIDE, 2 * SIDE), colour)
    draw = ImageDraw.Draw(face)
    ink = mix(colour, (16, 10, 8), 0.75) if sum(colour) > 300 else (206, 172, 104)
    kind = rng.integers(3)
    for k, x in enumerate(np.linspace(end + 60, joint - 50, 7)):
        if kind == 0:
            flower(draw, 2 * x, 1000, 34, Pen(ink, ink, colour, d.a), 6)
        elif kind == 1:
            put(draw, toranj(4, 0.3), 2 * x, 1000, (36, 48), ink)
            put(draw, toranj(4, 0.3), 2 * x, 1000, (26, 36), d.b if k % 2 else d.a)
        else:
            for y in (955, 1000, 1045):
                draw.ellipse([2 * x - 9, y - 9, 2 * x + 9, y + 9], fill=ink)
                draw.ellipse([2 * x - 5, y - 5, 2 * x + 5, y + 5], fill=colour)
    for x in np.linspace(end + 90, joint - 70, 3):
        draw.ellipse([2 * x - 12, 988, 2 * x + 12, 1012], fill=(210, 176, 104), outline=(80, 60, 30), width=3)
    for x in (end + 40, joint - 34):
        draw.rectangle([2 * x - 7, 860, 2 * x + 7, 1140], fill=(206, 172, 104))
    return texture.lit(
        face.reduce(2), _barrel(504, 64) * (1 + 0.06 * texture.noise(rng, 60, 8)) * texture.emboss(mask, 1.0, 5)
    )


def lock(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A padlock in the shape of an animal, barrel or box, with its bow and key."""
    beast = rng.random() < 0.5
    colour = [(150, 140, 120), (196, 160, 92), (120, 118, 116)][rng.integers(3)]

    def bow(draw, s):
        draw.arc([330 * s, 230 * s, 670 * s, 640 * s], 180, 360, fill=255, width=44 * s)
        draw.rectangle([330 * s, 430 * s, 374 * s, 560 * s], fill=255)
        draw.rectangle([626 * s, 430 * s, 670 * s, 560 * s], fill=255)

    def body(draw, s):
        draw.rounded_rectangle([250 * s, 500 * s, 750 * s, 700 * s], (100 if not beast else 70) * s, fill=255)
        if beast:
            draw.polygon(
                _smoothed([(720, 520), (770, 420), (850, 400), (905, 450), (860, 490), (800, 600), (740, 640)], s),
                fill=255,
            )
            draw.polygon(
                _smoothed([(270, 540), (200, 500), (150, 560), (170, 640), (190, 580), (260, 620)], s), fill=255
            )
            for x in (310, 400, 590, 680):
                draw.polygon(
                    [(x - 26) * s, 660 * s, (x + 26) * s, 660 * s, (x + 16) * s, 800 * s, (x - 16) * s, 800 * s],
                    fill=255,
                )
        draw.rounded_rectangle([300 * s, 830 * s, 640 * s, 856 * s], 10 * s, fill=255)
        draw.ellipse([200 * s, 790 * s, 310 * s, 896 * s], fill=255)
        draw.ellipse([228 * s, 818 * s, 282 * s, 868 * s], fill=0)
        draw.rectangle([590 * s, 850 * s, 640 * s, 890 * s], fill=255)

    hoop, trunk = studio.smooth(bow), studio.smooth(body)
    mask = ImageChops.lighter(hoop, trunk)
    line = Image.new("L", (SIDE * 2, SIDE * 2), 128)
    draw = ImageDraw.Draw(line)
    for k, x in enumerate(range(330, 700, 85)):
        flower(draw, 2 * x, 1200, 62, Pen(60, 110, 190, 160), 6 + k % 3)
    for y in (1060, 1340):
        draw.line([560, y, 1440, y], fill=60, width=8)
    gain = (
        texture.emboss(mask, 1.6, 12)
        * texture.emboss(line.reduce(2), 0.9, 2)
        * (1 + 0.06 * texture.noise(rng, 30) + 0.04 * texture.noise(rng, 4))
    )
    x, y = texture.grid()
    gain = gain * (1.05 - 0.25 * np.clip((y - 600) / 100, -1, 1) ** 2 * ((y > 500) & (y < 700)))
    return studio.lay(
        studio.paper(rng), texture.lit(Image.new("RGB", (SIDE, SIDE), colour), gain), mask, drop=24, blur=22
    )


def standard(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """An alamat: a row of springing steel blades, cypress-shaped and pierced, on a bar with birds and cups."""
    tall, count = rng.uniform(0.92, 1.05), int(rng.choice([3, 5]))
    spread = np.linspace(-1, 1, count)

    def paint(draw, s):
        for u in spread:
            high = (620 - 230 * abs(u)) * tall
            x, y = (500 + u * 300) * s, (700 - high / 2) * s
            put(draw, cypress(), x, y, (high * 0.34 * s, high * 0.5 * s), 255)
            put(draw, cypress(), x, y + high * 0.08 * s, (high * 0.2 * s, high * 0.34 * s), 0)
            flower(draw, x, y + high * 0.2 * s, high * 0.085 * s, Pen(255, 255, 255, 90), 8)
            put(draw, boteh(), x, y - high * 0.02 * s, high * 0.09 * s, 255)
        draw.rounded_rectangle([140 * s, 690 * s, 860 * s, 744 * s], 20 * s, fill=255)
        draw.rectangle([478 * s, 740 * s, 522 * s, 960 * s], fill=255)
        for sign in (-1, 1):
            put(draw, bird(), (500 + sign * 160) * s, 660 * s, 66 * s, 255, 0, sign)
            put(draw, toranj(8, 0.2, 1.4), (500 + sign * 240) * s, 800 * s, 46 * s, 255)

    mask = studio.smooth(paint)
    x, y = texture.grid()
    gain = texture.emboss(mask, 1.5, 4) * (1 + 0.12 * np.sin(x / 40 + y / 120) + 0.03 * texture.noise(rng, 3, 60))
    colour = [(178, 182, 186), (206, 168, 96)][rng.integers(2)]
    return studio.lay(
        studio.paper(rng), texture.lit(Image.new("RGB", (SIDE, SIDE), colour), gain), mask, drop=26, blur=20
    )
