"""Things to do after commit: written in the transaction, read by the worker, tried again until done."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from marketplace.core.models import OutboxEvent

log = logging.getLogger(__name__)
_readers: dict[str, Callable[[list[OutboxEvent]], None]] = {}


def post(topic: str, key: object, **payload) -> None:
    """Leave an event; it exists if and only if the transaction around it commits."""
    OutboxEvent.objects.create(topic=topic, key=str(key), payload=payload)


def post_many(topic: str, keys) -> None:
    """Leave one event per key in one statement."""
    OutboxEvent.objects.bulk_create([OutboxEvent(topic=topic, key=str(k)) for k in keys], batch_size=1000)


def reader(topic: str, function: Callable[[list[OutboxEvent]], None]) -> None:
    """Register who reads a topic; called from a room's `ready()`. It must bear being told twice."""
    _readers[topic] = function


def drain(limit: int = 500) -> int:
    """Read what waits, topic by topic. A reader that fails leaves its events for later, further apart each time."""
    return sum(_drain_topic(topic, read, limit) for topic, read in _readers.items())


def _drain_topic(topic: str, read: Callable, limit: int) -> int:
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
        with transaction.atomic():
            read(waiting)
    except Exception as error:  # a reader may fail in any way; the event must outlive it
        log.warning("outbox topic %s: %s", topic, error.__class__.__name__)
        wait = timedelta(seconds=min(300, 2 ** min(8, waiting[0].attempts + 1)))
        OutboxEvent.objects.filter(pk__in=ids).update(
            attempts=F("attempts") + 1, not_before=now + wait, last_error=error.__class__.__name__
        )
        return 0
    OutboxEvent.objects.filter(pk__in=ids).update(done_at=timezone.now(), attempts=F("attempts") + 1)
    return len(ids)
