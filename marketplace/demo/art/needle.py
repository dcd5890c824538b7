"""Embroidery: what the needle can do — solid stitch, counted thread, metal thread, spangles and patches."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import bitmaps, fields, texture
from .knots import BORDER, GOLD, GROUND, LIGHT, LINE, A, B, C, mirrored, weave
from .motifs import Pen, flower, leaf, put, rosette, star
from .palette import Scheme, mix
from .texture import SIDE


def stitched(
    base: Image.Image, ground: tuple[int, int, int], rng: np.random.Generator, cloth: str = "twill"
) -> Image.Image:
    """Raise everything that is not ground into stitches that follow two directions, on a woven ground."""
    worked = np.asarray(
        ImageChops.difference(base, Image.new("RGB", base.size, ground))
        .convert("L")
        .point(lambda v: 255 if v > 12 else 0)
    )
    mask = worked.astype(np.float32) / 255
    x, y = texture.grid()
    lean = texture.noise(rng, 120) > 0
    thread = np.where(lean, np.sin((x + y * 0.35) * np.float32(1.35)), np.sin((x * 0.4 - y) * np.float32(1.35)))
    gain = 1 + mask * (0.13 * thread + 0.07 * texture.noise(rng, 3, 5))
    gain *= texture.emboss(Image.fromarray(worked), 0.55, 2)
    return texture.lit(base, gain * texture.cloth(cloth, rng))


def pateh(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Kerman pateh on red, cream or dark wool: botehs and cypress, or a sun medallion with corners."""
    if variant == "medallion":
        base = fields.garden(rng, d)
    elif variant == "cypress":
        base = fields.repeat(fields.cypress_cell(rng, d), int(rng.integers(2, 5)))
    else:
        base = fields.repeat(fields.boteh_cell(rng, d), int(rng.integers(2, 5)), bool(rng.random() < 0.7))
    return stitched(base, d.ground, rng)


def needlework(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Baluchi counted work: dense lozenge ladders in strict symmetry; 4 px a stitch."""
    n = 125
    y, x = np.mgrid[0:n, 0:n]
    field = np.full((n, n), GROUND, np.uint8)
    step = int(rng.choice([14, 18, 21, 25]))
    dx, dy = np.abs((n - x) % (2 * step) - step), np.abs((n - y) % (2 * step) - step)
    rings = rng.permutation([A, BORDER, B, GOLD, LIGHT, C])
    d1 = dx + dy
    field[:] = rings[(d1 // 3) % 6]
    field[d1 % 3 == 0] = LINE
    small = np.maximum(dx, dy) < step // 3
    field[small] = np.where((dx + dy) % 4 < 2, LIGHT, A)[small]
    for k, inset in enumerate(range(0, int(rng.integers(9, 24)), 3)):
        edge = np.minimum(x, y)
        lane = (edge >= inset) & (edge < inset + 3)
        field[lane] = np.where((np.maximum(x, y) + k) // 2 % 3 == 0, LIGHT, rings[k % 6])[lane]
    return texture.lit(weave(mirrored(field), d, rng, "twill", 0.02), 1 + 0.05 * np.sin(texture.grid()[0] * 1.57))


def counted(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Black or silk counted figures on white linen."""
    n = 200
    field = np.full((n, n), GROUND, np.uint8)
    y = 8
    while y < n - 20:
        scale = int(rng.choice([1, 2]))
        high = 13 * scale
        if y + high + 3 > n:
            break
        field[y], field[y + high + 2] = LINE, LINE
        if rng.random() < 0.6:
            field[y + 1 : y + 3, ::3] = LINE
        bitmaps.row(
            field[y + 2 : y + high + 2], rng, [LINE, BORDER] if variant == "black" else [A, BORDER, B], LINE, scale
        )
        y += high + int(rng.integers(8, 20))
    cloth = weave(field, d, rng, "tabby", 0.0)
    return texture.lit(cloth, 1 + 0.04 * texture.noise(rng, 160))


def gold_thread(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Couched metal thread on velvet: scrolls and botehs that stand up and glitter."""
    pens = fields.greys(110)
    mask = (
        fields.garden(rng, d, 0, pens, "L", medallion=variant == "medallion")
        if variant != "boteh"
        else _boteh_mask(rng)
    )
    velvet = texture.lit(
        Image.new("RGB", (SIDE, SIDE), mix(d.ground, (10, 8, 10), 0.25)),
        texture.cloth("felt", rng) * texture.folds(rng, 0.08),
    )
    x, y = texture.grid()
    twist = 1 + 0.22 * np.sin((x - y) * np.float32(1.6)) + 0.18 * texture.noise(rng, 3)
    metal = (214, 172, 88) if rng.random() < 0.7 else (206, 206, 204)
    thread = texture.lit(
        Image.new("RGB", (SIDE, SIDE), metal), twist * texture.emboss(mask, 1.3, 2.5) * texture.falloff()
    )
    velvet.paste(thread, (0, 0), mask.point(lambda v: min(255, v * 3)))
    return velvet


def _boteh_mask(rng) -> Image.Image:
    tone = [(v,) * 3 for v in (0, 120, 60, 230, 255, 200, 170, 255)]
    grey = Scheme(*tone, ("", ""), ("", ""))
    return fields.repeat(fields.boteh_cell(rng, grey), int(rng.integers(2, 4)), True).convert("L")


def spangles(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Khus, badleh, naqdeh and coin work: metal folded or sewn through the cloth in lozenges of points."""
    coins = variant == "coins"
    ground = texture.lit(
        Image.new("RGB", (SIDE, SIDE), d.ground), texture.cloth("tabby", rng) * texture.folds(rng, 0.08)
    )
    pitch = 50 if coins else int(rng.choice([20, 25]))
    n = SIDE // pitch
    period = int(rng.integers(5, 12))
    j, i = np.mgrid[0:n, 0:n]
    ring = np.abs(i % (2 * period) - period) + np.abs(j % (2 * period) - period)
    on = (
        (ring % period < (3 if coins else 2))
        | ((i % period == 0) & (j % period == 0))
        | (np.minimum(np.minimum(i, j), n - 1 - np.maximum(i, j)) < 1)
    )
    bead = Image.new("L", (SIDE * 2, SIDE * 2))
    draw = ImageDraw.Draw(bead)
    r = pitch * (0.84 if coins else 0.66)
    for cy, cx in np.argwhere(on) * 2 * pitch + pitch:
        if coins:
            draw.ellipse([cx - r, cy - r, cx + r, cy + r], fill=230)
            draw.ellipse([cx - r * 0.72, cy - r * 0.72, cx + r * 0.72, cy + r * 0.72], fill=190)
            put(draw, star(8, 0.5), cx, cy, r * 0.5, 250)
        else:
            draw.polygon([cx - r, cy, cx, cy - r, cx + r, cy, cx, cy + r], fill=235)
    mask = bead.reduce(2)
    glitter = rng.uniform(0.7, 1.35, (n, n)).astype(np.float32).repeat(pitch, 0).repeat(pitch, 1)
    glitter = np.pad(glitter, ((0, SIDE - len(glitter)),) * 2, mode="edge")
    metal = texture.lit(
        Image.new("RGB", (SIDE, SIDE), d.gold if rng.random() < 0.5 else (208, 208, 204)),
        glitter * texture.emboss(mask, 1.2, 2),
    )
    ground = texture.lit(ground, 2 - texture.emboss(ImageChops.offset(mask, 3, 4), 0.5, 3)) if coins else ground
    ground.paste(metal, (0, 0), mask.point(lambda v: min(255, v * 2)))
    return ground


def braid(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Shak: metal braids laid in parallel bands on coloured silk."""
    x, y = texture.grid()
    wide = float(rng.integers(70, 130))
    lane = np.broadcast_to((x // wide).astype(np.int32), (SIDE, SIDE))
    u = x % wide / wide
    zig = np.sin((y / wide * 6.3) + np.abs(u - 0.5) * rng.uniform(8, 16)) > 0
    inner = np.abs(u - 0.5) < 0.36
    metal = (inner & zig) | (np.abs(np.abs(u - 0.5) - 0.40) < 0.03)
    table = np.array([d.ground, d.border, d.a, d.b], np.uint8)[lane % 4]
    table[metal] = np.where((lane % 2 == 0)[metal][:, None], d.gold, (206, 206, 202))
    height = Image.fromarray(metal.astype(np.uint8) * 200)
    sheen = 1 + metal * (0.14 * np.sin((x + y) * 1.3) + 0.16 * texture.noise(rng, 4))
    return texture.lit(Image.fromarray(table), texture.emboss(height, 1.0, 2) * sheen * texture.cloth("satin", rng))


def patchwork(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Pieces of old cloth in squares and triangles, seamed and puckered."""
    n = int(rng.choice([5, 6, 8, 10]))
    side = 2 * SIDE // n
    sheet, seams = Image.new("RGB", (2 * SIDE, 2 * SIDE)), Image.new("L", (2 * SIDE, 2 * SIDE), 200)
    draw, line = ImageDraw.Draw(sheet), ImageDraw.Draw(seams)
    plan = rng.integers(0, 4, (n, n))
    plan = np.where(rng.random() < 0.6, np.minimum(plan, plan[::-1, ::-1]), plan)
    colours = d.eight[:2] + d.eight[3:]
    for j in range(n):
        for i in range(n):
            x, y = i * side, j * side
            one, two = (colours[k] for k in rng.choice(7, 2, replace=False))
            draw.rectangle([x, y, x + side, y + side], fill=one)
            if plan[j, i] == 1:
                draw.polygon([x, y, x + side, y, x, y + side], fill=two)
            elif plan[j, i] == 2:
                draw.polygon(
                    [x + side / 2, y, x + side, y + side / 2, x + side / 2, y + side, x, y + side / 2], fill=two
                )
            elif plan[j, i] == 3:
                for k in range(4):
                    flower(
                        draw,
                        x + side * (0.25 + 0.5 * (k % 2)),
                        y + side * (0.25 + 0.5 * (k // 2)),
                        side * 0.13,
                        Pen(two, d.c, two, d.light),
                        6,
                    )
            line.rectangle([x, y, x + side, y + side], outline=0, width=10)
    gain = texture.emboss(seams.reduce(2), 0.7, 4) * texture.cloth("tabby", rng) * (1 + 0.05 * texture.noise(rng, 60))
    return texture.lit(sheet.reduce(2), gain)


def sunwork(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Shamseh and Mamaqan work: round suns of chain stitch packed edge to edge."""
    step = float(rng.choice([200, 250, 333, 400, 500]))

    def paint(draw, side):
        for j, cy in enumerate(np.arange(side, -step, -step)):
            for i, cx in enumerate(np.arange(side, -step, -step)):
                body = [d.a, d.b, d.border][(i + j) % 3]
                points = int(12 + (i + j) % 2 * 4)
                for share, fill in (
                    (0.5, d.line),
                    (0.475, body),
                    (0.36, d.gold),
                    (0.33, d.light),
                    (0.2, d.line),
                    (0.18, body),
                ):
                    put(draw, rosette(points, 0.14), cx, cy, step * share, fill)
                for k in range(points):
                    put(draw, leaf(0.2), cx, cy, step * 0.32, d.c, k * 2 * np.pi / points)
                flower(draw, cx, cy, step * 0.15, Pen(d.line, d.c, d.gold, d.a), 8)
                put(draw, star(4, 0.35), cx + step / 2, cy + step / 2, step * 0.2, d.gold)

    return stitched(fields.quartered(d.ground, paint), d.ground, rng, "tabby")
