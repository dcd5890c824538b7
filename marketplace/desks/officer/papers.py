"""Documents on an officer's page. Their signed address lives minutes, an officer reads for hours: the page links here instead."""

from django.core import signing
from django.core.files.storage import storages
from django.urls import reverse

#: Seconds in a working day.
GOOD_FOR = 8 * 3600
_SALT = "officer-paper"


def paper_address(name: str) -> str:
    """Where an officer opens a private file."""
    return reverse("desks:officer-paper", args=[signing.dumps(name, salt=_SALT)])


def fresh_address(word: str) -> str:
    """The file's own signed address, made now. Raises signing.BadSignature for a forged or an old word."""
    return storages["private"].url(signing.loads(word, salt=_SALT, max_age=GOOD_FOR))
