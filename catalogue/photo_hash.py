"""PDQ: 256 bits that stay nearly the same when a photo is resized, re-encoded, brightened or lightly marked.

Written from the published description ("The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", Facebook, 2019):
luminance, a tent filter made of two box passes, 64 × 64 samples, the 16 × 16 lowest cosine terms without the constant ones, one bit
a term: above the median or not. Bits are packed row by row, first bit highest: distances are PDQ's, the bytes' order is ours.
The hash knows nothing of turning and mirroring, so the side that asks hashes the turned photos too (`variants`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

#: Bits that differ, at most, between two copies of one photo; of two other photos about 128 do.
COPY_WITHIN = 31
#: Below this a photo is so flat that its bits are chance (the paper's own advice); 100 is the best quality.
FLAT_BELOW = 50
BITS = 256
_SAMPLES, _TERMS = 64, 16
#: Every photo is brought to this many pixels a side first.
_SIDE = 512
#: Levels by which a pixel must differ from the ground around a photo to count as photo.
_UNLIKE_GROUND = 16
#: Shares of a line that must be photo: of a plain border, and of a frame that carries words or buttons.
_TRIMS = (0.02, 0.5)
#: A photo smaller than this share of the picture is no framed photo.
_LEAST_FRAMED = 0.2


@dataclass(frozen=True)
class PhotoHash:
    """32 bytes, and how much there was to see: 0 (flat) to 100."""

    bits: bytes
    quality: int

    @property
    def is_flat(self) -> bool:
        """Whether there is too little in the photo for its bits to mean anything."""
        return self.quality < FLAT_BELOW

    def distance(self, other: "PhotoHash") -> int:
        """Bits that differ, 0 to 256."""
        return distance(self.bits, other.bits)


@dataclass(frozen=True)
class Variant:
    """A hash of the photo turned, mirrored or freed of its border; `quarters` are anticlockwise quarter turns.

    `light` is what was hashed: 512 × 512 levels, to be laid beside the photo that was found.
    """

    hash: PhotoHash
    light: np.ndarray = field(compare=False, repr=False)
    mirrored: bool = False
    quarters: int = 0
    trimmed: bool = False


def distance(one: bytes, other: bytes) -> int:
    """Bits in which two hashes differ."""
    return (int.from_bytes(one) ^ int.from_bytes(other)).bit_count()


def pdq(image: Image.Image) -> PhotoHash:
    """The hash of a photo as it stands."""
    return _hash(luminance(image))


def plain(image: Image.Image) -> Variant:
    """The photo as it stands, as a variant."""
    light = luminance(image)
    return Variant(_hash(light), light)


def variants(image: Image.Image) -> list[Variant]:
    """What to ask an index of plain hashes with: the photo whole and without its border, in all eight positions. The plain one is first."""
    whole = luminance(image)
    return [
        Variant(_hash(turned), turned, mirrored, quarters, trimmed)
        for part, trimmed in [(whole, False), *((inner, True) for inner in _without_border(whole))]
        for turned, mirrored, quarters in _positions(part)
    ]


def luminance(image: Image.Image) -> np.ndarray:
    """512 × 512 levels of light, whatever the photo's size: patterned goods hash differently through filters of another width."""
    if image.mode != "L":
        image = image.convert("RGB").convert("L")  # the paper's weights: 0.299, 0.587, 0.114
    return np.asarray(_squared(image), np.float32)


def _squared(image: Image.Image) -> Image.Image:
    return image.resize((_SIDE, _SIDE), Image.Resampling.BOX if min(image.size) >= _SIDE else Image.Resampling.BILINEAR)


def _hash(light: np.ndarray) -> PhotoHash:
    samples = _TENT @ light @ _TENT.T
    terms = _COSINES @ samples @ _COSINES.T
    bits = np.packbits(terms > np.median(terms)).tobytes()
    return PhotoHash(bits, _quality(samples))


def _cosines() -> np.ndarray:
    """16 × 64: the lowest terms of a cosine transform, without the constant one."""
    term, sample = np.arange(1, _TERMS + 1)[:, None], np.arange(_SAMPLES)[None, :]
    return (np.sqrt(2 / _SAMPLES) * np.cos(np.pi / (2 * _SAMPLES) * term * (2 * sample + 1))).astype(np.float32)


def _tent() -> np.ndarray:
    """64 × 512: two box passes, half a sample wide and cut off at the edges, then the middle of each sample."""
    window, at = -(-_SIDE // (2 * _SAMPLES)), np.arange(_SIDE)
    box = (at[None, :] >= at[:, None] - (window - 1) // 2) & (at[None, :] <= at[:, None] + window // 2)
    once = box / box.sum(1, keepdims=True)
    middles = ((np.arange(_SAMPLES) + 0.5) * _SIDE / _SAMPLES).astype(int)
    return (once @ once)[middles].astype(np.float32)


_COSINES, _TENT = _cosines(), _tent()


def _quality(samples: np.ndarray) -> int:
    """The paper's: whole hundredths of the steps between neighbouring samples, summed, by 90, at most 100."""
    steps = sum(int(np.trunc(np.abs(np.diff(samples, axis=axis)) * 100 / 255).sum()) for axis in (0, 1))
    return min(100, steps // 90)


def _positions(photo: np.ndarray) -> Iterator[tuple[np.ndarray, bool, int]]:
    for mirrored, seen in ((False, photo), (True, photo[:, ::-1])):
        for quarters in range(4):
            yield np.rot90(seen, quarters), mirrored, quarters


def _without_border(photo: np.ndarray) -> list[np.ndarray]:
    """The photo inside a plain border, and inside a frame with a few words on it; nothing where there is neither."""
    edge = np.concatenate([photo[0], photo[-1], photo[:, 0], photo[:, -1]])
    ground = np.bincount(edge.astype(np.uint8) >> 3).argmax() * 8 + 4
    seen = np.abs(photo - ground) > _UNLIKE_GROUND
    boxes = {_box_of(seen, share) for share in _TRIMS}
    return [
        np.asarray(_squared(Image.fromarray(photo[top:bottom, left:right])), np.float32)
        for top, bottom, left, right in sorted(boxes)
        if min(bottom - top, right - left) >= _SAMPLES
        and _LEAST_FRAMED * photo.size <= (bottom - top) * (right - left) < photo.size
    ]


def _box_of(seen: np.ndarray, share: float) -> tuple[int, int, int, int]:
    """Top, bottom, left, right of the lines of which more than a share is photo; all 0 when there is none."""
    top, bottom = _longest_run(seen.mean(1) > share)
    left, right = _longest_run(seen[top:bottom].mean(0) > share) if bottom > top else (0, 0)
    return top, bottom, left, right


def _longest_run(flags: np.ndarray) -> tuple[int, int]:
    """Begin and end of the longest stretch of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    begins, ends = edges[::2], edges[1::2]
    if not len(begins):
        return 0, 0
    longest = int(np.argmax(ends - begins))
    return int(begins[longest]), int(ends[longest])
