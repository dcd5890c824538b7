"""Whether two pictures are one photo, point by point: slow (tenths of a second a pair), so it is asked in the background only.

SIFT finds points in both, RANSAC the one projection under which most lie alike. Pieces of one pattern share many points too, so the
asked photo is then laid over the other and compared block by block: copies agree nearly everywhere, sister pieces do not.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

#: Points that lie alike under one projection, at least.
ENOUGH_INLIERS = 25
#: Share of the blocks that must agree, and how closely one must (correlation) to agree.
ENOUGH_AGREEMENT, AGREES = 0.8, 0.9
#: Pixels: the longer side compared, points taken at most, a projection's error, a block's side.
_SIDE, _POINTS, _ERROR, _BLOCK = 480, 500, 4.0, 24
#: A point's nearest neighbour must be this much nearer than its second.
_RATIO = 0.8
#: Levels (standard deviation) under which a block is too flat to be compared.
_FLAT = 4.0


@dataclass(frozen=True)
class Points:
    """A picture's grey levels, the points found in it, and what each looks like."""

    light: np.ndarray
    at: np.ndarray
    looks: np.ndarray


@dataclass(frozen=True)
class Likeness:
    """How many points lie alike, and the share of blocks (0 to 1) that agree once one picture is laid over the other."""

    inliers: int = 0
    agreement: float = 0.0

    @property
    def is_copy(self) -> bool:
        """Whether both say that it is one photo."""
        return self.inliers >= ENOUGH_INLIERS and self.agreement >= ENOUGH_AGREEMENT


def points(image: Image.Image) -> Points:
    """A picture's points; the work of finding them is done once however many pictures it is compared with."""
    light = image.convert("L")
    light.thumbnail((_SIDE, _SIDE))
    levels = np.asarray(light)
    found, looks = cv2.SIFT.create(nfeatures=_POINTS).detectAndCompute(levels, None)
    if looks is None:
        return Points(levels, np.empty((0, 2), np.float32), np.empty((0, 128), np.float32))
    # square roots: compared so, a few strong edges do not outweigh the rest
    rooted = np.sqrt(looks / (looks.sum(1, keepdims=True) + 1e-6)).astype(np.float32)
    return Points(levels, np.array([point.pt for point in found], np.float32), rooted)


def inliers(image_a: Image.Image, image_b: Image.Image) -> int:
    """Points that lie alike in both pictures. A mirrored copy has none: mirror it first."""
    return likeness(points(image_a), points(image_b)).inliers


def likeness(asked: Points, other: Points) -> Likeness:
    """How alike two pictures are; nothing when no projection carries one onto the other."""
    pairs = _pairs(asked, other)
    if len(pairs) < 4:
        return Likeness()
    here, there = asked.at[pairs[:, 0]], other.at[pairs[:, 1]]
    projection, mask = cv2.findHomography(here, there, cv2.RANSAC, _ERROR)
    if projection is None:
        return Likeness()
    count = int(mask.sum())
    return Likeness(count, _laid_over(asked.light, other.light, projection) if count >= ENOUGH_INLIERS else 0.0)


def agreement(one: np.ndarray, other: np.ndarray, covered: np.ndarray | None = None) -> float:
    """The share of blocks that agree, of those that are covered and not flat in both. Pictures of one size; 0 when no block is left."""
    # a slight blur: grain is the camera's and the compression's, not the photo's
    soft = [cv2.GaussianBlur(light.astype(np.float32), (0, 0), 1.5) for light in (one, other)]
    a, b = (_blocks(light) for light in soft)
    spread_a, spread_b = a.std(1), b.std(1)
    counted = (spread_a >= _FLAT) | (spread_b >= _FLAT)
    if covered is not None:
        counted &= _blocks(covered).min(1) == 255
    if not counted.any():
        return 0.0
    together = ((a - a.mean(1, keepdims=True)) * (b - b.mean(1, keepdims=True))).mean(1)
    correlation = together / (spread_a * spread_b + 2)
    return float((correlation[counted] > AGREES).mean())


def _pairs(asked: Points, other: Points) -> np.ndarray:
    """Indexes of points that look alike, each used once."""
    if len(asked.at) < 2 or len(other.at) < 2:
        return np.empty((0, 2), int)
    best: dict[int, tuple[float, int]] = {}
    for first, second in cv2.BFMatcher(cv2.NORM_L2).knnMatch(asked.looks, other.looks, k=2):
        if first.distance < _RATIO * second.distance and first.distance < best.get(first.trainIdx, (9.0, 0))[0]:
            best[first.trainIdx] = (first.distance, first.queryIdx)
    return np.array([(query, train) for train, (_distance, query) in best.items()], int).reshape(-1, 2)


def _laid_over(asked: np.ndarray, other: np.ndarray, projection: np.ndarray) -> float:
    size = (other.shape[1], other.shape[0])
    covered = cv2.warpPerspective(np.full_like(asked, 255), projection, size)
    return agreement(cv2.warpPerspective(asked, projection, size), other, covered)


def _blocks(light: np.ndarray) -> np.ndarray:
    """One row of pixels for each whole block."""
    rows, columns = light.shape[0] // _BLOCK, light.shape[1] // _BLOCK
    whole = light[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK)
    return whole.swapaxes(1, 2).reshape(rows * columns, _BLOCK * _BLOCK)
