"""Pictures of handicrafts, drawn by computer in each craft's own manner, for demonstration data without photographs.

The same craft and seed always give the same picture and the same words. Nothing here knows of Django.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageFilter

from . import texture
from .crafts import CRAFTS, GROUPS
from .manners import MANNERS, Manner

__all__ = ["describe", "detail", "draw", "manners"]


def _manner(craft_en: str, group: str) -> tuple[Manner, tuple[str, ...]]:
    name, _, only = (CRAFTS.get(craft_en) or GROUPS[group]).partition(":")
    return MANNERS[name], tuple(key.strip() for key in only.split(",") if key.strip())


def draw(craft_en: str, group: str, seed: int, size: int = texture.SIDE) -> Image.Image:
    """The picture of one work: RGB, `size` × `size` pixels.

    An unknown craft follows its group; KeyError if that too is unknown.
    """
    manner, only = _manner(craft_en, group)
    image = manner(seed, craft_en, only)
    return image if size == texture.SIDE else image.resize((size, size), Image.Resampling.LANCZOS)


def describe(craft_en: str, group: str, seed: int) -> tuple[str, str]:
    """Alternative text, Persian and English: what is drawn, in which colours, and that a computer drew it."""
    manner, only = _manner(craft_en, group)
    _, variant, dyes = manner.start(craft_en, seed, only)
    fa, en = manner.variants[variant]
    return f"{fa.format(*dyes.fa)}، تصویر رایانه‌ای", f"{en.format(*dyes.en)}, drawn by computer"


def detail(image: Image.Image, seed: int) -> Image.Image:
    """A closer view of a picture from `draw`, a little turned and under raking light; same size."""
    rng = np.random.default_rng([seed, 2])
    side, share = image.width, rng.uniform(0.40, 0.52)
    angle = float(rng.uniform(4, 11)) * rng.choice([-1, 1])
    corner = (0.5 + rng.uniform(-0.09, 0.09, 2) - share / 2) * side
    box = (*corner, *(corner + share * side))
    near = image.rotate(angle, Image.Resampling.BICUBIC).resize((side, side), Image.Resampling.LANCZOS, box=box)
    near = near.filter(ImageFilter.UnsharpMask(2.2, 70, 2))
    ramp = np.linspace(1.14, 0.86, side, dtype=np.float32)
    rake = (ramp[None, :] if angle > 0 else ramp[:, None]) * np.ones((side, side), np.float32)
    return texture.lit(near, rake)


def manners() -> dict[str, Callable[..., Image.Image]]:
    """Every manner by name; each is called with a seed."""
    return dict(MANNERS)
