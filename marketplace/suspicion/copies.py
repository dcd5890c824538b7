"""One photo against another, without a database: turned, mirrored, framed, cropped or marked, is it the same photo?"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from PIL import Image, ImageOps

from catalogue.photo_hash import BITS, COPY_WITHIN, Variant, distance, plain, variants
from marketplace.suspicion import sift


@dataclass(frozen=True)
class Copy:
    """How a photo was recognised: PDQ's distance in bits, whether it was mirrored, SIFT's points, the share of blocks that agree.

    `inliers` is 0 where near hashes made points needless.
    """

    distance: int
    flipped: bool
    inliers: int
    agreement: float


class Photo:
    """A photo and what is worked out of it, once, however many it is compared with."""

    def __init__(self, image: Image.Image) -> None:
        self._image = image

    @cached_property
    def plain(self) -> Variant:
        """Its hash as it stands."""
        return plain(self._image)

    @cached_property
    def variants(self) -> list[Variant]:
        """Its hashes in every position, with and without its border."""
        return variants(self._image)

    @cached_property
    def points(self) -> sift.Points:
        """Its points."""
        return sift.points(self._image)

    @cached_property
    def _mirrored_points(self) -> sift.Points:
        return sift.points(ImageOps.mirror(self._image))

    def distance_to(self, bits: bytes) -> int:
        """PDQ's distance in the position that is nearest."""
        return min((distance(variant.hash.bits, bits) for variant in self.variants), default=BITS)

    def copy_of(self, other: "Photo") -> Copy | None:
        """How this is the same photo as another, or None.

        Near hashes are a reason to look, not proof: two pieces of one shape on one ground hash alike. They too must agree block by block.
        """
        there = other.plain
        nearest = min(self.variants, key=lambda variant: variant.hash.distance(there.hash))
        bits = nearest.hash.distance(there.hash)
        if bits <= COPY_WITHIN and not nearest.hash.is_flat and not there.hash.is_flat:
            share = sift.agreement(np.ascontiguousarray(nearest.light), there.light)
            if share >= sift.ENOUGH_AGREEMENT:
                return Copy(bits, nearest.mirrored, 0, share)
        return self._by_points(other, bits)

    def _by_points(self, other: "Photo", bits: int) -> Copy | None:
        for mirrored in (False, True):
            alike = sift.likeness(self._mirrored_points if mirrored else self.points, other.points)
            if alike.is_copy:
                return Copy(bits, mirrored, alike.inliers, alike.agreement)
        return None
