"""The append-only log: each line holds the hash of the line before it."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from marketplace.core.models import ChainHead, LogEntry

START = "0" * 64
SECONDS_BETWEEN_CHECKS = 600


def _hash(chain: str, number: int, at: str, kind: str, body: dict, previous: str) -> str:
    text = json.dumps(
        [chain, number, at, kind, body, previous], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def hold(chain: str) -> ChainHead:
    """The end of a chain; nobody else writes to it until this transaction ends."""
    ChainHead.objects.get_or_create(chain=chain, defaults={"hash": START})
    return ChainHead.objects.select_for_update().get(chain=chain)


@transaction.atomic
def append(*, chain: str, kind: str, body: dict) -> LogEntry:
    """Write the next line. Writers of one chain wait for each other: the head's row is the lock."""
    head = hold(chain)
    number, previous, at = head.number + 1, head.hash, timezone.now()
    body = json.loads(json.dumps(body))
    entry = LogEntry.objects.create(
        chain=chain,
        number=number,
        at=at,
        kind=kind,
        body=body,
        previous_hash=previous,
        hash=_hash(chain, number, at.isoformat(), kind, body, previous),
    )
    head.number, head.hash = number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


def first_broken(chain: str) -> int | None:
    """The number of the first line that does not follow from the one before, or None when the chain is whole."""
    previous, expected = START, 1
    for entry in LogEntry.objects.filter(chain=chain).order_by("number").iterator():
        right = _hash(chain, entry.number, entry.at.isoformat(), entry.kind, entry.body, previous)
        if entry.number != expected or entry.previous_hash != previous or entry.hash != right:
            return expected
        previous, expected = entry.hash, expected + 1
    head = ChainHead.objects.filter(chain=chain).first()
    # lines cut off at the end leave a chain that is whole, and a head that knows better
    return expected if head is not None and head.number >= expected else None


@dataclass(frozen=True)
class Check:
    """What the last check of a log found: `broken` is the first line that does not follow, or None."""

    at: datetime
    broken: int | None


def check_all() -> None:
    """The worker's part: check every log there is and keep what was found, so that no reader waits for a long one."""
    for name in ChainHead.objects.order_by("chain").values_list("chain", flat=True):
        began = timezone.now()
        cache.set(f"chain-check:{name}", (began, first_broken(name)), None)


def last_check(chain: str) -> Check | None:
    """What the worker found when it last checked a log; None before the first time. It reads no line."""
    known = cache.get(f"chain-check:{chain}")
    return Check(*known) if known else None
