"""Photos as evidence: encoded anew without the camera's data, kept privately, with when they were taken and when they came."""

import io
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from PIL import Image

from marketplace.core.clock import TEHRAN, today
from marketplace.core.models import User
from marketplace.core.pictures import KINDS, read_picture
from marketplace.rounds.models import Photo, Visit

#: The longest side that is kept, in pixels: price tags stay readable.
LONGEST_SIDE = 2000
#: Tags of a camera's data: its block of times, and when the picture was taken.
_EXIF_BLOCK, _TAKEN = 0x8769, 0x9003


@dataclass(frozen=True)
class ReadPhoto:
    """A photo as it will be kept, and when its camera says it was taken."""

    content: bytes
    taken_at: datetime | None


def read_photo(upload: UploadedFile) -> ReadPhoto:
    """Read a photo and encode it anew. Raises ValidationError as `read_picture` does."""
    taken = taken_at(upload)
    image = read_picture(upload)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return ReadPhoto(out.getvalue(), taken)


def keep_photo(*, visit: Visit, photo: ReadPhoto, by: User) -> Photo:
    """Store a photo of a visit; the file is taken away again where its row is not written."""
    name = f"rounds/{today().year}/{secrets.token_hex(12)}.jpg"
    stored = storages["private"].save(name, ContentFile(photo.content))
    digest = sha256(photo.content).hexdigest()
    try:
        return Photo.objects.create(visit=visit, file=stored, sha256=digest, taken_at=photo.taken_at, by=by)
    except BaseException:
        storages["private"].delete(stored)
        raise


def taken_at(upload: UploadedFile) -> datetime | None:
    """When a camera says that it took a picture, in Tehran's time; None where it says nothing, nonsense, or a time to come."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=KINDS) as image:
            said = image.getexif().get_ifd(_EXIF_BLOCK).get(_TAKEN)
        taken = datetime.strptime(str(said).strip("\0 "), "%Y:%m:%d %H:%M:%S").replace(tzinfo=TEHRAN)
    except Exception:  # a crafted header may fail in any way; `read_picture` says what is wrong with the file
        return None
    finally:
        upload.seek(0)
    return taken if taken.year >= 2000 and taken <= timezone.now() else None
