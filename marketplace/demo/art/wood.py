"""Wood, bone and shell: khatam, marquetry, carving, lattice, turning and inlay."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import fields, girih, lathe, studio, texture
from .clay import TALL, WIDE
from .motifs import Pen, bird, flower, leaf, put, star, toranj
from .palette import Scheme, mix
from .texture import SIDE

TIMBERS = {
    "walnut": (104, 66, 42),
    "pear": (186, 128, 86),
    "plane": (206, 166, 120),
    "ebony": (44, 34, 30),
    "jujube": (142, 66, 40),
    "orange": (222, 184, 118),
    "betel": (160, 104, 62),
    "maple": (232, 208, 168),
}


def figure(rng: np.random.Generator, upright: bool = False) -> np.ndarray:
    """Gain of planed timber: long fibre, wandering rings and pores."""
    long, short = (9, 260) if upright else (260, 9)
    rings = np.sin(texture.noise(rng, *((60, 500) if upright else (500, 60))) * 7)
    return (
        1
        + 0.07 * texture.noise(rng, long, short)
        + 0.05 * rings
        + 0.035 * texture.noise(rng, *((2, 40) if upright else (40, 2)))
    )


def plank(rng: np.random.Generator, name: str, upright: bool = False) -> Image.Image:
    """A sheet of one timber."""
    return texture.lit(Image.new("RGB", (SIDE, SIDE), TIMBERS[name]), figure(rng, upright))


def khatam(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Khatam: rods of brass, bone and dyed wood cut across, six-pointed stars in hexagons, within banded borders."""
    side = 120
    wide, high = side * 3, round(side * 3**0.5)
    red, green, bone, brass, dark = (150, 46, 34), (46, 96, 66), (236, 224, 196), (206, 166, 84), (40, 28, 24)
    accents = [red, green][:: int(rng.choice([1, -1]))]

    def paint(draw):
        for x, y in ((0, 0), (wide, 0), (0, high), (wide, high), (wide / 2, high / 2)):
            put(draw, star(6, 0.577), x, y, side * 0.98, brass)
            put(draw, star(6, 0.577), x, y, side * 0.90, dark)
            put(draw, star(6, 0.577), x, y, side * 0.80, bone)
            for k in range(6):
                t = k * np.pi / 3 + np.pi / 6
                put(
                    draw,
                    star(3, 0.5),
                    x + side * 0.38 * np.cos(t),
                    y + side * 0.38 * np.sin(t),
                    side * 0.16,
                    accents[0],
                    t + np.pi / 2,
                )
            put(draw, star(6, 0.577), x, y, side * 0.30, brass)
            put(draw, star(6, 0.577), x, y, side * 0.22, accents[1])
        for x, y in ((wide / 2, 0), (wide / 2, high), (0, high / 2), (wide, high / 2)):
            put(draw, star(3, 0.5), x, y, side * 0.3, accents[1])

    base = fields.repeat(fields.cell(wide, high, dark, paint), int(rng.integers(9, 16)))
    _khatam_frame(base, rng, brass, dark, bone, accents[0], int(rng.integers(50, 110)))
    if rng.random() < 0.55:
        _panel(base, rng, d)
    gain = (1 + 0.07 * texture.noise(rng, 4) + 0.05 * texture.noise(rng, 40)) * texture.falloff()
    x, y = texture.grid()
    shine = 1 + 0.14 * np.exp(-(((x + y * 0.7 - rng.uniform(300, 1300)) / 130) ** 2))
    return texture.lit(base, gain * shine)


def _khatam_frame(base: Image.Image, rng, brass, dark, bone, red, wide: int) -> None:
    draw = ImageDraw.Draw(base)
    for inset, fill, w in (
        (0, dark, 12),
        (12, bone, 4),
        (16, red, 14),
        (30, bone, 4),
        (wide + 20, bone, 4),
        (wide + 24, dark, 10),
        (wide + 34, brass, 4),
    ):
        draw.rectangle([inset, inset, SIDE - 1 - inset, SIDE - 1 - inset], outline=fill, width=w)
    for k in range(0, SIDE, 20):
        for a, b in ((k, 23), (k, SIDE - 23), (23, k), (SIDE - 23, k)):
            draw.polygon([a - 7, b, a, b - 5, a + 7, b, a, b + 5], fill=bone)


def _panel(base: Image.Image, rng, d: Scheme) -> None:
    half = int(rng.integers(170, 260))
    panel = fields.garden(rng, d, edge=False).resize((2 * half, 2 * half), Image.Resampling.BOX)
    mask = Image.new("L", (4 * half, 4 * half))
    put(ImageDraw.Draw(mask), toranj(int(rng.choice([4, 8])), 0.18), 2 * half, 2 * half, 2 * half, 255)
    mask = mask.reduce(2)
    rim = mask.resize((2 * half + 28, 2 * half + 28))
    base.paste((206, 166, 84), (500 - half - 14, 500 - half - 14), rim)
    base.paste(panel, (500 - half, 500 - half), mask)


def marquetry(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Moaraq: a scene or scroll pieced from timbers of different colour, each with its own grain, in a dark ground."""
    names = list(rng.permutation(["pear", "plane", "jujube", "orange", "betel", "maple"]))
    tones = {n: TIMBERS[n] for n in names}
    base_wood = "ebony" if rng.random() < 0.5 else "walnut"
    t = [tones[n] for n in names]
    dark = TIMBERS[base_wood]
    scheme = Scheme(dark, t[0], mix(dark, (0, 0, 0), 0.5), t[4], t[1], t[2], (96, 108, 62), t[3], d.fa, d.en)
    if variant == "scene":
        base = _bird_scene(rng, scheme)
    else:
        base = fields.garden(rng, scheme, medallion=bool(rng.random() < 0.7))
    across, up = figure(rng), figure(rng, True)
    pick = np.asarray(base.convert("L")) // 16 % 2 == 0
    return texture.lit(base, np.where(pick, across, up) * texture.falloff())


def _branch(draw, rng, d: Scheme, stem: np.ndarray, size: float) -> None:
    for width, fill in ((44, d.line), (30, d.border)):
        draw.line(stem.ravel().tolist(), fill=fill, width=round(width * size), joint="curve")
    for i in range(4, 58, 3):
        side = 1 if i % 6 < 3 else -1
        turn = side * 1.1 - 0.7 + rng.normal(0, 0.2)
        for k, fill in ((1.0, d.line), (0.88, d.c if i % 4 else d.b)):
            put(draw, leaf(0.3, 0.3 * side), *stem[i], 270 * k * size, fill, turn)
        if i % 9 == 4:
            pen = Pen(d.line, d.c, (d.a, d.light, d.b)[i // 9 % 3], d.gold)
            bloom = size * float(rng.uniform(120, 180))
            flower(draw, stem[i, 0] + side * 200 * size, stem[i, 1] - 130 * size, bloom, pen, 7)


def _nightingale(draw, d: Scheme, x: float, y: float, size: float, way: int) -> None:
    turn = np.pi * 0.86 if way > 0 else np.pi * 0.14
    for k, fill in ((1.0, d.line), (0.93, d.light)):
        put(draw, bird(), x, y, size * k, fill, 0, way)
    for k, fill, belly in ((1.0, d.line, 0.37), (0.92, d.a, 0.33), (0.62, d.b, 0.26)):
        put(draw, leaf(belly, -0.2), x + way * size * 0.26, y + size * 0.03, size * 0.94 * k, fill, turn)
    eye = size * 0.04
    draw.ellipse(
        [x + way * size * 0.6 - eye, y - size * 0.56, x + way * size * 0.6 + eye, y - size * 0.56 + 2 * eye],
        fill=d.line,
    )


def _bird_scene(rng, d: Scheme) -> Image.Image:
    sheet = Image.new("RGB", (2 * SIDE, 2 * SIDE), d.ground)
    draw = ImageDraw.Draw(sheet)
    way = int(rng.choice([-1, 1]))
    t = np.linspace(0, 1, 60)
    phase = rng.uniform(0, 6)
    up = np.stack(
        [1000 + way * (-780 + 1350 * t + 90 * np.sin(t * 5 + phase)), 1840 - 1450 * t**0.8 + 100 * np.sin(t * 7)], 1
    )
    low = np.stack([1000 + way * (-700 + 1500 * t), 1800 - 640 * t**1.3 + 70 * np.sin(t * 6 + phase)], 1)
    _branch(draw, rng, d, low, 0.8)
    _branch(draw, rng, d, up, 1.0)
    _nightingale(draw, d, up[30, 0] - way * 60, up[30, 1] - 260, float(rng.uniform(330, 430)), way)
    if rng.random() < 0.5:
        _nightingale(draw, d, low[44, 0], low[44, 1] - 210, 260, -way)
    for inset, fill, w in ((0, d.border, 60), (60, d.gold, 8), (68, d.line, 14)):
        draw.rectangle([inset, inset, 2 * SIDE - inset, 2 * SIDE - inset], outline=fill, width=w)
    return sheet.reduce(2)


def carved(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Monabbat: scrolls standing out of a solid plank."""
    height = fields.garden(rng, d, 40, fields.greys(100), "L", medallion=bool(rng.random() < 0.7))
    ground = height.point(lambda v: 0 if v > 50 else 255).filter(ImageFilter.BoxBlur(2))
    gain = texture.emboss(height, 2.0, 3.2) * (1 - 0.42 * np.asarray(ground, np.float32) / 255)
    x, y = texture.grid()
    punched = 1 + 0.12 * (np.asarray(ground, np.float32) / 255) * np.sin(x * 0.9) * np.sin(y * 0.9)
    return texture.lit(
        plank(rng, str(rng.choice(["walnut", "pear", "betel", "jujube"]))), gain * punched * texture.falloff() * 1.12
    )


def fretwork(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Fretwork or joined girih: a lattice of sticks standing off paper or dark, its shadow behind."""
    points, across = int(rng.choice([6, 8, 10, 12])), int(rng.integers(2, 5))
    if variant == "fret":
        net = fields.garden(
            rng,
            d,
            0,
            [Pen(255, 255, 255, 60)] * 3,
            "L",
            medallion=bool(rng.random() < 0.5),
            weight=2.4,
            plan=fields.netted,
        )
    else:
        net = (
            fields.repeat(girih.girih_cell(points, [(0,) * 3] * 5, (255,) * 3, 1200 // across * 2), across)
            .convert("L")
            .filter(ImageFilter.MaxFilter(5))
        )
    frame = ImageDraw.Draw(net)
    frame.rectangle([0, 0, SIDE - 1, SIDE - 1], outline=255, width=44)
    timber = texture.lit(
        plank(rng, str(rng.choice(["walnut", "plane", "betel", "jujube"]))), texture.emboss(net, 1.5, 3) * 1.05
    )
    back = (
        studio.paper(rng)
        if rng.random() < 0.55
        else texture.lit(Image.new("RGB", (SIDE, SIDE), mix(d.ground, (30, 26, 24), 0.5)), texture.falloff())
    )
    return studio.lay(back, timber, net, drop=22, blur=12, strength=0.7)


def turnery(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Turned wood: beads and coves with rings of grain; or a dug-out bowl (lak) with burnt lines."""
    name = str(rng.choice(["walnut", "pear", "plane", "jujube", "betel"]))
    skin = Image.new("RGB", (WIDE, TALL), TIMBERS[name])
    draw = ImageDraw.Draw(skin)
    for y in rng.uniform(0.06, 0.94, 7) * TALL:
        draw.rectangle(
            [0, y, WIDE, y + int(rng.integers(4, 18))], fill=mix(TIMBERS[name], (20, 10, 6), rng.uniform(0.3, 0.7))
        )
    if rng.random() < 0.5:
        y = TALL * rng.uniform(0.35, 0.6)
        for x in range(0, WIDE, 50):
            put(draw, toranj(4, 0.3, 1.3), x, y, 30, mix(TIMBERS[name], (20, 10, 6), 0.6))
    grain = figure(rng, True)[:TALL, :WIDE]
    skin = Image.fromarray((np.asarray(skin) * grain[..., None]).clip(0, 255).astype(np.uint8))
    if variant == "bowl":
        radius, top = lathe.shape(rng, "bowl")
    else:
        radius, top = lathe.shape(rng, str(rng.choice(["vase", "bottle", "cup", "jar"])))
        beads = 7 * np.abs(np.sin(np.linspace(0, np.pi * rng.integers(7, 15), len(radius))))
        radius = (radius + beads).astype(np.float32)
    return lathe.present(rng, radius, top, skin, lathe.SATIN, rim=12, inside=mix(TIMBERS[name], (20, 10, 6), 0.5))


def inlay_box(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Shell or bone laid into a dark panel: iridescent or ivory stars and sprays."""
    base = fields.garden(rng, d, 0, fields.greys(140), "L", medallion=bool(rng.random() < 0.7))
    panel = plank(rng, "ebony" if variant == "shell" else "walnut")
    if variant == "shell":
        a, b = texture.noise(rng, 70), texture.noise(rng, 45)
        sheen = np.stack(
            [222 + 26 * np.sin(a * 3 + 1), 222 + 24 * np.sin(a * 3 + b * 2 + 3), 218 + 30 * np.sin(b * 3 + 5)], -1
        )
        piece = Image.fromarray(sheen.clip(0, 255).astype(np.uint8))
    else:
        piece = texture.lit(
            Image.new("RGB", (SIDE, SIDE), (236, 226, 202)),
            1 + 0.03 * texture.noise(rng, 5, 60) + 0.03 * texture.noise(rng, 30),
        )
    panel.paste(texture.lit(piece, texture.emboss(base, 0.7, 1.5)), (0, 0), base.point(lambda v: min(255, v * 2)))
    x, y = texture.grid()
    return texture.lit(
        panel, texture.falloff() * (1 + 0.12 * np.exp(-(((x + y * 0.7 - rng.uniform(300, 1300)) / 150) ** 2)))
    )
