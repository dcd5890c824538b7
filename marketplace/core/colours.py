"""What colours a photo has, in a dozen families that people have names for.

Every pixel of a small copy goes to the sample that it is nearest to in CIELAB (1976, D65), where distances are about as people see them.
A plain ground (paper, wall, black cloth) is left out, so that a copper tray on white is copper.
"""

from functools import cache

import numpy as np
from PIL import Image

#: Family → samples in sRGB. A family is what lies nearer to one of its samples than to another family's.
SAMPLES: dict[str, tuple[str, ...]] = {
    "red": ("#c8102e", "#a3182a", "#8a1220", "#7c2a25", "#d8392f", "#5e141b", "#b23a20"),
    "orange": ("#e8731c", "#c65a1e", "#e0904f", "#d2691e"),
    "yellow": ("#f2c517", "#e0b23a", "#d9a520", "#f6e27a", "#b8902c"),
    "green": ("#2e7d32", "#1f4d2b", "#6b8e3d", "#556b2f", "#86b07a", "#3d9a5b"),
    "turquoise": ("#1aa6a6", "#30c5c0", "#0f7f86", "#7fd0cd", "#2a9db5", "#0c4549"),
    "blue": ("#1f4fa3", "#16306b", "#2f6fd0", "#6c9bd6", "#27418a", "#10203f", "#5a7496"),
    "purple": ("#6a2c91", "#4a2360", "#8e5bb0", "#7a3b6b"),
    "pink": ("#e58ca8", "#f2b8c6", "#d8578a", "#c97b84"),
    "brown": ("#6b4226", "#4a2c1a", "#8b5a36", "#a9744a", "#7a5c43", "#33211a"),
    "cream": ("#f0e4c8", "#e3d2ab", "#d5bf95", "#c9b48c", "#f5ecd8"),
    "white": ("#ffffff", "#f6f6f4", "#ebebea"),
    "grey": ("#808080", "#a8a8a8", "#c8c8c8", "#5c5c5c", "#8c8880"),
    "black": ("#000000", "#151515", "#262524"),
}
FAMILIES = tuple(SAMPLES)
#: A family is named when it has this share of what is looked at; of more than so many the largest are.
LEAST_SHARE, MOST_NAMED = 0.15, 3
#: Pixels a side that are looked at, and those of its edge.
_SIDE, _EDGE = 96, 4
#: A ground: so much of the edge lies this near to the edge's middle, which has little colour (C*). Light counts less, for shadows.
_GROUND_SHARE, _GROUND_NEAR, _GROUND_CHROMA, _SHADOW = 0.7, 9.0, 14.0, 0.4
#: A photo whose ground leaves less than this is looked at whole: a white bowl on white paper is white.
_LEAST_LEFT = 0.08
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
_WHITE = _TO_XYZ.sum(axis=1)


def families_of(image: Image.Image) -> tuple[str, ...]:
    """The families of a photo's dominant colours, the largest first; at least one."""
    small = image.convert("RGB").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    pixels = lab(np.asarray(small, np.float64).reshape(-1, 3)).reshape(_SIDE, _SIDE, 3)
    nearest = _nearest(_without_ground(pixels))
    shares = np.bincount(nearest, minlength=len(FAMILIES)) / len(nearest)
    order = np.argsort(-shares, kind="stable")[:MOST_NAMED]
    return tuple(FAMILIES[at] for rank, at in enumerate(order) if rank == 0 or shares[at] >= LEAST_SHARE)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Rows of sRGB levels (0 to 255) as rows of L*, a*, b*."""
    share = rgb / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    xyz = linear @ _TO_XYZ.T / _WHITE
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = bent.T
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=1)


def _without_ground(pixels: np.ndarray) -> np.ndarray:
    """The pixels that are no plain ground, as rows."""
    every = pixels.reshape(-1, 3)
    inner = np.zeros((_SIDE, _SIDE), bool)
    inner[_EDGE:-_EDGE, _EDGE:-_EDGE] = True
    edge = pixels[~inner]
    ground = np.median(edge, axis=0)
    plain = (_apart(edge, ground) < _GROUND_NEAR).mean() >= _GROUND_SHARE
    if not plain or np.hypot(ground[1], ground[2]) > _GROUND_CHROMA:
        return every
    left = every[_apart(every, ground) >= _GROUND_NEAR]
    return left if len(left) >= _LEAST_LEFT * len(every) else every


def _apart(pixels: np.ndarray, ground: np.ndarray) -> np.ndarray:
    return np.linalg.norm((pixels - ground) * (_SHADOW, 1, 1), axis=1)


def _nearest(pixels: np.ndarray) -> np.ndarray:
    """Of each row the number of its family."""
    samples, family = _samples()
    apart = ((pixels[:, None, :] - samples[None, :, :]) ** 2).sum(axis=2)
    return family[apart.argmin(axis=1)]


@cache
def _samples() -> tuple[np.ndarray, np.ndarray]:
    levels = [[int(code[at : at + 2], 16) for at in (1, 3, 5)] for codes in SAMPLES.values() for code in codes]
    family = [number for number, codes in enumerate(SAMPLES.values()) for _code in codes]
    return lab(np.array(levels, np.float64)), np.array(family)
