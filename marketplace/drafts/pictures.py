"""Pictures of a draft: added once, put in order, turned, cropped, taken away. The server makes every pixel that is stored."""

import io
import secrets
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from PIL import Image

from catalogue.pictures import FOLDER
from marketplace.core.pictures import StoredPicture, delete_files, read_picture, small_copy, store_picture
from marketplace.drafts.models import Draft, DraftPicture
from marketplace.drafts.rules import require_room_for_picture, require_sane_crop

#: Pixels of the longest side that is kept for turning and cropping anew.
SOURCE_SIDE = 2400
QUARTER, FULL = 90, 360
WHOLE = (0, 0, 1000, 1000)
Crop = tuple[int, int, int, int]


def add_picture(*, draft: Draft, key: UUID, upload: UploadedFile) -> DraftPicture:
    """Read, clean and store an upload after the draft's other pictures; one sent again under its key adds nothing.

    Raises ValidationError as `read_picture` does, or with code `too_many_pictures`, and leaves nothing then.
    """
    known = draft.pictures.filter(key=key).first()
    if known is not None:
        return known
    require_room_for_picture(draft.pictures.count())
    image = read_picture(upload)
    source = _keep_source(image)
    stored = None
    try:
        stored = store_picture(image, folder=FOLDER)
        row, new = _row(draft, key, source=source, stored=stored)
    except BaseException:
        _drop(source, stored)
        raise
    if not new:
        _drop(source, stored)
    return row


@transaction.atomic
def _row(draft: Draft, key: UUID, *, source: str, stored: StoredPicture) -> tuple[DraftPicture, bool]:
    Draft.objects.select_for_update().get(pk=draft.pk)
    known = draft.pictures.filter(key=key).first()
    if known is not None:
        return known, False
    require_room_for_picture(draft.pictures.count())
    last = draft.pictures.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return draft.pictures.create(key=key, position=position, source=source, stored=_facts(stored)), True


@transaction.atomic
def move_picture(*, draft: Draft, key: UUID, to: int) -> None:
    """Put a picture at a place (0 is the first), the others closing up; a place that is not there means the nearest."""
    Draft.objects.select_for_update().get(pk=draft.pk)
    rows = list(draft.pictures.all())
    moved = next((row for row in rows if row.key == key), None)
    if moved is None:
        return
    rows.remove(moved)
    rows.insert(max(0, min(to, len(rows))), moved)
    for position, row in enumerate(rows):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


def turn_picture(*, picture: DraftPicture) -> None:
    """Turn a picture a quarter clockwise; what was cropped stays cropped."""
    crop = picture.crop
    if crop is not None:
        left, top, right, bottom = crop
        crop = [1000 - bottom, left, 1000 - top, right]
    _redraw(picture, turn=(picture.turn + QUARTER) % FULL, crop=crop)


def crop_picture(*, picture: DraftPicture, crop: Crop) -> None:
    """Crop a picture, in thousandths of it as it is turned now. Raises ValidationError with code `crop`."""
    require_sane_crop(crop)
    _redraw(picture, turn=picture.turn, crop=None if crop == WHOLE else list(crop))


def square_of(picture: DraftPicture) -> Crop:
    """The crop that leaves the largest square around the middle of the picture as it is turned now."""
    image = _turned(_source(picture), picture.turn)
    side = min(image.size)
    across, down = (round(500 * (1 - side / length)) for length in image.size)
    return across, down, 1000 - across, 1000 - down


@transaction.atomic
def drop_picture(*, picture: DraftPicture) -> None:
    """Take a picture out of its draft."""
    picture.delete()
    transaction.on_commit(lambda: forget_files([picture]))


def turned(picture: DraftPicture) -> bytes:
    """The whole picture, turned and not cropped, as WebP: what somebody crops."""
    return small_copy(_turned(_source(picture), picture.turn), side=1200)


def forget_files(pictures: Iterable[DraftPicture], *, sources_only: bool = False) -> None:
    """Delete what pictures left in storage; with `sources_only` the sizes stay, for a work shows them now."""
    for picture in pictures:
        _drop(picture.source, None if sources_only else picture.picture)


def _redraw(picture: DraftPicture, *, turn: int, crop: list[int] | None) -> None:
    """Make the sizes anew from the source. The old files go once the new row is written, or the new ones when it is not."""
    before = picture.picture
    image = _turned(_source(picture), turn)
    if crop is not None:
        left, top, right, bottom = crop
        across, down = image.width / 1000, image.height / 1000
        image = image.crop((round(left * across), round(top * down), round(right * across), round(bottom * down)))
    after = store_picture(image, folder=FOLDER)
    facts: dict[str, Any] = {"turn": turn, "crop": crop, "stored": _facts(after)}
    # whoever turned it meanwhile was first: their picture stays
    if not DraftPicture.objects.filter(pk=picture.pk, stored__name=before.name).update(**facts):
        _drop("", after)
        return
    for name, value in facts.items():
        setattr(picture, name, value)
    _drop("", before)


def _facts(stored: StoredPicture) -> dict[str, Any]:
    return asdict(stored) | {"colours": list(stored.colours)}


def _turned(image: Image.Image, turn: int) -> Image.Image:
    return image.rotate(-turn, expand=True) if turn else image


def _source(picture: DraftPicture) -> Image.Image:
    with storages["private"].open(picture.source) as file:
        return read_picture(io.BytesIO(file.read()))


def _keep_source(image: Image.Image) -> str:
    name = f"drafts/{secrets.token_hex(12)}.webp"
    return storages["private"].save(name, ContentFile(small_copy(image, side=SOURCE_SIDE)))


def _drop(source: str, stored: StoredPicture | None) -> None:
    if source:
        storages["private"].delete(source)
    if stored is not None:
        delete_files(stored.sizes.values())
