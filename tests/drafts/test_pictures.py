"""A draft's pictures. What people should not send is made in `tests/core/test_pictures.py` and here."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage, storages
from PIL import Image

from marketplace.drafts import rules
from marketplace.drafts.models import Draft
from marketplace.drafts.pictures import add_picture, crop_picture, drop_picture, move_picture, square_of, turn_picture
from marketplace.drafts.services import close_draft, discard_draft
from tests.core.test_pictures import MADDER, gps_exif, own_media, photo, saved, stored_bytes  # noqa: F401
from tests.desks.conftest import private_papers  # noqa: F401

TURQUOISE = (0, 120, 120)


@pytest.fixture
def draft(weaver):
    return Draft.objects.create(maker=weaver, key=uuid.uuid4())


def add(draft, image=None, key=None, **options):
    return add_picture(draft=draft, key=key or uuid.uuid4(), upload=saved(image or photo(), "JPEG", **options))


def order(draft) -> list[int]:
    return [row.pk for row in draft.pictures.all()]


def pixel(picture, at) -> tuple[int, ...]:
    return Image.open(stored_bytes(picture.picture.name)).convert("RGB").getpixel(at)


def near(found, wanted) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(found, wanted, strict=True))


def files() -> tuple[int, int]:
    """How many files stand in public and in private storage."""
    public = default_storage.listdir("works")[1] if default_storage.exists("works") else []
    private = storages["private"]
    return len(public), len(private.listdir("drafts")[1]) if private.exists("drafts") else 0


def test_a_picture_sent_again_under_its_key_is_one_picture(draft):
    key = uuid.uuid4()
    first, second = add(draft, key=key), add(draft, key=key)
    assert (first.pk, draft.pictures.count(), files()) == (second.pk, 1, (3, 1))


def test_one_key_in_two_drafts_is_two_pictures(draft, weaver):
    key, other = uuid.uuid4(), Draft.objects.create(maker=weaver, key=uuid.uuid4())
    assert add(draft, key=key).pk != add(other, key=key).pk


def test_the_place_and_the_camera_are_in_no_stored_file(draft):
    picture = add(draft, exif=gps_exif(6))
    with storages["private"].open(picture.source) as source:
        kept = source.read() + b"".join(stored_bytes(name).read() for name in picture.picture.sizes.values())
    assert (b"SecretCamera" in kept, b"Exif" in kept, b"GPS" in kept) == (False, False, False)
    assert (picture.picture.width, picture.picture.height) == (600, 800)


def test_a_thirteenth_picture_is_refused(draft, monkeypatch):
    monkeypatch.setattr(rules, "PICTURES", 2)
    add(draft)
    add(draft)
    with pytest.raises(ValidationError) as error:
        add(draft)
    assert (error.value.code, draft.pictures.count(), files()) == ("too_many_pictures", 2, (6, 2))


def test_a_row_that_cannot_be_written_leaves_no_file(draft, monkeypatch):
    def fails(*_args, **_facts):
        raise RuntimeError("the table is gone")

    monkeypatch.setattr("marketplace.drafts.pictures._row", fails)
    with pytest.raises(RuntimeError):
        add(draft)
    assert files() == (0, 0)


def test_pictures_change_places_and_the_others_close_up(draft):
    first, second, third = (add(draft).pk for _number in range(3))
    move_picture(draft=draft, key=draft.pictures.get(pk=third).key, to=0)
    assert order(draft) == [third, first, second]
    move_picture(draft=draft, key=draft.pictures.get(pk=third).key, to=99)
    assert order(draft) == [first, second, third]
    move_picture(draft=draft, key=draft.pictures.get(pk=first).key, to=-1)
    move_picture(draft=draft, key=uuid.uuid4(), to=0)
    assert order(draft) == [first, second, third]


def test_a_picture_turns_a_quarter_clockwise_and_is_itself_after_four(draft):
    picture = add(draft, quality=95)
    assert near(pixel(picture, (20, 20)), TURQUOISE)
    turn_picture(picture=picture)
    assert (picture.turn, picture.picture.width, picture.picture.height) == (90, 600, 800)
    assert near(pixel(picture, (580, 20)), TURQUOISE)
    assert near(pixel(picture, (20, 20)), MADDER)
    for _quarter in range(3):
        turn_picture(picture=picture)
    picture.refresh_from_db()
    assert (picture.turn, near(pixel(picture, (20, 20)), TURQUOISE), files()) == (0, True, (3, 1))


def test_a_picture_is_cropped_and_keeps_its_crop_when_turned(draft):
    picture = add(draft, quality=95)
    crop_picture(picture=picture, crop=(0, 0, 500, 500))
    assert (picture.picture.width, picture.picture.height) == (400, 300)
    assert near(pixel(picture, (390, 290)), TURQUOISE)
    turn_picture(picture=picture)
    assert (picture.crop, picture.picture.width, picture.picture.height) == ([500, 0, 1000, 500], 300, 400)
    assert near(pixel(picture, (10, 390)), TURQUOISE)
    crop_picture(picture=picture, crop=(0, 0, 1000, 1000))
    assert (picture.crop, picture.picture.width, picture.picture.height) == (None, 600, 800)


@pytest.mark.parametrize("crop", [(0, 0, 99, 1000), (500, 0, 400, 1000), (-1, 0, 1000, 1000), (0, 950, 1000, 1001)])
def test_a_crop_that_leaves_nothing_is_refused_and_changes_nothing(draft, crop):
    picture = add(draft)
    before = picture.stored
    with pytest.raises(ValidationError) as error:
        crop_picture(picture=picture, crop=crop)
    picture.refresh_from_db()
    assert (error.value.code, picture.stored, picture.crop) == ("crop", before, None)


def test_the_square_is_the_middle_of_the_longer_side(draft):
    picture = add(draft)
    assert square_of(picture) == (125, 0, 875, 1000)
    crop_picture(picture=picture, crop=square_of(picture))
    assert (picture.picture.width, picture.picture.height) == (600, 600)
    turn_picture(picture=picture)
    assert square_of(picture) == (0, 125, 1000, 875)


def test_who_turned_it_meanwhile_was_first(draft):
    picture = add(draft)
    late = draft.pictures.get(pk=picture.pk)
    turn_picture(picture=picture)
    crop_picture(picture=late, crop=(0, 0, 500, 500))
    now = draft.pictures.get(pk=picture.pk)
    assert (now.turn, now.crop, now.stored, files()) == (90, None, picture.stored, (2, 1))


def test_a_picture_taken_away_leaves_no_file(draft, django_capture_on_commit_callbacks):
    add(draft)
    with django_capture_on_commit_callbacks(execute=True):
        drop_picture(picture=draft.pictures.get())
    assert (draft.pictures.count(), files()) == (0, (0, 0))


def test_a_discarded_draft_leaves_no_file(draft, django_capture_on_commit_callbacks):
    add(draft)
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(draft=draft)
    assert (Draft.objects.count(), files()) == (0, (0, 0))


def test_a_listed_draft_hands_its_pictures_over(draft, kilim, django_capture_on_commit_callbacks):
    add(draft)
    with django_capture_on_commit_callbacks(execute=True):
        close_draft(draft=draft, work=kilim)
    assert (draft.pictures.count(), files()) == (0, (3, 0))
