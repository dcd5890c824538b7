"""Public and private files. Private ones have an address that is signed and ends."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.signing import TimestampSigner
from django.urls import reverse
from whitenoise.storage import CompressedManifestStaticFilesStorage

#: How long a signed address is good, in seconds.
SIGNED_SECONDS = 300


def private_signer() -> TimestampSigner:
    """Signs the names of private files."""
    return TimestampSigner(salt="private-file")


class PrivateFileSystemStorage(FileSystemStorage):
    """Local private files: outside the public folder, read through a signed address."""

    def url(self, name: str | None) -> str:
        return reverse("private-file", args=[private_signer().sign(name or "")])


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies; a package's missing source map does not stop the build."""

    manifest_strict = False
    max_post_process_passes = 10


def s3_is_on() -> bool:
    """Whether files live in an S3 bucket."""
    return "s3" in settings.STORAGES["default"]["BACKEND"].lower()
