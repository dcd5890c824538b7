"""The table on which an object is photographed: quiet paper, one lamp at the upper left, a soft shadow."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from . import texture
from .texture import SIDE

PAPERS = (
    (236, 229, 217),
    (229, 226, 219),
    (222, 218, 208),
    (233, 222, 207),
    (218, 222, 220),
    (226, 218, 212),
    (206, 204, 198),
    (214, 205, 190),
)


def paper(rng: np.random.Generator) -> Image.Image:
    """Seamless paper: lighter under the lamp, a hint of fibre, a slow curve into the background."""
    _, y = texture.grid()
    tone = np.array(PAPERS[rng.integers(len(PAPERS))], np.float32) * rng.uniform(0.95, 1.02)
    gain = texture.falloff() + 0.008 * texture.noise(rng, 3)
    gain = gain + 0.035 * np.tanh((y - 560) / 130)
    pixels = np.clip(gain[..., None] * tone, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8))


def cloth_table(rng: np.random.Generator, colour: tuple[int, int, int]) -> Image.Image:
    """A plain woven cloth to lay a blade or a jewel on."""
    base = Image.new("RGB", (SIDE, SIDE), colour)
    return texture.lit(base, texture.cloth("tabby", rng) * texture.folds(rng, 0.045))


def _soft(mask: Image.Image, blur: float, strength: float) -> Image.Image:
    small = mask.resize((SIDE // 4, SIDE // 4), Image.Resampling.BOX)
    small = small.filter(ImageFilter.GaussianBlur(blur / 4)).point(lambda v: int(v * strength))
    return small.resize((SIDE, SIDE), Image.Resampling.BILINEAR)


def shadow(
    back: Image.Image, mask: Image.Image, drop: int = 26, blur: float = 26, strength: float = 0.5
) -> Image.Image:
    """Darken `back` where `mask` (L, canvas size) casts: a tight contact shade and a long soft one, down and right."""
    dark = Image.new("RGB", (SIDE, SIDE), (38, 30, 26))
    far, near = Image.new("L", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE))
    far.paste(_soft(mask, blur, strength), (drop, drop))
    near.paste(_soft(mask, max(6, blur / 4), strength * 0.7), (drop // 4, drop // 3))
    back.paste(dark, (0, 0), far)
    back.paste(dark, (0, 0), near)
    return back


def lay(back: Image.Image, thing: Image.Image, mask: Image.Image, **cast: float) -> Image.Image:
    """Lay a flat `thing` on the table through its mask, with its shadow under it."""
    shadow(back, mask, **cast)
    back.paste(thing, (0, 0), mask)
    return back


def stand(back: Image.Image, thing: Image.Image, mask: Image.Image, foot: tuple[float, float, float]) -> Image.Image:
    """Stand an upright thing on the paper; `foot` is centre x, baseline y and half width of what touches, in pixels."""
    x, y, half = foot
    long, touch = Image.new("L", (SIDE, SIDE)), Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(long).ellipse([x - half * 0.8, y - half * 0.24, x + half * 3.2, y + half * 0.40], fill=150)
    ImageDraw.Draw(touch).ellipse([x - half * 1.1, y - half * 0.2, x + half * 1.3, y + half * 0.34], fill=190)
    dark = Image.new("RGB", (SIDE, SIDE), (38, 30, 26))
    back.paste(dark, (0, 0), _soft(long, 46, 0.55))
    back.paste(dark, (0, 0), _soft(touch, 14, 0.75))
    back.paste(thing, (0, 0), mask)
    return back


def inset(mask: Image.Image, depth: int) -> Image.Image:
    """A mask drawn in by about `depth` pixels (found at a quarter of the size)."""
    small = mask.resize((SIDE // 4, SIDE // 4), Image.Resampling.BOX)
    return small.filter(ImageFilter.MinFilter(depth // 4 * 2 + 1)).resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def smooth(painter, scale: int = 2, mode: str = "L", fill=0) -> Image.Image:
    """A canvas picture drawn by `painter(draw, scale)` at `scale` times the size and reduced, so edges are soft."""
    big = Image.new(mode, (SIDE * scale, SIDE * scale), fill)
    painter(ImageDraw.Draw(big), scale)
    return big.reduce(scale)
