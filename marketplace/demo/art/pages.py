"""Pages: illumination, pen drawing and miniature painting on laid paper."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import fields, studio, texture
from .motifs import Pen, bird, cypress, flower, leaf, put, toranj
from .palette import Scheme, mix
from .texture import SIDE


def laid_paper(rng: np.random.Generator, tone: tuple[int, int, int]) -> Image.Image:
    """Hand-laid paper: chain lines, fibres, cloudy pulp."""
    x, y = texture.grid()
    gain = (
        1
        + 0.012 * np.sin(y * 0.8)
        + 0.02 * np.exp(-(((x % 110 - 55) / 2) ** 2))
        + 0.022 * texture.noise(rng, 90)
        + 0.02 * texture.noise(rng, 4)
    )
    return texture.lit(Image.new("RGB", (SIDE, SIDE), tone), gain * texture.falloff())


def tazhib(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Illumination: lapis and gold fields with fine scrolls, a rayed shamseh on laid paper; or a full carpet page."""
    leafy = Scheme(d.ground, (26, 52, 116), (30, 26, 40), (244, 236, 214), d.a, d.b, d.c, (214, 170, 78), d.fa, d.en)
    full = fields.garden(rng, leafy, (28, 54, 120) if variant == "page" else d.ground)
    gilt = 1 + 0.04 * texture.noise(rng, 3)
    if variant == "page":
        return texture.lit(full, gilt * texture.falloff() * texture.emboss(full.convert("L"), 0.18, 1.2))
    page = laid_paper(rng, (238, 226, 198))
    size, lobes = float(rng.uniform(280, 330)), int(rng.choice([12, 16, 20]))
    ink, gold = (40, 66, 124), (200, 152, 66)

    def shamseh(draw, s):
        for k in range(lobes * 2):
            t = (k + 0.5) * np.pi / lobes
            reach = size * (1.42 if k % 2 else 1.3)
            c, sn = np.cos(t), np.sin(t)
            draw.line(
                [(500 + size * c) * s, (500 + size * sn) * s, (500 + reach * c) * s, (500 + reach * sn) * s],
                fill=ink,
                width=2 * s,
            )
            put(
                draw,
                toranj(4, 0.35, 1.4),
                (500 + reach * 0.94 * c) * s,
                (500 + reach * 0.94 * sn) * s,
                11 * s,
                ink if k % 2 else gold,
                t + np.pi / 2,
            )
        put(draw, toranj(lobes, 0.1), 500 * s, 500 * s, size * 1.06 * s, ink)
        put(draw, toranj(lobes, 0.1), 500 * s, 500 * s, size * 1.03 * s, gold)

    overlay = studio.smooth(shamseh, 2, "RGB", (238, 226, 198))
    page = ImageChops.multiply(page, overlay.point(lambda v: min(255, int(v * 1.08))))
    mask = studio.smooth(lambda draw, s: put(draw, toranj(lobes, 0.1), 500 * s, 500 * s, size * s, 255))
    page.paste(texture.lit(full, gilt), (0, 0), mask)
    return page


def drawing(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Traditional drawing and tash'ir: scrolls, beasts and birds in one ink with a touch of gold on tinted paper."""
    tone = [(236, 224, 196), (214, 196, 160), (222, 214, 196), (186, 200, 196)][rng.integers(4)]
    ink = [(70, 44, 34), (40, 52, 88), (60, 60, 56)][rng.integers(3)]
    gold = (188, 140, 58)
    pale = mix(tone, ink, 0.18)
    pens = [
        Pen(ink, mix(tone, ink, 0.6), pale, gold if variant == "tashir" else tone),
        Pen(ink, gold if variant == "tashir" else ink, tone, pale),
    ]
    base = fields.garden(
        rng,
        Scheme(tone, mix(tone, ink, 0.25), ink, tone, pale, gold, ink, gold, d.fa, d.en),
        tone,
        pens * 2,
        medallion=variant != "tashir",
        edge=variant != "tashir",
    )
    if variant == "tashir":
        draw = ImageDraw.Draw(base)
        for x, y, way in ((330, 300, 1), (670, 380, -1), (300, 700, 1), (690, 680, -1), (500, 520, 1)):
            size = float(rng.uniform(70, 110))
            put(draw, bird(), x, y, size * 1.05, ink, 0, way)
            put(draw, bird(), x, y, size * 0.97, mix(tone, gold, 0.6), 0, way)
            put(
                draw,
                leaf(0.34, -0.2),
                x + way * size * 0.3,
                y,
                size * 0.9,
                ink,
                np.pi * 0.86 if way > 0 else np.pi * 0.14,
            )
    page = laid_paper(rng, (255, 255, 255))
    return ImageChops.multiply(base, page)


def miniature(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A garden page: gold sky, layered rocks, cypresses and blossom by a stream, ruled margins of illumination."""
    sheet = Image.new("RGB", (2 * SIDE, 2 * SIDE), (222, 178, 86) if rng.random() < 0.6 else (62, 104, 160))
    draw = ImageDraw.Draw(sheet)
    hills = [(206, 172, 190), (168, 186, 200), (140, 170, 130), (214, 196, 150), (96, 140, 96)]
    rng.shuffle(hills)
    x = np.linspace(0, 2000, 200)
    for k, tone in enumerate(hills[:4]):
        crest = 620 + k * 260 + 110 * np.sin(x / rng.uniform(180, 360) + rng.uniform(0, 6)) + 30 * np.sin(x / 60 + k)
        draw.polygon(
            [*np.stack([x, crest], 1).ravel().tolist(), 2000, 2000, 0, 2000],
            fill=tone,
            outline=mix(tone, (60, 40, 60), 0.5),
        )
        for px in rng.uniform(0, 2000, 26):
            py = float(np.interp(px, x, crest)) + rng.uniform(20, 230)
            flower(
                draw,
                px,
                py,
                rng.uniform(9, 20),
                Pen((40, 70, 50), (40, 90, 60), [d.a, (230, 90, 80), (250, 240, 220)][rng.integers(3)], d.gold),
                5,
            )
        for px in rng.uniform(100, 1900, 2):
            py, high = float(np.interp(px, x, crest)), rng.uniform(230, 420) * (1 + k * 0.16)
            if rng.random() < 0.5:
                put(draw, cypress(), px, py - high * 0.4, (high * 0.5, high * 0.55), (24, 52, 40))
                put(draw, cypress(), px, py - high * 0.4, (high * 0.42, high * 0.52), (40, 92, 62))
            else:
                _blossom(draw, rng, px, py, high)
    stream = 1500 + 60 * np.sin(x / 200)
    draw.polygon(
        [
            *np.stack([x, stream], 1).ravel().tolist(),
            *np.stack([x, stream + 110 + 30 * np.sin(x / 130)], 1)[::-1].ravel().tolist(),
        ],
        fill=(150, 176, 190),
        outline=(70, 90, 120),
    )
    for k in range(2):
        px, way = rng.uniform(400, 1600), int(rng.choice([-1, 1]))
        put(draw, bird(), px, 1440 + 300 * k, 130, (40, 40, 60), 0, way)
        put(draw, bird(), px, 1440 + 300 * k, 120, d.a, 0, way)
    picture = sheet.reduce(2)
    page = fields.garden(
        rng,
        Scheme(
            (238, 224, 192), (32, 60, 124), (40, 30, 40), (244, 236, 214), d.a, d.b, d.c, (206, 160, 72), d.fa, d.en
        ),
        medallion=False,
    )
    inset = int(rng.integers(90, 170))
    ImageDraw.Draw(page).rectangle([inset - 8, inset - 8, SIDE - inset + 8, SIDE - inset + 8], fill=(206, 160, 72))
    page.paste(picture.crop((inset, inset, SIDE - inset, SIDE - inset)), (inset, inset))
    return texture.lit(page, texture.falloff() * (1 + 0.02 * texture.noise(rng, 3) + 0.02 * texture.noise(rng, 50)))


def _blossom(draw, rng, x: float, y: float, high: float) -> None:
    draw.line([x, y, x + 10, y - high * 0.5, x - 16, y - high * 0.9], fill=(84, 58, 46), width=16, joint="curve")
    for _ in range(26):
        t, r = rng.uniform(0, 2 * np.pi), high * 0.34 * rng.uniform(0.2, 1)
        flower(
            draw,
            x + r * np.cos(t),
            y - high * 0.8 + r * np.sin(t),
            rng.uniform(14, 24),
            Pen((170, 90, 110), (90, 120, 80), (248, 224, 226), (220, 120, 140)),
            5,
        )
