"""Holding the index against the database: what should be found today, at which price, under which facets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.models import OutboxEvent
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.search.documents import BATCH, documents
from marketplace.search.engines.base import Engine, Entry, IndexMissing
from marketplace.search.services import index_works, with_works_of_variants
from marketplace.search.windows import holds_on

_LARGEST_ID = 2**62


@dataclass(frozen=True)
class Drift:
    """One thing in which an index differs from the database; `field` is `found`, `price` (rial), `facets` or `copies`."""

    work: int
    field: str
    index: str
    database: str


def drift(engine: Engine) -> Iterator[list[Drift]]:
    """What differs in one index, batch by batch, by ascending id. Works whose change waits in the outbox are left out.

    Raises EngineFailed.
    """
    began = timezone.now()
    for low, high, ids in _stretches():
        should = {document["id"]: _entry(document) for document in documents(ids)}
        stands = _standing(engine, low, high)
        differing = {pk for pk in should.keys() | stands.keys() if [should.get(pk)] != stands.get(pk, [None])}
        for pk in _on_their_way(differing, began) if differing else ():
            differing.discard(pk)
        yield [line for pk in sorted(differing) for line in _lines(pk, should.get(pk), stands.get(pk, []))]


def mend(some: list[Drift]) -> None:
    """Write the works of a batch as the database has them. Raises IndexBusy or EngineFailed."""
    index_works({one.work for one in some})


def _stretches() -> Iterator[tuple[int, int, list[int]]]:
    """(above this id, up to this one, the works between); together they leave no id out."""
    works = Product.objects.filter(parent__isnull=True, is_public=True).order_by("pk")
    low = 0
    while True:
        ids = list(works.filter(pk__gt=low).values_list("pk", flat=True)[:BATCH])
        high = ids[-1] if len(ids) == BATCH else _LARGEST_ID
        yield low, high, ids
        if high == _LARGEST_ID:
            return
        low = high


def _standing(engine: Engine, low: int, high: int) -> dict[int, list[Entry]]:
    """Every entry of an index in a stretch; of a whole index there is one a work."""
    found: dict[int, list[Entry]] = {}
    while True:
        try:
            some = engine.entries(low, high, BATCH, today())
        except IndexMissing:
            return {}
        for entry in some:
            found.setdefault(entry.id, []).append(entry)
        if len(some) < BATCH or some[-1].id == low:
            return found
        low = some[-1].id


def _entry(document: dict) -> Entry:
    return Entry(document["id"], document["price"], frozenset(document["fx"]), holds_on(document["sellable"], today()))


def _on_their_way(differing: set[int], began: datetime) -> set[int]:
    waiting = OutboxEvent.objects.filter(Q(done_at__isnull=True) | Q(created_at__gte=began), topic=WORK_CHANGED)
    return with_works_of_variants([int(key) for key in waiting.values_list("key", flat=True) if key.isdecimal()])


def _lines(pk: int, should: Entry | None, stands: list[Entry]) -> Iterator[Drift]:
    """An entry that is not found today and none at all are told apart: the one is told by its fields, the other as absent."""
    if len(stands) > 1:
        yield Drift(pk, "copies", str(len(stands)), "1" if should else "0")
        return
    entry = stands[0] if stands else None
    if _found(entry) != _found(should):
        yield Drift(pk, "found", _found(entry), _found(should))
    if entry and should and entry.price != should.price:
        yield Drift(pk, "price", str(entry.price), str(should.price))
    if entry and should and entry.facets != should.facets:
        yield Drift(pk, "facets", _only(entry, should), _only(should, entry))


def _found(entry: Entry | None) -> str:
    return "absent" if entry is None else "yes" if entry.is_found else "no"


def _only(one: Entry, other: Entry) -> str:
    return " ".join(sorted(one.facets - other.facets)) or "-"
