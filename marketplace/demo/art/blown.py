"""Glass: blown and cut vessels, seen through."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import lathe, studio
from .palette import Scheme
from .texture import SIDE

GLASSES = ((36, 132, 150), (44, 78, 160), (126, 170, 146), (156, 96, 40), (120, 40, 70), (190, 208, 204), (90, 130, 60))


def glass(rng: np.random.Generator, d: Scheme, variant: str) -> Image.Image:
    """Blown or cut glass: edges darken, the paper shows through, seeds of air hang in the wall."""
    tint = np.array(GLASSES[rng.integers(len(GLASSES))], np.float32)
    radius, top = lathe.shape(rng, str(rng.choice(["vase", "bottle", "jar", "ewer", "cup"])))
    reach = int(radius.max()) + 2
    u, round_, v, inside = lathe._map(radius, reach)
    bump = _facets(rng) if variant == "cut" else _waves(rng)
    slopes = bump(0.5 + np.arcsin(u) / np.pi, v / len(radius))
    _, gloss = lathe.shade(u, round_, v, radius, lathe.Surface(gloss=1.0, tight=70), slopes)
    thick = (
        np.clip(1 - round_, 0, 1) ** 1.3 * 0.75
        + 0.26
        + np.clip((v / len(radius) - 0.94) * 6, 0, 0.4)
        + 0.5 * np.abs(slopes[0])
    )
    bubbles = _bubbles(rng, u.shape, 46 if variant != "cut" else 0)
    back = studio.paper(rng)
    studio.stand(back, back, Image.new("L", (SIDE, SIDE)), (500, top + len(radius), float(radius[-1]) * 0.9))
    _caustic(back, tint, top + len(radius), float(radius.max()))
    box = (500 - reach, top, 500 + reach, top + len(u))
    behind = np.asarray(back.crop(box)).astype(np.float32)
    veil = np.exp(-thick[..., None] * 1.9 * (1 - tint / 262))
    pixels = (
        behind * veil * (0.92 + 0.2 * u[..., None] * np.abs(u[..., None]))
        + (255 * (gloss + bubbles + 0.35 * np.exp(-(((u + 0.72) / 0.06) ** 2)) * (v > 8)))[..., None]
    )
    body = Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
    back.paste(body, box[:2], Image.fromarray((inside * 255).astype(np.uint8)))
    _lip(back, float(radius[0]), top, tint)
    return back


def _waves(rng):
    a, ribs = rng.uniform(0, 6), float(rng.choice([0, 0, 24, 36]))
    return lambda across, down: (
        0.05 * np.sin(down * 11 + a + across * 4) + (0.22 * np.sin(across * ribs + down * 5) if ribs else 0),
        0.04 * np.sin(down * 23 + a),
    )


def _facets(rng):
    count, rows = float(rng.integers(9, 16)), float(rng.integers(5, 10))

    def bump(across, down):
        p, q = (across * count + down * rows) % 1 - 0.5, (across * count - down * rows) % 1 - 0.5
        body = (down > 0.25) & (down < 0.88)
        return np.where(body, 0.5 * (np.sign(p) * np.abs(p) + np.sign(q) * np.abs(q)), 0), np.where(
            body, 0.6 * (p - q), 0
        )

    return bump


def _bubbles(rng, shape_: tuple[int, int], count: int) -> np.ndarray:
    layer = Image.new("L", (shape_[1], shape_[0]))
    draw = ImageDraw.Draw(layer)
    for x, y, r in zip(
        rng.uniform(0, shape_[1], count),
        rng.uniform(0.2, 1, count) * shape_[0],
        rng.exponential(2.6, count) + 1.5,
        strict=True,
    ):
        draw.ellipse([x - r, y - r * 1.3, x + r, y + r * 1.3], outline=150, width=1)
        draw.ellipse([x - r * 0.5, y - r * 0.7, x, y - r * 0.2], fill=255)
    return np.asarray(layer.filter(ImageFilter.GaussianBlur(0.6)), np.float32) / 255 * 0.55


def _caustic(back: Image.Image, tint: np.ndarray, y: int, r: float) -> None:
    mask = Image.new("L", (SIDE, SIDE))
    draw = ImageDraw.Draw(mask)
    draw.ellipse([520, y - r * 0.22, 560 + r * 1.6, y + r * 0.22], fill=90)
    draw.ellipse([560 + r * 0.2, y - r * 0.06, 560 + r * 1.1, y + r * 0.06], fill=190)
    bright = tuple(int(v) for v in np.clip(tint * 0.6 + 120, 0, 255))
    back.paste(bright, (0, 0), studio._soft(mask, 22, 0.7))


def _lip(back: Image.Image, r: float, y: int, tint: np.ndarray) -> None:
    big = Image.new("RGBA", (int(2 * r + 12) * 3, int(r * 0.4 + 12) * 3))
    draw, cx, cy = ImageDraw.Draw(big), big.width / 2, big.height / 2
    deep, pale = tuple(int(v * 0.75) for v in tint), tuple(int(v * 0.4 + 150) for v in tint)
    for shrink, colour, width in ((0, deep, 9), (2, pale, 5)):
        a, b = (r - shrink) * 3, (r * lathe.TILT - shrink * 0.5) * 3
        draw.ellipse([cx - a, cy - b, cx + a, cy + b], outline=(*colour, 235), width=width)
    small = big.reduce(3)
    back.paste(small, (500 - small.width // 2, y - small.height // 2), small)
