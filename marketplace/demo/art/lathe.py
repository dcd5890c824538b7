"""Things turned on a wheel or lathe, seen a little from above: a profile, a skin round it, a surface that shines."""

from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from . import studio
from .texture import SIDE

TILT = 0.17  # how far the eye looks down: height of a rim's ellipse over its width
LIGHT = np.array([-0.52, -0.50, 0.69], np.float32)
HALF = np.array([-0.30, -0.29, 0.91], np.float32)


class Surface(NamedTuple):
    """How a skin takes light: ambient and diffuse share, gloss strength and tightness, mirror (0 matt – 1 metal)."""

    ambient: float = 0.42
    diffuse: float = 0.72
    gloss: float = 0.0
    tight: float = 40
    mirror: float = 0.0


MATT = Surface()
GLAZE = Surface(0.45, 0.62, 0.75, 60, 0.16)
METAL = Surface(0.34, 0.44, 0.55, 26, 0.62)
SATIN = Surface(0.42, 0.66, 0.22, 14, 0.05)


def profile(points: list[tuple[float, float]], top: int, bottom: int) -> np.ndarray:
    """Radius in pixels for each row from `top` to `bottom`; points are (share from the top, radius in pixels)."""
    t, r = np.array(points, np.float32).T
    rows = np.linspace(0, 1, bottom - top, dtype=np.float32)
    width = max(3, (bottom - top) // 10)
    line = np.interp(rows, t, r)
    padded = np.pad(line, width, mode="reflect", reflect_type="odd")
    kernel = np.hanning(2 * width + 1)
    return np.convolve(padded, kernel / kernel.sum(), "valid").astype(np.float32).clip(2)


def _map(radius: np.ndarray, reach: int) -> tuple[np.ndarray, ...]:
    """Angle sine, skin row, and inside-ness for each pixel of the bounding box."""
    drop = int(radius[-1] * TILT) + 2
    rows = np.arange(len(radius) + drop, dtype=np.float32)[:, None]
    r = np.pad(radius, (0, drop), mode="edge")[:, None]
    u = np.arange(-reach, reach, dtype=np.float32)[None] / r
    inside = np.clip((1 - np.abs(u)) * r, 0, 1)
    u = np.clip(u, -1, 1)
    round_ = np.sqrt(1 - u * u)
    v = rows - TILT * r * round_
    inside *= np.clip(v + 1, 0, 1) * np.clip(len(radius) - v, 0, 1)
    return u, round_, v.clip(0, len(radius) - 1).astype(np.int32), inside


def shade(
    u: np.ndarray, round_: np.ndarray, v: np.ndarray, radius: np.ndarray, surface: Surface, bump=None
) -> tuple[np.ndarray, np.ndarray]:
    """Gain and highlight (both around 0–1.4) over the bounding box of a turned body."""
    slope = -np.gradient(radius)[v]
    lean = 1 / np.sqrt(1 + slope * slope)
    nx, ny, nz = u * lean, slope * lean, round_ * lean
    if bump is not None:
        nx, ny = nx + bump[0], ny + bump[1]
    diffuse = np.clip(nx * LIGHT[0] + ny * LIGHT[1] + nz * LIGHT[2], 0, 1)
    gloss = surface.gloss * np.clip(nx * HALF[0] + ny * HALF[1] + nz * HALF[2], 0, 1) ** surface.tight
    gain = surface.ambient + surface.diffuse * diffuse - 0.22 * np.clip(nx, 0, 1) ** 2
    if surface.mirror:
        room = 0.5 * np.exp(-(((nx + 0.56) / 0.13) ** 2)) - 0.42 * np.exp(-(((nx - 0.18) / 0.24) ** 2))
        room += 0.34 * np.exp(-(((nx - 0.84) / 0.09) ** 2)) + 0.35 * np.sin(ny * 5 + 0.6) * round_ * 0.5
        gain = gain + surface.mirror * room
    return gain, gloss


def revolve(
    radius: np.ndarray,
    top: int,
    skin: Image.Image,
    surface: Surface,
    bump=None,
    x: int = SIDE // 2,
    rim: float = 0.0,
    inside: tuple[int, int, int] = (60, 44, 34),
) -> tuple[Image.Image, Image.Image, tuple[float, float, float]]:
    """A turned body on the canvas: picture, mask (L) and foot for `studio.stand`.

    `skin` covers the visible half turn (any size). `bump` is a function of the skin's shares (across, down) giving two
    slope maps. `rim` > 0 opens the mouth with a lip of that many pixels, dark `inside`.
    """
    reach = int(radius.max()) + 2
    u, round_, v, inside_ness = _map(radius, reach)
    across = 0.5 + np.arcsin(u) / np.pi
    sheet = np.asarray(skin)
    pick = sheet[(v * (len(sheet) - 1) // max(1, len(radius) - 1)), (across * (sheet.shape[1] - 1)).astype(np.int32)]
    slopes = bump(across, v / len(radius)) if bump else None
    gain, gloss = shade(u, round_, v, radius, surface, slopes)
    pixels = pick * gain[..., None] + (255 * gloss)[..., None]
    body = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    thing, mask = Image.new("RGB", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE))
    thing.paste(body, (x - reach, top))
    mask.paste(Image.fromarray((inside_ness * 255).astype(np.uint8)), (x - reach, top))
    if rim:
        _mouth(thing, mask, x, top, float(radius[0]), rim, inside, tuple(int(c) for c in sheet[0].mean(0)))
    return thing, mask, (x, top + len(radius) - radius[-1] * TILT * 0.2, float(radius[-1]))


def _mouth(thing: Image.Image, mask: Image.Image, x: int, y: int, r: float, lip: float, inside, colour) -> None:
    s, high = 3, int(r * TILT) + 6
    big = Image.new("RGBA", (int(2 * r + 12) * s, high * 2 * s))
    draw = ImageDraw.Draw(big)
    cx, cy = big.width / 2, big.height / 2

    def oval(shrink: float, fill, shift: float = 0) -> None:
        a, b = (r - shrink) * s, (r * TILT - shrink * 0.55) * s
        draw.ellipse([cx - a, cy - b + shift * s, cx + a, cy + b + shift * s], fill=fill)

    bright = tuple(min(255, int(c * 1.18 + 22)) for c in colour)
    oval(0, (*colour, 255))
    oval(lip * 0.25, (*bright, 255))
    oval(lip, (*inside, 255))
    oval(lip * 1.6, (*(int(c * 0.72) for c in inside), 255), r * TILT * 0.16)
    small = big.reduce(s)
    at = (x - small.width // 2, y - small.height // 2)
    thing.paste(small, at, small)
    mask.paste(255, at, small.getchannel("A"))


def present(
    rng: np.random.Generator, radius: np.ndarray, top: int, skin: Image.Image, surface: Surface, **more
) -> Image.Image:
    """A turned thing standing on studio paper."""
    thing, mask, foot = revolve(radius, top, skin, surface, **more)
    return studio.stand(studio.paper(rng), thing, mask, foot)


SHAPES = {
    "jar": (
        (0, 0.42),
        (0.06, 0.36),
        (0.14, 0.34),
        (0.24, 0.62),
        (0.42, 1),
        (0.62, 0.92),
        (0.85, 0.6),
        (0.96, 0.46),
        (1, 0.48),
    ),
    "vase": (
        (0, 0.46),
        (0.05, 0.38),
        (0.2, 0.26),
        (0.34, 0.32),
        (0.5, 0.78),
        (0.66, 1),
        (0.82, 0.82),
        (0.93, 0.44),
        (0.97, 0.46),
        (1, 0.52),
    ),
    "bottle": (
        (0, 0.3),
        (0.03, 0.26),
        (0.08, 0.17),
        (0.36, 0.16),
        (0.48, 0.34),
        (0.62, 0.9),
        (0.76, 1),
        (0.9, 0.76),
        (0.97, 0.5),
        (1, 0.5),
    ),
    "bowl": ((0, 1), (0.1, 0.98), (0.4, 0.88), (0.7, 0.62), (0.86, 0.38), (0.9, 0.34), (1, 0.42)),
    "pot": ((0, 0.72), (0.08, 0.64), (0.16, 0.66), (0.34, 0.94), (0.55, 1), (0.8, 0.86), (0.95, 0.62), (1, 0.6)),
    "jahleh": (
        (0, 0.34),
        (0.05, 0.28),
        (0.14, 0.26),
        (0.2, 0.34),
        (0.34, 0.84),
        (0.52, 1),
        (0.74, 0.86),
        (0.92, 0.4),
        (1, 0.3),
    ),
    "cup": ((0, 0.8), (0.1, 0.78), (0.5, 0.74), (0.8, 0.66), (0.94, 0.5), (1, 0.56)),
    "ewer": (
        (0, 0.34),
        (0.08, 0.24),
        (0.24, 0.2),
        (0.34, 0.3),
        (0.5, 0.8),
        (0.64, 1),
        (0.78, 0.84),
        (0.86, 0.4),
        (0.9, 0.3),
        (1, 0.58),
    ),
    "basket": ((0, 0.92), (0.08, 0.96), (0.4, 1), (0.75, 0.92), (1, 0.78)),
}
# name: half width and height of the tallest example, pixels
ROOM = {
    "bowl": (385, 430),
    "cup": (270, 500),
    "basket": (360, 540),
    "pot": (350, 600),
    "jahleh": (310, 700),
    "jar": (320, 700),
    "vase": (275, 740),
    "bottle": (250, 780),
    "ewer": (250, 760),
}


def shape(rng: np.random.Generator, name: str) -> tuple[np.ndarray, int]:
    """A profile of the named kind with this potter's own proportions, and the row it starts on."""
    half, high = ROOM[name]
    half, high = half * rng.uniform(0.84, 1.08), int(high * rng.uniform(0.84, 1.0))
    wobble = rng.normal(1, 0.045, len(SHAPES[name]))
    points = [(t, r * half * w) for (t, r), w in zip(SHAPES[name], wobble, strict=True)]
    bottom = 870 if high > 560 else 810 if high > 440 else 760
    return profile(points, bottom - high, bottom), bottom - high
