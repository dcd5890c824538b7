"""Metalwork: chased trays, beaten and inlaid vessels, blades, locks, grilles and processional standards."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from . import fields, lathe, plates, studio, texture
from .clay import TALL, WIDE, band, mottle, skin
from .motifs import Pen, boteh, put, rosette, spiral, star, toranj
from .palette import Scheme, mix
from .texture import SIDE

COPPER, BRASS, SILVER, STEEL, NICKEL = (206, 116, 74), (206, 166, 92), (206, 208, 208), (142, 146, 152), (190, 188, 178)
METALS = {"copper": COPPER, "brass": BRASS, "silver": SILVER, "steel": STEEL, "nickel": NICKEL}


def brushed(rng: np.random.Generator, colour: tuple[int, int, int], gain: np.ndarray) -> Image.Image:
    """A sheet of metal under a gain map."""
    return texture.lit(Image.new("RGB", (SIDE, SIDE), colour), gain * texture.grain(rng, 0.025))


def spun(rng: np.random.Generator) -> np.ndarray:
    """Gain of a lathe-polished disc: bright bow-tie reflections and fine turning lines."""
    r, t = texture.polar()
    turn = rng.uniform(-0.3, 0.3)
    return (
        0.92
        + 0.20 * np.cos(2 * (t + np.pi / 4 + turn))
        + 0.10 * np.cos(3 * t + turn)
        + 0.03 * np.sin(r * np.float32(0.9))
    ).astype(np.float32)


def tray(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A chased tray: rings of scrolls, botehs and cypresses driven into the sheet, dark in the grooves."""
    radius = float(rng.uniform(400, 448))
    colour = METALS["silver" if variant == "silver" else str(rng.choice(["copper", "copper", "brass"]))]

    def chase(draw, s):
        plates.disc(draw, s, radius, 120)
        pens = [Pen(30, 150, 210, 165), Pen(40, 165, 200, 225), Pen(30, 140, 235, 150)]
        plates.rings(rng, draw, s, radius * 0.93, pens, 20, int(rng.integers(3, 6)), [120, 96])

    relief = studio.smooth(chase, 2, "L", 120)
    soot = 1 - 0.34 * (1 - np.asarray(relief, np.float32) / 120).clip(0, 1)
    gain = spun(rng) * texture.emboss(relief, 1.0, 1.6) * soot * plates.dish(radius, radius * 0.94, 0.3)
    tint = texture.lit(brushed(rng, colour, gain * 1.04), 1 + 0.05 * texture.noise(rng, 120))
    return studio.lay(
        studio.paper(rng), tint, plates.round_mask(radius, int(rng.choice([0, 0, 32, 48])), 0.03), drop=34, blur=34
    )


def pierced(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Pierced work: a roundel or leaf cut through with scrolls, its shadow showing on the paper behind."""
    radius = float(rng.uniform(390, 440))
    long = float(rng.choice([1.0, 1.0, 0.8]))
    colour = METALS[str(rng.choice(["brass", "steel", "silver"]))]

    def cut(draw, s):
        plates.disc(draw, s, radius, 255)
        plates.disc(draw, s, radius * 0.9, 0)
        plates.rings(rng, draw, s, radius * 0.9, [Pen(255, 255, 255, 90)], 255, int(rng.integers(2, 4)))

    mask = studio.smooth(cut)
    if long < 1:
        mask = mask.resize((int(SIDE * long), SIDE)).crop(
            (int(SIDE * long - SIDE) // 2, 0, int(SIDE * long + SIDE) // 2, SIDE)
        )
    solid = mask.point(lambda v: 255 if v > 60 else v * 4)
    gain = spun(rng) * texture.emboss(mask, 1.3, 3)
    return studio.lay(studio.paper(rng), brushed(rng, colour, gain), solid, drop=30, blur=18)


def _hammer(rng: np.random.Generator, count: float = 34, depth: float = 0.16):
    def bump(across, down):
        row = np.floor(down * count * 0.7)
        p, q = (across * count + row * 0.5) % 1 - 0.5, (down * count * 0.7) % 1 - 0.5
        return depth * p * 1.4, depth * q * 1.4

    return bump


def beaten(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A raised vessel of copper, nickel silver or silver, hammer-faced or engraved, tinned inside."""
    name = {"copper": "copper", "nickel": "nickel", "silver": "silver"}.get(variant, "brass")
    colour = METALS[name]
    chased = name != "copper" or rng.random() < 0.35

    def paint(draw):
        if not chased:
            return
        groove = mix(colour, (20, 10, 8), 0.6)
        for y, high in ((TALL * 0.3, 170), (TALL * 0.62, 110)):
            count = round(WIDE / high / 0.9)
            for k in (0, high):
                draw.line([0, y + k, WIDE, y + k], fill=groove, width=5)
            band(
                draw,
                y,
                high,
                count,
                lambda x, s, y=y, high=high: spiral(
                    draw,
                    x,
                    y + high / 2,
                    high * 0.44,
                    x,
                    Pen(groove, groove, mix(colour, (255, 250, 230), 0.35), groove),
                    1 if int(x / s) % 2 else -1,
                    1.3,
                    4,
                    "lotus" if int(x / s) % 2 else "flower",
                    9,
                ),
            )

    radius, top = lathe.shape(rng, str(rng.choice(["pot", "jar", "ewer", "bowl", "vase", "cup"])))
    coat = mottle(skin(colour, paint), rng, 0.04, 60)
    return lathe.present(
        rng,
        radius,
        top,
        coat,
        lathe.METAL,
        bump=None if chased else _hammer(rng),
        rim=7,
        inside=mix(colour, (70, 66, 64), 0.65),
    )


def turquoise(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Firuze-kubi: chips of turquoise packed over a copper or brass vessel, the joints filled."""
    stones = mosaic(rng, int(rng.integers(420, 640)), (24, 146, 158), mix(BRASS, (60, 40, 20), 0.35)).resize(
        (WIDE, TALL)
    )
    draw = ImageDraw.Draw(stones)
    for y in (0.0, rng.uniform(0.16, 0.24), rng.uniform(0.8, 0.88)):
        draw.rectangle([0, TALL * y, WIDE, TALL * y + 46], fill=BRASS)
        for x in range(0, WIDE, 34):
            draw.polygon(
                [x, TALL * y + 23, x + 17, TALL * y + 8, x + 34, TALL * y + 23, x + 17, TALL * y + 38],
                fill=mix(BRASS, (30, 18, 8), 0.5),
            )
    radius, top = lathe.shape(rng, str(rng.choice(["vase", "bowl", "jar", "ewer", "bottle"])))
    return lathe.present(
        rng, radius, top, stones, lathe.Surface(0.46, 0.6, 0.5, 50, 0.14), rim=9, inside=mix(BRASS, (40, 26, 16), 0.6)
    )


def mosaic(
    rng: np.random.Generator,
    count: int,
    tone: tuple[int, int, int],
    joint: tuple[int, int, int],
    gap: float = 3.2,
    tones=None,
) -> Image.Image:
    """Broken stones fitted edge to edge: a Voronoi map found on a coarse lattice of jittered seeds."""
    side = round(count**0.5)
    half, cell = SIDE // 2, SIDE / 2 / side
    seeds = (
        np.stack(np.meshgrid(np.arange(-1, side + 1), np.arange(-1, side + 1)), -1)
        + rng.uniform(0.05, 0.95, (side + 2, side + 2, 2))
    ) * cell
    seeds = seeds.astype(np.float32)
    y, x = np.mgrid[0:half, 0:half].astype(np.float32)
    ci, cj = (x / cell).astype(np.int32) + 1, (y / cell).astype(np.int32) + 1
    best, second = np.full((half, half), 1e9, np.float32), np.full((half, half), 1e9, np.float32)
    owner = np.zeros((half, half), np.int32)
    flat = seeds.reshape(-1, 2)
    for dj in (-1, 0, 1):
        for di in (-1, 0, 1):
            k = np.clip(cj + dj, 0, side + 1) * (side + 2) + np.clip(ci + di, 0, side + 1)
            dist = np.hypot(x - flat[k, 0], y - flat[k, 1])
            near = dist < best
            second = np.where(near, best, np.minimum(second, dist))
            owner[near] = k[near]
            np.minimum(best, dist, out=best)
    shade = rng.normal(1, 0.13, len(flat)).astype(np.float32)
    hue = rng.normal(0, 9, (len(flat), 3)).astype(np.float32)
    base = (
        np.array(tone, np.float32)[None]
        if tones is None
        else np.array(tones, np.float32)[rng.integers(0, len(tones), len(flat))]
    )
    stones = (base * shade[:, None] + hue)[owner]
    edge = second - best
    dome = (0.72 + 0.38 * np.clip(edge / (cell * 0.35), 0, 1) ** 0.5)[..., None]
    vein = np.abs(texture.noise(rng, 44)[:half, :half]) < 0.035
    stones = np.where(vein[..., None], stones * 0.55, stones) * dome
    stones = np.where((edge < gap / 2)[..., None], np.array(joint, np.float32), stones)
    return Image.fromarray(stones.clip(0, 255).astype(np.uint8)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def blade(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A knife of Rayen or Zanjan: ground blade, bolster, engraved handle with pins, laid on cloth."""
    from .blades import knife

    return knife(rng, d)


def inlaid(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A plaque of watered steel in the shape of a boteh, toranj or rosette, overlaid with gold or engraved."""
    figure = [toranj(8, 0.16, 1.2), toranj(4, 0.3, 1.25), boteh(), rosette(12, 0.12)][rng.integers(4)]
    size = 380 / np.abs(figure).max()

    def paint(draw, s):
        put(draw, figure, 500 * s, 500 * s, size * s, 255)

    mask = studio.smooth(paint)
    lines = texture.noise(rng, 40) * 2.4 + texture.noise(rng, 90) * 3
    damask = 0.86 + 0.13 * np.sin(lines * 5) + 0.05 * texture.noise(rng, 2, 40)
    steel = brushed(
        rng, mix(STEEL, (40, 42, 50), 0.45 if variant == "gold" else 0.1), damask * texture.emboss(mask, 1.2, 6)
    )
    if variant == "steel":
        lines = ImageChops.multiply(
            fields.garden(rng, d, 0, fields.greys(120), "L", edge=False), studio.inset(mask, 16)
        )
        steel = texture.lit(steel, texture.emboss(lines, 1.1, 1.6))
    if variant == "gold":
        gold = fields.garden(rng, d, 0, fields.greys(150), "L", edge=False)
        gold = ImageChops.multiply(gold, studio.inset(mask, 12))
        rim = ImageChops.subtract(studio.inset(mask, 4), studio.inset(mask, 8))
        gold = ImageChops.lighter(gold, rim)
        leafed = brushed(rng, (224, 180, 92), texture.emboss(gold, 0.8, 1.6) * (1 + 0.1 * texture.noise(rng, 200)))
        steel.paste(leafed, (0, 0), gold.point(lambda v: min(255, v * 2)))
    return studio.lay(
        studio.cloth_table(rng, mix(d.ground, (60, 56, 54), 0.55)) if rng.random() < 0.5 else studio.paper(rng),
        steel,
        mask,
        drop=24,
        blur=24,
    )


def grille(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A shrine grille: balls or cut bosses on crossing bars, silver and gilt, dark behind."""
    n = int(rng.integers(5, 13))
    bar, ball, corner = rng.uniform(0.08, 0.16), rng.uniform(0.26, 0.42), bool(rng.random() < 0.4)
    pitch = 2 * SIDE / n

    def paint(draw, s):
        for k in range(n + 1):
            c = k * pitch
            draw.rectangle([c - pitch * bar, 0, c + pitch * bar, 2 * SIDE], fill=150)
            draw.rectangle([0, c - pitch * bar, 2 * SIDE, c + pitch * bar], fill=150)
        for j in range(n + 1):
            for i in range(n + 1):
                for share in np.linspace(ball, 0.05, 12):
                    v = 150 + int(105 * (1 - (share / ball) ** 2))
                    if corner:
                        put(draw, star(4, 0.75), i * pitch, j * pitch, share * 1.25 * pitch, v)
                    else:
                        box = [(i - share) * pitch, (j - share) * pitch, (i + share) * pitch, (j + share) * pitch]
                        draw.ellipse(box, fill=v)

    height = studio.smooth(paint)
    solid = height.point(lambda v: 255 if v > 100 else 0)
    x, y = texture.grid()
    cell = (np.round(x / (pitch / 2)) + np.round(y / (pitch / 2))) % int(rng.integers(2, 5)) == 0
    one, two = (BRASS, SILVER) if rng.random() < 0.6 else (SILVER, BRASS)
    colour = np.where(cell[..., None], np.array(one, np.float32), np.array(two, np.float32))
    gain = texture.emboss(height, 3.4, 2.5) * 0.92 * texture.falloff()
    glint = (gain > 1.45)[..., None] * 50
    metal = Image.fromarray(np.clip(colour * gain[..., None] + glint, 0, 255).astype(np.uint8))
    back = texture.lit(Image.new("RGB", (SIDE, SIDE), mix(d.ground, (16, 16, 20), 0.72)), texture.falloff())
    return studio.lay(back, metal, solid, drop=26, blur=12, strength=0.8)
