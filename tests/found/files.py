"""Where a stored file is read: below the site, or at the storage's own host."""

from urllib.parse import urljoin

from django.core.files.storage import default_storage


def address_of(name: str, host: str = "http://testserver") -> str:
    """The whole address of a public file."""
    return urljoin(host, default_storage.url(name))
