"""The feed in parts of so many ids, made ahead of time by the worker, a few at a turn.

A part is made anew when a work in it changed, on a new day (what is lawful turns with it), and after `OLDEST`. The turn that a
stopped worker did not finish is finished by the next one: what is made is written down part by part.
"""

import gzip
import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from catalogue.models import Product
from marketplace.core.clock import TEHRAN, today
from marketplace.core.models import OutboxEvent
from marketplace.found.feed import TAIL, head_xml, items_xml, sold_between
from marketplace.found.keeping import contents, keep
from marketplace.found.models import KeptFile

#: Ids in a part.
PART = 1_000
#: How old a part grows, stock sold meanwhile included.
OLDEST = timedelta(hours=6)
#: The worker looks so often, and works on parts for so long at a turn; one part is always finished.
SECONDS, TURN_SECONDS = 20, 3.0
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def kind_of(language: str) -> str:
    """The kind of the parts of one language's feed."""
    return f"feed-{language}"


def refresh(seconds: float = TURN_SECONDS) -> int:
    """Make parts anew, the longest due first, until the time is over. Returns how many."""
    until, made = time.monotonic() + seconds, 0
    for number in due():
        make(number)
        made += 1
        if time.monotonic() >= until:
            break
    return made


def due() -> Iterator[int]:
    """Numbers of parts that are not made, changed, or too old, in this order."""
    last = Product.objects.aggregate(last=Max("pk"))["last"]
    if last is None:
        return
    made = {row.number: row for row in KeptFile.objects.filter(kind=kind_of(LANGUAGES[-1]))}
    yield from (number for number in range(last // PART + 1) if number not in made)
    yield from (row.number for row in made.values() if row.stale)
    old = sorted((row for row in made.values() if not row.stale and _is_old(row.made_at)), key=lambda row: row.made_at)
    yield from (row.number for row in old)


def _is_old(made_at: datetime) -> bool:
    return made_at < timezone.now() - OLDEST or made_at.astimezone(TEHRAN).date() < today()


def make(number: int) -> None:
    """Make one part in every language, from one reading."""
    sold = sold_between(number * PART, (number + 1) * PART, on=today())
    for language in LANGUAGES:
        text = "".join(items_xml(sold, language, settings.SITE_URL))
        packed = gzip.compress(text.encode(), compresslevel=6, mtime=0) if text else b""
        keep(kind_of(language), number, packed, suffix=".xml.gz", rows=len(sold))


def note_changes(events: list[OutboxEvent]) -> None:
    """Reader of the topic `work_changed`: the parts of these works are to be made anew."""
    numbers = {int(event.key) // PART for event in events if event.key.isdecimal()}
    kinds = [kind_of(language) for language in LANGUAGES]
    KeptFile.objects.filter(kind__in=kinds, number__in=numbers).update(stale=True)


def packed_feed(language: str) -> Iterator[bytes]:
    """The whole feed as gzip, in members one after the other, as they are kept."""
    yield gzip.compress(head_xml(language, settings.SITE_URL).encode(), mtime=0)
    yield from contents(kind_of(language))
    yield gzip.compress(TAIL.encode(), mtime=0)


def plain_feed(language: str) -> Iterator[bytes]:
    """The same as text."""
    return (gzip.decompress(member) for member in packed_feed(language))
