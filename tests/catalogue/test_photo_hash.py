"""PDQ's published properties, on pictures made here."""

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageOps

from catalogue.photo_hash import COPY_WITHIN, FLAT_BELOW, distance, pdq, variants


def scene(seed: int = 3, size: tuple[int, int] = (900, 700)) -> Image.Image:
    """Soft blobs of chance: every seed is another picture."""
    levels = np.random.default_rng(seed).integers(0, 256, (14, 18, 3), np.uint8)
    return Image.fromarray(levels).resize(size, Image.Resampling.BICUBIC)


def test_a_hash_is_32_bytes_of_which_half_the_bits_are_set():
    found = pdq(scene())
    assert len(found.bits) == 32
    assert int.from_bytes(found.bits).bit_count() == 128  # the median halves them
    assert not found.is_flat


def test_a_flat_picture_has_no_quality():
    found = pdq(Image.new("RGB", (600, 600), (200, 180, 150)))
    assert (found.quality, found.is_flat) == (0, True)
    assert pdq(scene()).quality >= FLAT_BELOW


def test_size_colour_and_a_little_light_change_few_bits():
    photo, asked = scene(), pdq(scene())
    for changed in (
        photo.resize((300, 233), Image.Resampling.LANCZOS),
        photo.resize((1800, 900), Image.Resampling.BICUBIC),
        ImageOps.grayscale(photo),
        ImageEnhance.Brightness(photo).enhance(0.8),
    ):
        assert pdq(changed).distance(asked) <= 12


def test_other_pictures_differ_in_about_half_of_the_bits():
    hashes = [pdq(scene(seed)) for seed in range(12)]
    apart = [one.distance(two) for n, one in enumerate(hashes) for two in hashes[n + 1 :]]
    assert 120 <= np.mean(apart) <= 136
    assert min(apart) > COPY_WITHIN


def test_turning_moves_the_terms_and_flips_every_other_sign():
    """A cosine transform's symmetry: turned by 180° a term keeps its size, and its sign when its two numbers add up evenly.

    Terms beside the median may fall to its other side.
    """
    upright, turned = (
        np.unpackbits(np.frombuffer(pdq(photo).bits, np.uint8)).reshape(16, 16)
        for photo in (scene(), scene().transpose(Image.Transpose.ROTATE_180))
    )
    row, column = np.indices((16, 16))
    even = (row + column) % 2 == 0
    assert (upright == turned)[even].mean() > 0.85
    assert (upright == turned)[~even].mean() < 0.15


@pytest.mark.parametrize("quarters", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_variants_hold_every_position(mirrored, quarters):
    photo = ImageOps.mirror(scene()) if mirrored else scene()
    turned = photo.rotate(90 * quarters, expand=True)
    nearest = min(variants(turned), key=lambda one: one.hash.distance(pdq(scene())))
    assert nearest.hash.distance(pdq(scene())) <= 8
    assert nearest.mirrored == mirrored


@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (250, 240, 60)])
def test_a_plain_border_is_seen_through(colour):
    bordered = ImageOps.expand(scene(), border=90, fill=colour)
    assert pdq(bordered).distance(pdq(scene())) > COPY_WITHIN
    assert min(one.hash.distance(pdq(scene())) for one in variants(bordered)) <= COPY_WITHIN
    assert any(one.trimmed for one in variants(bordered))


def test_the_first_variant_is_the_photo_as_it_stands():
    first = variants(scene())[0]
    assert first.hash == pdq(scene())
    assert (first.mirrored, first.quarters, first.trimmed) == (False, 0, False)


def test_distance_counts_bits():
    assert distance(bytes(32), b"\xff" * 32) == 256
    assert distance(bytes(32), b"\x03" + bytes(31)) == 2


def test_a_single_colour_has_eight_variants_and_no_error():
    assert len(variants(Image.new("RGB", (90, 500)))) == 8
