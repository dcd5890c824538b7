"""Keeps made files: stored first, then named in one statement, so that whoever reads meets the old one or the new one whole."""

from collections.abc import Iterator
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.crypto import get_random_string

from marketplace.found.models import KeptFile

FOLDER = "found"


def keep(kind: str, number: int, content: bytes, *, suffix: str, rows: int = 0, made_of: str = "") -> KeptFile:
    """Store a file in place of the one of its kind and number. An empty content keeps the row alone."""
    made_at = timezone.now()
    name = ""
    if content:
        wanted = f"{FOLDER}/{kind}/{number}-{get_random_string(8).lower()}{suffix}"
        name = default_storage.save(wanted, ContentFile(content))
    before = KeptFile.objects.filter(kind=kind, number=number).values_list("name", flat=True).first()
    facts = {"name": name, "rows": rows, "made_of": made_of, "made_at": made_at, "stale": False}
    row, _made = KeptFile.objects.update_or_create(kind=kind, number=number, defaults=facts)
    if before:
        default_storage.delete(before)
    return row


def contents(kind: str) -> Iterator[bytes]:
    """Every file of a kind that holds something, by number; one that is replaced meanwhile is read in its new form."""
    rows = KeptFile.objects.filter(kind=kind).exclude(name="").order_by("number")
    for pk, name in list(rows.values_list("pk", "name")):
        content = _read(name)
        if content is None:
            now = KeptFile.objects.filter(pk=pk).values_list("name", flat=True).first()
            content = _read(now) if now else None
        if content:
            yield content


def _read(name: str) -> bytes | None:
    with suppress(FileNotFoundError), default_storage.open(name) as file:
        return file.read()
    return None
