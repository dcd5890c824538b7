"""Photos that another maker published first. A match says where to look; it takes no work away.

At upload a photo gets its print (PDQ: some hundredths of a second); whether it is a copy is asked in the worker. What the demo drew
is not printed by itself: its works share pictures on purpose, and would fill the officers' queue. Whoever wants one printed calls
`print_photo`.
"""

import logging
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from PIL import Image, UnidentifiedImageError

from catalogue.models import ProductImage
from catalogue.photo_hash import COPY_WITHIN, PhotoHash, pdq
from marketplace.core import outbox
from marketplace.core.models import OutboxEvent
from marketplace.suspicion.copies import Photo
from marketplace.suspicion.models import PhotoPrint
from marketplace.suspicion.photos import nearest

log = logging.getLogger(__name__)
#: Topic of photos whose print could not be made at upload.
PRINT_PHOTO = "print_photo"
#: The smallest stored size that shows enough, in pixels.
_WIDE_ENOUGH = 512
#: Bits within which a hash may still be a heavily changed copy; two unrelated ones of a million lie about 88 apart.
LOOSELY_WITHIN = 85
#: Photos looked at closely: of the nearest hashes, and of the same craft in the nearest colours.
NEAREST, SAME_CRAFT = 12, 24
#: Earlier photos of the craft whose colours are compared.
_CRAFT_AT_MOST = 5000


class PhotoUnreadable(Exception):
    """The stored file is gone or is no picture."""


@dataclass(frozen=True)
class Match:
    """Another maker's earlier photo, and how it was recognised: see `Copy`. `inliers` is 0 where near hashes made points needless."""

    print: PhotoPrint
    distance: int
    flipped: bool
    inliers: int
    agreement: float


def print_photo(image: ProductImage) -> PhotoPrint | None:
    """Write down what a photo is recognised by, once. None for a work without a maker.

    A file that cannot be read gets a print without a hash, which matches nothing. Raises OSError when the storage does not answer.
    """
    work = image.product
    maker_id = work.maker_id or (work.parent.maker_id if work.parent else None)
    if maker_id is None:
        return None
    already = PhotoPrint.objects.filter(image=image).first()
    if already is not None:
        return already
    try:
        found: PhotoHash | None = pdq(open_photo(image))
    except PhotoUnreadable:
        found = None
    row, _new = PhotoPrint.objects.get_or_create(
        image=image,
        defaults={
            "work_id": work.parent_id or work.pk,
            "maker_id": maker_id,
            "pdq": found.bits if found else None,
            "quality": found.quality if found else 0,
            "first_seen": image.date_created,
        },
    )
    return row


def open_photo(image: ProductImage) -> Image.Image:
    """The smallest stored size of a photo that shows enough. Raises PhotoUnreadable, or OSError when the storage does not answer."""
    wide = sorted(int(width) for width in image.sizes if int(width) >= _WIDE_ENOUGH)
    name = image.sizes[str(wide[0])] if wide else str(image.original.name)
    try:
        with default_storage.open(name) as file:
            content = Image.open(file)
            content.load()
            return content.convert("RGB")
    except (FileNotFoundError, UnidentifiedImageError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoUnreadable(name) from error


def picture_added(*, image: ProductImage) -> None:
    """Watcher of new pictures: print it now; if the storage is slow to answer, leave it to the worker. No upload fails for it."""
    if image.is_demo:
        return
    try:
        print_photo(image)
    except OSError:
        log.warning("photo %s is printed later", image.pk)
        outbox.post(PRINT_PHOTO, image.pk)


def read_unprinted(events: list[OutboxEvent]) -> None:
    """Reader of photos left to the worker; may be told twice."""
    for image in ProductImage.objects.filter(pk__in=[event.key for event in events]).select_related("product__parent"):
        print_photo(image)


def find_first_published(of: PhotoPrint) -> list[Match]:
    """The same photo published earlier by other makers, earliest first. Slow: ask in the background.

    Empty when the maker's own copy is the earliest of all: who showed it first may show it again, whoever copied it meanwhile.
    Raises OSError when the storage does not answer.
    """
    try:
        photo = Photo(open_photo(of.image))
    except PhotoUnreadable:
        return []
    found = [match for candidate in _candidates(of, photo) if (match := _match(photo, candidate))]
    found.sort(key=lambda match: (match.print.first_seen, match.print.image_id))
    if not found or found[0].print.maker_id == of.maker_id:
        return []
    return [match for match in found if match.print.maker_id != of.maker_id]


def _match(photo: Photo, candidate: PhotoPrint) -> Match | None:
    try:
        other = Photo(open_photo(candidate.image))
    except PhotoUnreadable:
        return None
    copy = photo.copy_of(other)
    if copy is None:
        return None
    return Match(candidate, copy.distance, copy.flipped, copy.inliers, copy.agreement)


def _earlier(of: PhotoPrint) -> QuerySet[PhotoPrint]:
    """Prints before this one; of two in one instant the lower picture was first."""
    before = Q(first_seen__lt=of.first_seen) | Q(first_seen=of.first_seen, image_id__lt=of.image_id)
    return PhotoPrint.objects.filter(before, pdq__isnull=False)


def _candidates(of: PhotoPrint, photo: Photo) -> list[PhotoPrint]:
    """Every earlier print whose hash is that of a copy, the nearest of the others, and those of the craft in like colours."""
    hashes = [variant.hash.bits for variant in photo.variants if not variant.hash.is_flat]
    near: dict[int, int] = {}
    # more than are looked at: later photos and deleted ones are among them
    for row in nearest(hashes, limit=4 * NEAREST, within=LOOSELY_WITHIN):
        for pk, bits in row:
            near[pk] = min(bits, near.get(pk, bits))
    earlier = set(_earlier(of).filter(pk__in=near).values_list("pk", flat=True))
    ordered = [pk for pk in sorted(near, key=near.__getitem__) if pk in earlier]
    copies = [pk for pk in ordered if near[pk] <= COPY_WITHIN]
    chosen = {*copies, *ordered[:NEAREST], *_of_like_colour(of)}
    return list(_earlier(of).filter(pk__in=chosen).select_related("image", "maker", "work"))


def _of_like_colour(of: PhotoPrint) -> list[int]:
    """Prints of the same craft, nearest in mean colour first."""
    of_craft = _earlier(of).filter(work__craft=of.work.craft_id).order_by("-pk")
    rows = of_craft.values_list("pk", "image__colour")[:_CRAFT_AT_MOST]
    own = _levels(of.image.colour)
    far = {pk: sum((a - b) ** 2 for a, b in zip(own, _levels(colour), strict=True)) for pk, colour in rows}
    return sorted(far, key=far.__getitem__)[:SAME_CRAFT]


def _levels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.lstrip("#"))
    return red, green, blue
