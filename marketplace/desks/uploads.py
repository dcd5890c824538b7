"""Photos of a form that is not finished. They are stored at once and ride along as a signed word, so no one sends them twice."""

from dataclasses import asdict

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from catalogue.pictures import FOLDER
from marketplace.core.pictures import StoredPicture, read_picture, store_picture
from marketplace.makers.models import Maker

#: A day to finish a form, in seconds.
GOOD_FOR = 86_400


def _salt(maker: Maker) -> str:
    return f"draft-picture:{maker.pk}"


def keep(upload: UploadedFile) -> StoredPicture:
    """Read and store an uploaded photo. Raises ValidationError as `read_picture` does, and stores nothing then."""
    return store_picture(read_picture(upload), folder=FOLDER)


def word_for(picture: StoredPicture, *, maker: Maker) -> str:
    """The signed word by which this maker's form finds the stored photo again."""
    return signing.dumps(asdict(picture), salt=_salt(maker), compress=True)


def picture_of_word(word: str, *, maker: Maker) -> StoredPicture:
    """The stored photo. Raises ValidationError with code `picture_gone` for another maker's, a forged or an old word."""
    try:
        return StoredPicture(**signing.loads(word, salt=_salt(maker), max_age=GOOD_FOR))
    except signing.BadSignature:
        raise ValidationError(
            _("This photo was kept for a day only; send it once more."), code="picture_gone"
        ) from None
