"""Light, grain and cloth: what is laid over a flat design so that it reads as a thing.

All maps are float32 gains around 1.0 on a SIDE × SIDE canvas; the costly ones are made once and rolled by the seed.
"""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageFilter

SIDE = 1000  # pixels of the working canvas
BICUBIC = Image.Resampling.BICUBIC


@lru_cache(maxsize=1)
def grid() -> tuple[np.ndarray, np.ndarray]:
    """Column and row numbers as broadcastable float32 (x is 1 × SIDE, y is SIDE × 1)."""
    line = np.arange(SIDE, dtype=np.float32)
    return line[None, :], line[:, None]


@lru_cache(maxsize=1)
def polar() -> tuple[np.ndarray, np.ndarray]:
    """Radius in pixels and angle in radians about the middle of the canvas."""
    x, y = grid()
    x, y = x - SIDE / 2, y - SIDE / 2
    return np.hypot(x, y), np.arctan2(y, x)


@lru_cache(maxsize=48)
def _cloud(cell_x: int, cell_y: int) -> np.ndarray:
    rng = np.random.default_rng(cell_x * 1009 + cell_y)
    shape = (max(2, SIDE // cell_y), max(2, SIDE // cell_x))
    small = np.pad(rng.standard_normal(shape, dtype=np.float32), 2, mode="wrap")
    step_x, step_y = SIDE / shape[1], SIDE / shape[0]
    wide = Image.fromarray(small).resize((SIDE, SIDE), BICUBIC, box=(2, 2, 2 + SIDE / step_x, 2 + SIDE / step_y))
    return np.asarray(wide, np.float32)


def noise(rng: np.random.Generator, cell_x: int, cell_y: int = 0) -> np.ndarray:
    """Smooth noise of about unit variance with blobs of `cell` pixels; wraps at the edges."""
    return np.roll(_cloud(cell_x, cell_y or cell_x), tuple(rng.integers(0, SIDE, 2)), (0, 1))


def lit(image: Image.Image, gain: np.ndarray) -> Image.Image:
    """The image times a gain map (1.0 leaves it alone)."""
    pixels = np.asarray(image).astype(np.float32)
    pixels *= gain[..., None] if gain.ndim == 2 else gain
    np.clip(pixels, 0, 255, out=pixels)
    return Image.fromarray(pixels.astype(np.uint8))


def relief(height: np.ndarray, strength: float) -> np.ndarray:
    """Gain of a surface of this height lit from the upper left."""
    slope = np.zeros_like(height)
    slope[1:, 1:] = height[1:, 1:] - height[:-1, :-1]
    slope *= strength
    slope += 1
    return np.clip(slope, 0.35, 1.75, out=slope)


def emboss(mask: Image.Image, depth: float, blur: float = 2.5) -> np.ndarray:
    """Gain for a greyscale height picture, softened by `blur` pixels; `depth` is about the darkest side's loss."""
    soft = mask.filter(ImageFilter.GaussianBlur(blur)) if blur else mask
    return relief(np.asarray(soft, np.float32), depth * blur / 128 if blur else depth / 128)


@lru_cache(maxsize=1)
def _falloff() -> np.ndarray:
    x, y = grid()
    return (1.05 - 0.42 * ((x / SIDE - 0.42) ** 2 + (y / SIDE - 0.38) ** 2)).astype(np.float32)


def falloff() -> np.ndarray:
    """A lamp at the upper left: a little over one there, about four fifths in the far corner."""
    return _falloff()


def _ribs(step: float, depth: float, axis: int) -> np.ndarray:
    x, y = grid()
    return depth * np.sin((y if axis == 0 else x) * np.float32(2 * np.pi / step))


@lru_cache(maxsize=16)
def _cloth(kind: str) -> np.ndarray:
    x, y = grid()
    rng = np.random.default_rng(len(kind))
    if kind == "kilim":
        thread = rng.normal(0, 0.05, (SIDE // 4, 1)).astype(np.float32).repeat(4, 0)
        body = _ribs(4, 0.10, 0) + 0.05 * np.sin(x * np.float32(np.pi / 4) + (y // 4) * np.pi) + thread
    elif kind == "knot":
        body = _ribs(4, 0.09, 0) * (1 + 0.4 * np.sin(x * np.float32(np.pi / 2))) + 0.05 * _cloud(3, 3)
    elif kind == "tabby":
        over = ((x // 3 + y // 3) % 2).astype(np.float32) - 0.5
        body = 0.07 * over + 0.04 * _cloud(60, 3) + 0.04 * _cloud(3, 60)
    elif kind == "coarse":
        over = ((x // 5 + y // 5) % 2).astype(np.float32) - 0.5
        body = 0.12 * over + 0.07 * _cloud(70, 5) + 0.06 * _cloud(5, 70)
    elif kind == "satin":
        body = 0.045 * np.sin((x * 0.4 + y) * np.float32(1.45)) + 0.03 * _cloud(90, 2)
    elif kind == "twill":
        body = 0.07 * np.sin((x + y) * np.float32(1.05)) + 0.04 * _cloud(4, 50)
    elif kind == "pile":
        body = 0.10 * _cloud(4, 7) + 0.06 * _cloud(11, 16)
    elif kind == "felt":
        body = 0.05 * _cloud(3, 3) + 0.05 * _cloud(9, 14) + 0.05 * _cloud(60, 60)
    else:
        raise KeyError(kind)
    return (1 + body).astype(np.float32)


def cloth(kind: str, rng: np.random.Generator, wear: float = 0.05) -> np.ndarray:
    """Gain of a cloth surface (kilim, knot, tabby, coarse, satin, twill, pile, felt) under the lamp."""
    return _cloth(kind) * (falloff() + wear * noise(rng, 160, 40))


def folds(rng: np.random.Generator, depth: float = 0.16, lean: float = 0.5) -> np.ndarray:
    """Gain of a cloth lying in soft folds that lean to one side."""
    side = SIDE // 4
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) / side
    bend = 0.10 * np.sin(y * rng.uniform(2, 5) + rng.uniform(0, 6))
    along = x + lean * y * rng.choice([-1, 1]) + bend
    height = sum(
        np.sin(along * f * rng.uniform(0.8, 1.25) + rng.uniform(0, 6.3)) / k for k, f in ((1, 9), (1.6, 17), (3, 31))
    )
    gain = 1 + depth * height + 0.5 * depth * np.abs(height) ** 3 * 0.4
    return np.asarray(Image.fromarray(gain.astype(np.float32)).resize((SIDE, SIDE), BICUBIC))


def grain(rng: np.random.Generator, amount: float = 0.03) -> np.ndarray:
    """Fine even speckle as a gain."""
    return 1 + amount * noise(rng, 2)
