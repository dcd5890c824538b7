"""Leather and paper as things: covers, bags, coats, books and sheets."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from . import fields, studio, texture
from .motifs import leaf, put, spiral, star
from .pages import laid_paper
from .palette import Scheme, mix
from .texture import SIDE


def _leather(rng: np.random.Generator, colour: tuple[int, int, int]) -> Image.Image:
    pores = texture.noise(rng, 7) * texture.noise(rng, 11)
    return texture.lit(
        Image.new("RGB", (SIDE, SIDE), colour),
        (1 + 0.045 * pores + 0.05 * texture.noise(rng, 120) + 0.02 * texture.noise(rng, 3)) * texture.falloff(),
    )


def tooled(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Tooled leather or a sukht cover: medallion and corners pressed in with hot brass, gilt, stitched at the edge."""
    height = ImageChops.invert(fields.garden(rng, d, 0, fields.greys(90), "L", medallion=True))
    tone = mix(d.ground, (24, 14, 10), 0.4) if variant == "gilt" else d.ground
    face = texture.lit(_leather(rng, tone), texture.emboss(height, 1.2, 2.2))
    if variant == "gilt":
        gold = ImageChops.invert(height).point(lambda v: min(230, max(0, v - 120) * 3))
        leafed = texture.lit(
            Image.new("RGB", (SIDE, SIDE), (212, 168, 84)),
            (1 + 0.16 * texture.noise(rng, 90) + 0.06 * texture.noise(rng, 3)) * texture.emboss(height, 0.8, 1.5),
        )
        face.paste(leafed, (0, 0), gold)
    if variant == "bag":
        return _satchel(rng, face)
    stitch = ImageDraw.Draw(face)
    for k in range(24, SIDE - 24, 22):
        for a, b, c, e in (
            (k, 22, k + 13, 25),
            (k, SIDE - 25, k + 13, SIDE - 22),
            (22, k, 25, k + 13),
            (SIDE - 25, k, SIDE - 22, k + 13),
        ):
            stitch.rectangle([a, b, c, e], fill=mix(d.light, d.ground, 0.2))
    return face


def _satchel(rng: np.random.Generator, face: Image.Image) -> Image.Image:
    def outline(draw, s):
        draw.arc([300 * s, 90 * s, 700 * s, 640 * s], 180, 360, fill=255, width=34 * s)
        draw.rounded_rectangle([160 * s, 330 * s, 840 * s, 880 * s], 60 * s, fill=255)

    def flap(draw, s):
        draw.rounded_rectangle([150 * s, 320 * s, 850 * s, 640 * s], 60 * s, fill=255)
        draw.ellipse([330 * s, 520 * s, 670 * s, 740 * s], fill=255)

    body, lid = studio.smooth(outline), studio.smooth(flap)
    back = studio.lay(studio.paper(rng), texture.lit(face, 0.9 * texture.emboss(body, 1.3, 9)), body)
    small = face.resize((720, 720)).crop((0, 130, 720, 590))
    top = face.copy()
    top.paste(small, (140, 310))
    studio.lay(back, texture.lit(top, texture.emboss(lid, 1.3, 6)), lid, drop=12, blur=12)
    clasp = studio.smooth(
        lambda draw, s: draw.rounded_rectangle([468 * s, 670 * s, 532 * s, 760 * s], 16 * s, fill=255)
    )
    brass = texture.lit(Image.new("RGB", (SIDE, SIDE), (204, 166, 92)), texture.emboss(clasp, 1.8, 5))
    return studio.lay(back, brass, clasp, drop=8, blur=6)


def sheepskin(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A sheepskin coat's front: embroidered suede with fleece turned out at the opening and hem."""
    tone = [(196, 138, 76), (168, 108, 60), (214, 168, 108)][rng.integers(3)]
    base = Image.new("RGB", (2 * SIDE, 2 * SIDE), tone)
    draw = ImageDraw.Draw(base)
    pens = fields.pens(d)
    for sign in (-1, 1):
        for k in range(6):
            spiral(
                draw,
                1000 + sign * 420,
                180 + k * 300,
                150,
                k * 1.3,
                pens[k % 3],
                sign,
                1.3,
                8,
                "flower" if k % 2 else "lotus",
            )
        for y in range(0, 2000, 60):
            put(draw, star(4, 0.4), 1000 + sign * 230, y, 24, d.a)
            put(draw, star(4, 0.4), 1000 + sign * 650, y, 24, d.border)
    suede = texture.lit(base.reduce(2), texture.cloth("felt", rng))
    x, y = texture.grid()
    curl = texture.noise(rng, 12) * 0.12 + texture.noise(rng, 22) * 0.14 + texture.noise(rng, 5) * 0.05
    fleece = texture.lit(
        Image.new("RGB", (SIDE, SIDE), (236, 224, 200)), texture.relief(curl * 3, 1.6) * (1 + curl * 0.4)
    )
    edge = 78 + 18 * texture.noise(rng, 26)
    wool = (np.abs(x - 500) < edge) | (y > 1000 - edge * 1.5)
    mask = Image.fromarray((wool * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(2.5))
    return studio.lay(suede, fleece, mask, drop=10, blur=14)


def marbled(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Bookbinding: marbled boards with a leather spine and corners; or a sheaf of hand-made paper."""
    if variant == "sheaf":
        return _sheaf(rng, d)
    x, y = texture.grid()
    flow = texture.noise(rng, 160) * 2 + texture.noise(rng, 60) + 1.6 * np.sin(x / 46 + 2 * np.sin(y / 90)) * 0.5
    comb = np.sin(flow * 4 + np.sin(y / 30 + texture.noise(rng, 220)) * 2)
    table = np.array([d.ground, d.light, d.a, d.gold, d.border], np.uint8)
    board = Image.fromarray(table[np.clip(((comb + 1) * 2.5).astype(np.int32), 0, 4)]).filter(
        ImageFilter.GaussianBlur(0.8)
    )
    hide = _leather(rng, mix(d.border, (60, 34, 22), 0.5))

    def leather(draw, s):
        draw.rectangle([0, 0, 210 * s, 1000 * s], fill=255)
        draw.polygon([800 * s, 60 * s, 960 * s, 60 * s, 960 * s, 240 * s], fill=255)
        draw.polygon([800 * s, 940 * s, 960 * s, 940 * s, 960 * s, 760 * s], fill=255)

    part = studio.smooth(leather)
    board = studio.lay(board, hide, part, drop=4, blur=5)
    pen = ImageDraw.Draw(board)
    for at in range(160, 900, 150):
        for k, fill in ((0, mix(d.border, (20, 10, 8), 0.7)), (8, (206, 164, 84)), (34, (206, 164, 84))):
            pen.rectangle([100, at + k, 206, at + k + 4], fill=fill)
    book = studio.smooth(lambda draw, s: draw.rounded_rectangle([110 * s, 60 * s, 870 * s, 940 * s], 14 * s, fill=255))
    gain = texture.emboss(book, 1.2, 5) * (
        1 + 0.34 * np.exp(-(((x - 142) / 26) ** 2)) - 0.4 * np.exp(-(((x - 205) / 7) ** 2))
    )
    return studio.lay(studio.paper(rng), texture.lit(board, gain), book, drop=34, blur=28)


def _sheaf(rng: np.random.Generator, d: Scheme) -> Image.Image:
    back = studio.paper(rng)
    for k in range(int(rng.integers(3, 6))):
        tone = mix((240, 230, 204), [d.ground, d.a, d.b, d.light][k % 4], rng.uniform(0.12, 0.5))
        sheet = laid_paper(rng, tone)
        wobble = 7 * texture.noise(rng, 24)
        x, y = texture.grid()
        ragged = (np.abs(x - 500) + wobble < 330) & (np.abs(y - 500) + wobble < 400)
        mask = (
            Image.fromarray((ragged * 255).astype(np.uint8))
            .filter(ImageFilter.GaussianBlur(1.2))
            .rotate(float(rng.uniform(-16, 16)), Image.Resampling.BICUBIC)
        )
        specks = ImageDraw.Draw(sheet)
        for px, py in rng.uniform(0, SIDE, (40, 2)):
            put(specks, leaf(0.3), px, py, rng.uniform(6, 26), mix(tone, d.c, 0.7), rng.uniform(0, 6))
        studio.lay(back, sheet, mask, drop=12, blur=14)
    return back
