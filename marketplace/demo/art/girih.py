"""Star patterns and tile: girih found from crossing lines, seven-colour panels, mosaic, mirror, window and stucco."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import fields, texture
from .motifs import put, star
from .palette import Scheme
from .texture import SIDE


def lattice(draw, points: int, x: float, y: float, r: float, fills: list) -> None:
    """One girih star with its kites and petals about a centre, in five fills from outside in."""
    step = np.pi / points
    for k in range(points):
        t = 2 * k * step
        outer = np.array(
            [
                (np.cos(t), np.sin(t)),
                (np.cos(t + step) * 0.92, np.sin(t + step) * 0.92),
                (np.cos(t + step) * 0.6, np.sin(t + step) * 0.6),
                (np.cos(t) * 0.52, np.sin(t) * 0.52),
                (np.cos(t - step) * 0.6, np.sin(t - step) * 0.6),
                (np.cos(t - step) * 0.92, np.sin(t - step) * 0.92),
            ]
        )
        put(draw, outer.astype(np.float32), x, y, r, fills[0])
        inner = outer * np.array([0.94, 0.94])
        middle = inner.mean(0)
        put(draw, ((inner - middle) * 0.86 + middle).astype(np.float32), x, y, r, fills[1 + k % 2])
    put(draw, star(points, 0.78, step * (points % 2)), x, y, r * 0.6, fills[0])
    put(draw, star(points, 0.76, step * (points % 2)), x, y, r * 0.55, fills[3])
    put(draw, star(points, 0.55), x, y, r * 0.34, fills[0])
    put(draw, star(points, 0.55), x, y, r * 0.28, fills[4])


def girih_cell(points: int, fills: list, line, side: int = 400) -> Image.Image:
    """A square repeat: large star in the middle, the same at the corners, small eight-pointed stars between."""
    image = Image.new("RGB", (side, side), fills[2])
    draw = ImageDraw.Draw(image)
    half, r = side / 2, side * 0.355
    for x, y in ((0, half), (half, 0), (side, half), (half, side)):
        put(draw, star(4, 0.72), x, y, side * 0.25, line)
        put(draw, star(4, 0.72), x, y, side * 0.215, fills[4])
        put(draw, star(8, 0.6), x, y, side * 0.12, line)
        put(draw, star(8, 0.6), x, y, side * 0.09, fills[3])
    for x, y in ((half, half), (0, 0), (side, 0), (0, side), (side, side)):
        lattice(draw, points, x, y, r, [line, fills[0], fills[1], fills[3], fills[4]])
    return image


def moarraq(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Cut-tile mosaic: each piece glazed apart, so each takes the light at its own angle; white joints."""
    points = int(rng.choice([8, 10, 12, 16]))
    across = int(rng.integers(2, 6))
    base = fields.repeat(
        girih_cell(points, [d.ground, d.a, d.border, d.gold, d.light], d.light, 1200 // across * 2), across
    )
    pieces = texture.noise(rng, 34)
    gain = 1 + 0.05 * np.sign(pieces) * np.minimum(np.abs(pieces), 1) + 0.05 * texture.noise(rng, 9)
    return texture.lit(base, gain * texture.emboss(base.convert("L"), 0.5, 1.6) * texture.falloff())


def seven_colour(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Haft-rang: one arabesque painted across square tiles, each fired a shade off its neighbour."""
    base = fields.garden(rng, d, medallion=variant != "field")
    n = int(rng.choice([4, 5, 8]))
    pitch = SIDE // n
    x, y = texture.grid()
    joint = np.minimum(np.minimum(x % pitch, pitch - x % pitch), np.minimum(y % pitch, pitch - y % pitch))
    tiles = rng.normal(1, 0.035, (n, n)).repeat(pitch, 0).repeat(pitch, 1).astype(np.float32)
    gain = tiles * (1 - 0.55 * np.exp(-((joint / 1.8) ** 2)) + 0.07 * np.exp(-(((joint - 6) / 3) ** 2)))
    shine = 1 + 0.05 * texture.noise(rng, 130) + 0.10 * np.exp(-(((x - y * 0.6 - rng.uniform(0, 500)) / 120) ** 2))
    return texture.lit(base, gain * shine * texture.emboss(base.convert("L"), 0.25, 1.5) * texture.falloff())


def orosi(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A sash window: coloured panes glowing in a girih of dark wood."""
    points, across = int(rng.choice([8, 10, 12])), int(rng.integers(2, 4))
    panes = [(206, 40, 34), (30, 84, 176), (240, 184, 40), (40, 136, 76), (236, 240, 232)]
    rng.shuffle(panes)
    wood = (58, 36, 24)
    base = fields.repeat(girih_cell(points, panes, wood, 1200 // across * 2), across)
    frame = fields.repeat(girih_cell(points, [(0,) * 3] * 5, (255,) * 3, 1200 // across * 2), across).convert("L")
    glow = base.filter(ImageFilter.GaussianBlur(16))
    x, y = texture.grid()
    sun = 1.0 + 0.55 * np.exp(-(((x - 420) / 420) ** 2 + ((y - 330) / 420) ** 2)) + 0.05 * texture.noise(rng, 26)
    light = texture.lit(Image.blend(base, glow, 0.3), sun)
    timber = texture.lit(
        Image.new("RGB", (SIDE, SIDE), (96, 62, 40)),
        texture.emboss(frame, 1.4, 2) * (1 + 0.08 * texture.noise(rng, 60, 3)),
    )
    light.paste(timber, (0, 0), frame)
    return light


def mirror(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Mirror work: each facet shows another scrap of a lit room."""
    points, across = int(rng.choice([8, 10, 12])), int(rng.integers(2, 5))
    side = 1200 // across * 2
    tags = [(10, 0, 0), (60, 0, 0), (110, 0, 0), (170, 0, 0), (230, 0, 0)]
    ids = np.asarray(fields.repeat(girih_cell(points, tags, (0, 255, 0), side), across))
    x, y = texture.grid()
    room = np.sin((ids[..., 0] * 0.37 + np.floor(np.arctan2(y % 90 - 45, x % 90 - 45) * 3)) * 2.1 + (x + y) / 260)
    room = room * 0.34 + 0.78 + 0.22 * texture.noise(rng, 16) * texture.noise(rng, 50)
    tint = np.stack([room * 196, room * 206, room * 212], -1)
    warm = (texture.noise(rng, 60) > 1.0)[..., None] * np.array([60, 34, -20], np.float32)
    lead = ids[..., 1] > 128
    pixels = np.where(lead[..., None], np.array([176, 150, 104], np.float32), tint + warm)
    image = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    return texture.lit(image, texture.falloff())


def stucco(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Carved plaster: scrolls in two depths, undercut, under raking light."""
    height = fields.garden(rng, d, 30, fields.greys(80), "L", medallion=bool(rng.random() < 0.6))
    tone = [(232, 224, 208), (216, 200, 174), (226, 214, 196), (204, 190, 172)][rng.integers(4)]
    depth = np.asarray(height, np.float32) / 255
    soft = np.asarray(height.filter(ImageFilter.BoxBlur(9)), np.float32) / 255
    gain = texture.emboss(height, 1.9, 3) * (0.80 + 0.34 * np.clip(depth - soft + 0.35, 0, 0.8))
    return texture.lit(
        Image.new("RGB", (SIDE, SIDE), tone),
        gain * texture.falloff() * (1 + 0.02 * texture.noise(rng, 3) + 0.03 * texture.noise(rng, 70)),
    )


def muqarnas(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """A stalactite half-dome from below: tiers of cells shrinking to a star, each cell scooped and lit."""
    r, t = texture.polar()
    points = int(rng.choice([8, 12, 16]))
    depth = np.log(np.maximum(r, 8) / 700) / np.log(0.74) + 1.5
    tier = np.floor(depth)
    width = np.float32(2 * np.pi / points)
    u = ((t + tier % 2 * width / 2) % width) / width - 0.5
    v = depth - tier - np.abs(u) * 0.9
    tier = np.where(v < 0, tier - 1, tier)
    u = ((t + tier % 2 * width / 2) % width) / width - 0.5
    v = depth - tier - np.abs(u) * 0.9
    v = v % 1
    scoop = 1.05 - 0.62 * np.clip(v, 0, 1) ** 1.4 + 0.42 * u * np.sign(np.cos(t + 2.3)) + 0.16 * np.cos(t - 2.3)
    rib = np.exp(-((np.minimum(np.abs(v), 1 - np.abs(v)) / 0.05) ** 2)) + np.exp(
        -((np.abs(np.abs(u) - 0.5) / 0.025) ** 2)
    )
    base = np.where(
        (tier % 2 == 0)[..., None],
        np.array(d.ground if variant == "tiled" else (226, 212, 188), np.float32),
        np.array(d.a if variant == "tiled" else (206, 184, 152), np.float32),
    )
    pattern = np.sin(u * 26) * np.sin(v * 18) > 0.45
    base = np.where((pattern & (rib < 0.2))[..., None], np.array(d.light, np.float32) * 0.9, base)
    base = np.where(
        (rib > 0.45)[..., None], np.array(d.gold if variant == "tiled" else (240, 230, 210), np.float32), base
    )
    core = r < 34
    base[core] = d.gold
    return texture.lit(
        Image.fromarray(base.astype(np.uint8)), scoop * (1 + 0.03 * texture.noise(rng, 6)) * texture.falloff()
    )
