"""Every printed photo's hash in this process's memory, searched exactly; brought up to the table before each question."""

import threading

import faiss
import numpy as np
from django.db.models import QuerySet

from catalogue.photo_hash import BITS, COPY_WITHIN, FLAT_BELOW
from marketplace.suspicion.models import PhotoPrint

#: Rows read again at every look: a transaction that began earlier may commit a lower id later.
OVERLAP = 1000
#: Rows read from the table at once.
_CHUNK = 20_000


class HashIndex:
    """256-bit hashes with a number each; answers are exact, nearest first."""

    def __init__(self) -> None:
        self._index = faiss.IndexBinaryFlat(BITS)
        self._ids: list[int] = []
        self._tail: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, ids: list[int], hashes: list[bytes]) -> None:
        """Take in hashes of 32 bytes."""
        if ids:
            self._index.add(np.frombuffer(b"".join(hashes), np.uint8).reshape(len(ids), BITS // 8))
            self._ids.extend(ids)

    def nearest(self, asked: list[bytes], limit: int, within: int = COPY_WITHIN) -> list[list[tuple[int, int]]]:
        """For each hash asked: at most `limit` pairs of number and distance, no further than `within` bits."""
        if not self._ids or not asked:
            return [[] for _hash in asked]
        questions = np.frombuffer(b"".join(asked), np.uint8).reshape(len(asked), BITS // 8)
        distances, places = self._index.search(questions, min(limit, len(self._ids)))
        return [
            [(self._ids[place], int(bits)) for bits, place in zip(row, found, strict=True) if bits <= within]
            for row, found in zip(distances, places, strict=True)
        ]

    def follow(self) -> bool:
        """Take in what the table has and this has not. False when its last rows are not what they were: begin anew."""
        last = max(self._tail, default=0)
        first = min(self._tail) if len(self._tail) >= OVERLAP else 0
        rows = PhotoPrint.objects.filter(pdq__isnull=False, quality__gte=FLAT_BELOW).order_by("pk")
        there = dict(_hashes(rows.filter(pk__gte=first, pk__lte=last)))
        known = there.keys() & self._tail.keys()
        if any(there[pk] != self._tail[pk] for pk in known) or (self._tail and not known):
            return False
        self._take([(pk, there[pk]) for pk in sorted(there.keys() - known)])
        while chunk := _hashes(rows.filter(pk__gt=last)[:_CHUNK]):
            self._take(chunk)
            last = chunk[-1][0]
        return True

    def _take(self, rows: list[tuple[int, bytes]]) -> None:
        self.add([pk for pk, _pdq in rows], [pdq for _pk, pdq in rows])
        self._tail = dict(sorted((self._tail | dict(rows)).items())[-OVERLAP:])


def _hashes(rows: QuerySet[PhotoPrint]) -> list[tuple[int, bytes]]:
    return [(pk, bytes(pdq)) for pk, pdq in rows.values_list("pk", "pdq") if pdq is not None]


_lock = threading.Lock()
_held: list[HashIndex] = []


def nearest(asked: list[bytes], limit: int, within: int = COPY_WITHIN) -> list[list[tuple[int, int]]]:
    """For each hash the ids of the nearest prints with their distances. A print deleted since may be among them; a flat one never is."""
    with _lock:
        if not _held or not _held[0].follow():
            fresh = HashIndex()
            fresh.follow()
            _held[:] = [fresh]
        return _held[0].nearest(asked, limit, within)


def forget() -> None:
    """Hold nothing; the next question reads the table anew."""
    with _lock:
        _held.clear()
