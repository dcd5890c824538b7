"""Who published a photo first: another maker, earlier, and nobody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import ImageOps

from catalogue.pictures import add_picture
from marketplace.core.models import OutboxEvent
from marketplace.listing.services import create_work
from marketplace.suspicion import photos, services
from marketplace.suspicion.models import PhotoPrint
from marketplace.suspicion.services import find_first_published, print_photo
from tests.catalogue.test_photo_hash import scene
from tests.core.test_pictures import own_media  # noqa: F401  each test has its own storage

FIRST = datetime(2026, 11, 1, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _nothing_held():
    photos.forget()
    yield
    photos.forget()


@pytest.fixture
def tray(coppersmith, copper_craft):
    """A work of another maker than the kilim's."""
    return create_work(maker=coppersmith, craft=copper_craft, title_fa="سینی", price_rial=45_000_000)


def shown(work, image, *, day: int = 0, **more) -> PhotoPrint:
    """The print of a photo that a work has shown since a day."""
    row = PhotoPrint.objects.get(image=add_picture(work=work, image=image, **more))
    row.first_seen = FIRST + timedelta(days=day)
    row.save()
    return row


def test_another_makers_earlier_photo_is_found(kilim, tray):
    original, copy = shown(kilim, scene()), shown(tray, scene(), day=3)
    match = find_first_published(copy)[0]
    assert (match.print, match.distance, match.flipped) == (original, 0, False)
    assert match.agreement > 0.95


def test_a_mirrored_and_cropped_copy_is_found_by_its_points(kilim, tray):
    photo = scene()
    cropped = ImageOps.mirror(photo.crop((120, 90, 820, 640)))
    original, copy = shown(kilim, photo), shown(tray, cropped, day=3)
    # of another craft, and further away by hash than is searched for: the craft brings it up
    copy.work.craft = kilim.craft
    match = find_first_published(copy)[0]
    assert (match.print, match.flipped) == (original, True)
    assert match.inliers >= 25


def test_a_later_photo_was_not_first(kilim, tray):
    copy, early = shown(kilim, scene(), day=3), shown(tray, scene())
    assert find_first_published(early) == []
    assert [match.print for match in find_first_published(copy)] == [early]


def test_of_two_in_one_instant_the_lower_picture_was_first(kilim, tray):
    lower, higher = shown(kilim, scene()), shown(tray, scene())
    assert find_first_published(lower) == []
    assert [match.print for match in find_first_published(higher)] == [lower]


def test_a_makers_own_photo_may_be_shown_again(kilim, weaver, kilim_craft):
    second = create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم دوم", price_rial=45_000_000)
    shown(kilim, scene())
    assert find_first_published(shown(second, scene(), day=3)) == []


def test_who_showed_it_first_may_show_it_again_after_it_was_copied(kilim, tray, weaver, kilim_craft):
    second = create_work(maker=weaver, craft=kilim_craft, title_fa="گلیم دوم", price_rial=45_000_000)
    shown(kilim, scene())
    shown(tray, scene(), day=3)
    assert find_first_published(shown(second, scene(), day=5)) == []


def test_another_photo_is_no_copy(kilim, tray):
    shown(kilim, scene(1))
    assert find_first_published(shown(tray, scene(2), day=3)) == []


def test_two_flat_photos_are_no_copies(kilim, tray):
    flat = scene().point(lambda _level: 190)
    row = shown(kilim, flat)
    assert row.quality == 0
    assert find_first_published(shown(tray, flat, day=3)) == []


def test_what_the_demo_drew_is_printed_only_when_asked(kilim):
    image = add_picture(work=kilim, image=scene(), is_demo=True)
    assert not PhotoPrint.objects.exists()
    assert print_photo(image).pdq is not None


def test_a_photo_is_printed_once(kilim):
    row = shown(kilim, scene())
    assert print_photo(row.image) == row
    assert PhotoPrint.objects.count() == 1


def test_a_file_that_is_no_picture_gets_an_empty_print_and_matches_nothing(kilim, tray):
    image = add_picture(work=kilim, image=scene())
    PhotoPrint.objects.all().delete()
    for name in image.sizes.values():
        default_storage.delete(name)
        with default_storage.open(name, "w") as file:
            file.write("no picture")
    row = print_photo(image)
    assert (row.pdq, row.quality) == (None, 0)
    assert find_first_published(row) == []
    assert find_first_published(shown(tray, scene(), day=3)) == []


def test_a_candidate_whose_file_is_gone_is_passed_over(kilim, tray):
    original, copy = shown(kilim, scene()), shown(tray, scene(), day=3)
    for name in original.image.sizes.values():
        default_storage.delete(name)
    assert find_first_published(copy) == []


def test_a_storage_that_does_not_answer_leaves_the_print_to_the_worker(kilim, monkeypatch):
    def silent(_name, _mode="rb"):
        raise ConnectionError("no answer")

    with monkeypatch.context() as broken:
        broken.setattr(services.default_storage, "open", silent)
        image = add_picture(work=kilim, image=scene())
    assert not PhotoPrint.objects.exists()
    waiting = list(OutboxEvent.objects.filter(topic=services.PRINT_PHOTO))
    assert [event.key for event in waiting] == [str(image.pk)]
    services.read_unprinted(waiting)
    services.read_unprinted(waiting)
    assert PhotoPrint.objects.get().image == image


def test_a_print_goes_with_its_picture(kilim):
    shown(kilim, scene()).image.delete()
    assert not PhotoPrint.objects.exists()
