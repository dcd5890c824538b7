"""Keeping the index true: after a change, on the day something begins or ends, and as a whole."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.models import OutboxEvent
from marketplace.search.documents import BATCH, documents
from marketplace.search.engines import engines
from marketplace.search.engines.base import EngineFailed, IndexBusy
from marketplace.search.spelling import add_words, counted

#: How often the worker looks for works that the calendar changed.
REFRESH_SECONDS = 300


def index_works(ids: Iterable[int]) -> None:
    """Write works anew; those that may not be shown any more leave the index. Raises IndexBusy or EngineFailed: try again.

    A variant's id stands for its work. An engine that fails keeps nothing from the others.
    """
    for batch in in_batches(sorted(set(ids))):
        some = with_works_of_variants(batch)
        written = documents(some)
        gone = some - {document["id"] for document in written}
        add_words(counted(written))
        _write(written, gone)


def remove_works(ids: Iterable[int]) -> None:
    """Take works out of the index, whatever the database says of them."""
    _write([], set(ids))


def _write(written: list[dict], gone: set[int]) -> None:
    """Write to every engine, then raise what the first that failed has raised."""
    failures: list[Exception] = []
    for engine in engines():
        try:
            engine.write(written, gone)
        except (IndexBusy, EngineFailed) as error:
            failures.append(error)
    if failures:
        raise failures[0]


def refresh_due(limit: int = 2_000) -> int:
    """Write anew the works whose facets, price or seals changed by the calendar alone. Returns how many were due.

    A server that is away is asked at the next turn. Raises IndexBusy or EngineFailed when it goes away in between.
    """
    due: set[int] = set()
    for engine in engines():
        with suppress(EngineFailed):
            due.update(engine.due(today(), limit))
    index_works(due)
    return len(due)


def read_outbox(events: list[OutboxEvent]) -> None:
    """Reader of the topic `work_changed`; may be told twice."""
    index_works(int(event.key) for event in events)


def with_works_of_variants(ids: list[int]) -> set[int]:
    """The ids, and the works of those that are variants."""
    return set(ids) | set(Product.objects.filter(pk__in=ids, parent__isnull=False).values_list("parent_id", flat=True))


def in_batches(ids: list[int]) -> Iterator[list[int]]:
    """Ids in parts that `documents` reads at once."""
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
