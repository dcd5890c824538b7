"""The index answers exactly what counting bits would, and follows its table."""

from datetime import UTC, datetime

import numpy as np
import pytest

from catalogue.models import ProductImage
from marketplace.suspicion import photos
from marketplace.suspicion.models import PhotoPrint


@pytest.fixture(autouse=True)
def _nothing_held():
    photos.forget()
    yield
    photos.forget()


@pytest.fixture
def stored(kilim):
    """Stores a hash as a print: `stored(bits, quality=…)`."""

    def _stored(bits: bytes, quality: int = 90) -> PhotoPrint:
        image = ProductImage.objects.create(
            product=kilim, original="works/none.webp", display_order=ProductImage.objects.count()
        )
        seen = datetime(2026, 11, 1, tzinfo=UTC)
        return PhotoPrint.objects.create(
            image=image, work=kilim, maker=kilim.maker, pdq=bits, quality=quality, first_seen=seen
        )

    return _stored


def test_the_nearest_are_those_that_counting_bits_finds():
    chance = np.random.default_rng(5)
    hashes = chance.integers(0, 256, (3000, 32), np.uint8)
    asked = chance.integers(0, 256, (20, 32), np.uint8)
    asked[:10] = hashes[:10] ^ (chance.random((10, 32)) < 0.3).astype(np.uint8)
    index = photos.HashIndex()
    index.add(list(range(100, 3100)), [row.tobytes() for row in hashes])
    distances = np.bitwise_count(asked[:, None] ^ hashes[None]).sum(2, dtype=int)
    for row, found in zip(distances, index.nearest([one.tobytes() for one in asked], 3000, within=100), strict=True):
        assert sorted(found) == sorted((100 + int(at), int(row[at])) for at in np.flatnonzero(row <= 100))
        assert [bits for _pk, bits in found] == sorted(bits for _pk, bits in found)


def test_thirty_one_bits_are_near_and_thirty_two_are_not(stored):
    near, far = (int.to_bytes((1 << bits) - 1, 32) for bits in (31, 32))
    held = stored(near)
    stored(far)
    assert photos.nearest([bytes(32)], 10) == [[(held.pk, 31)]]


def test_what_was_stored_since_is_found_and_flat_hashes_are_not(stored):
    assert photos.nearest([bytes(32)], 10) == [[]]
    first = stored(bytes(32))
    assert photos.nearest([bytes(32)], 10) == [[(first.pk, 0)]]
    second = stored(bytes(31) + b"\x01")
    stored(bytes(32), quality=49)
    assert photos.nearest([bytes(32)], 10) == [[(first.pk, 0), (second.pk, 1)]]


def test_a_lower_id_that_commits_late_is_taken_in(stored):
    late, other = stored(bytes(32)), stored(bytes(31) + b"\x01")
    number = late.pk
    image = late.image
    late.delete()
    assert photos.nearest([bytes(32)], 10) == [[(other.pk, 1)]]
    PhotoPrint.objects.create(
        pk=number,
        image=image,
        work=other.work,
        maker=other.maker,
        pdq=bytes(32),
        quality=90,
        first_seen=other.first_seen,
    )
    assert photos.nearest([bytes(32)], 10) == [[(number, 0), (other.pk, 1)]]


def test_an_id_that_came_to_mean_another_photo_begins_the_index_anew(stored):
    """SQLite gives a rolled-back id out again."""
    held = stored(bytes(32))
    assert photos.nearest([bytes(32)], 10) == [[(held.pk, 0)]]
    PhotoPrint.objects.filter(pk=held.pk).update(pdq=b"\xff" * 32)
    assert photos.nearest([bytes(32)], 10) == [[]]
    assert photos.nearest([b"\xff" * 32], 10) == [[(held.pk, 0)]]


def test_a_question_costs_two_queries(stored, django_assert_num_queries):
    stored(bytes(32))
    photos.nearest([bytes(32)], 10)
    with django_assert_num_queries(2):
        photos.nearest([bytes(32)] * 24, 10)
