"""Things to do after commit: written in the transaction, read by the worker, tried again until done."""

import logging
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from marketplace.core.models import OutboxEvent

log = logging.getLogger(__name__)
Read = Callable[[list[OutboxEvent]], None]


@dataclass(frozen=True)
class Reader:
    """Who reads a topic; `atomic`: in one transaction with what it reads."""

    read: Read
    atomic: bool = True


_readers: dict[str, Reader] = {}
_also: dict[str, set[str]] = {}


def post(topic: str, key: object, **payload) -> None:
    """Leave an event; it exists if and only if the transaction around it commits."""
    OutboxEvent.objects.bulk_create(_copies(topic, [key], payload))


def post_many(topic: str, keys) -> None:
    """Leave one event per key in one statement."""
    OutboxEvent.objects.bulk_create(_copies(topic, keys, {}), batch_size=1000)


def _copies(topic: str, keys, payload: dict) -> list[OutboxEvent]:
    """A topic's second reader has a copy of its own: what one of them has done or failed to do is nothing to the other."""
    topics, keys = (topic, *sorted(_also.get(topic, ()))), [str(key) for key in keys]
    return [OutboxEvent(topic=name, key=key, payload=payload) for name in topics for key in keys]


def reader(topic: str, function: Read, *, atomic: bool = True) -> None:
    """Register who reads a topic; called from a room's `ready()`. It must bear being told twice.

    A slow one says `atomic=False`: no transaction is open around it, so it holds up no writer.
    """
    _readers[topic] = Reader(function, atomic)


def also_reader(topic: str, function: Read, *, named: str, atomic: bool = True) -> None:
    """Register another reader of a topic, with progress of its own under a name of its own."""
    _also.setdefault(topic, set()).add(named)
    reader(named, function, atomic=atomic)


def drain(limit: int = 500) -> int:
    """Read what waits, topic by topic. A reader that fails leaves its events for later, further apart each time."""
    return sum(_drain_topic(topic, who, limit) for topic, who in _readers.items())


def _drain_topic(topic: str, who: Reader, limit: int) -> int:
    now = timezone.now()
    waiting = list(
        OutboxEvent.objects.filter(
            Q(not_before__isnull=True) | Q(not_before__lte=now), topic=topic, done_at__isnull=True
        ).order_by("id")[:limit]
    )
    if not waiting:
        return 0
    ids = [event.pk for event in waiting]
    try:
        with transaction.atomic() if who.atomic else nullcontext():
            who.read(waiting)
    except Exception as error:  # a reader may fail in any way; the event must outlive it
        log.warning("outbox topic %s: %s", topic, error.__class__.__name__)
        wait = timedelta(seconds=min(300, 2 ** min(8, waiting[0].attempts + 1)))
        OutboxEvent.objects.filter(pk__in=ids).update(
            attempts=F("attempts") + 1, not_before=now + wait, last_error=error.__class__.__name__
        )
        return 0
    OutboxEvent.objects.filter(pk__in=ids).update(done_at=timezone.now(), attempts=F("attempts") + 1)
    return len(ids)
