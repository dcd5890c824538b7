"""What words mean in this market: other names for a thing, and words that say nothing of it.

Two tables beside this file are where it begins: `aliases.csv` (Latin spellings) and `terms.csv` (synonyms; a term without a meaning need
not stand on a work). What an officer has written (`SearchTerm`) adds to them or takes their place. It is published when a term is saved: in
the cache, which every host looks at every few seconds, and in a file in the index's folder for a host whose cache holds nothing of it.
"""

import csv
import json
import logging
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.core.cache import cache as kept_by_all

from marketplace.core.persian import joined

_DATA = Path(__file__).parent / "data"
_FILE = "terms.json"
log = logging.getLogger(__name__)
#: How long a process goes on with what it read from the cache, and how often the worker sees to it that the cache holds the newest.
LOOK_SECONDS, PUBLISH_SECONDS = 3, 60
_NO_LETTERS = re.compile(r"[^\w]|_")
#: A term is at most so many words.
LONGEST = 3


@dataclass(frozen=True)
class Terms:
    """Joined folded term → joined folded meanings; and terms that need not match."""

    means: dict[str, tuple[str, ...]] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()


def key_of(text: str) -> str:
    """A term as it is looked up: folded, letters and digits only, its words joined."""
    return _NO_LETTERS.sub("", joined(text))


@dataclass
class _Look:
    """What a process saw in the cache, under which key, and until when (monotonic seconds) it stands."""

    key: str = ""
    rows: str | None = None
    until: float = 0


_look = _Look()


def known() -> Terms:
    """The terms of today: the tables, and over them what an officer wrote."""
    rows = _published()
    if rows is not None:
        return _with_rows(rows)
    path = Path(settings.SEARCH_INDEX_DIR) / _FILE
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return of_tables()
    return _with_file(path, stamp)


def _published() -> str | None:
    """What the cache holds, asked every few seconds; a cache that fails leaves what was seen last."""
    key, now = _key(), time.monotonic()
    if _look.key != key or now >= _look.until:
        seen = _look.rows if _look.key == key else None
        try:
            seen = kept_by_all.get(key, seen)
        except Exception as error:  # a cache may fail in any way, and a search goes on without it
            log.warning("search terms: the cache failed: %s", type(error).__name__)
        _look.key, _look.rows, _look.until = key, seen, now + LOOK_SECONDS
    return _look.rows


def _key() -> str:
    return f"search:terms:{settings.SEARCH_INDEX_NAME}"


@cache
def of_tables() -> Terms:
    """The terms that come with the market."""
    rows = [(row["latin"], row["persian"]) for row in _rows("aliases")] + [
        (row["term"], row["means"]) for row in _rows("terms")
    ]
    return overlaid(Terms(), rows)


def overlaid(terms: Terms, rows: Iterable[tuple[str, str]]) -> Terms:
    """Terms with more of them: (term, meanings parted by semicolons). Given twice it has both; without one it is empty."""
    means, empty = dict(terms.means), set(terms.empty)
    for term, meanings in rows:
        key, others = key_of(term), tuple(filter(None, map(key_of, meanings.split(";"))))
        if others:
            means[key] = tuple(dict.fromkeys((*means.get(key, ()), *others)))
        elif key:
            empty.add(key)
    return Terms(means, frozenset(empty))


def meanings_in_tables(term: str) -> tuple[str, ...] | None:
    """What the market came with for a term: its meanings, none where it need not match, None where it is not in the tables."""
    tables, key = of_tables(), key_of(term)
    return tables.means.get(key) or (() if key in tables.empty else None)


def publish() -> None:
    """Put what officers wrote where searches on every host read it."""
    rows = _rows_written()
    _write_file(rows)
    kept_by_all.set(_key(), rows, None)
    _look.until = 0


def publish_missing() -> None:
    """Publish where the cache lost the terms, or where two officers at once left the older ones there."""
    if kept_by_all.get(_key()) != _rows_written():
        publish()


def _rows_written() -> str:
    from marketplace.search.models import SearchTerm

    return json.dumps(list(SearchTerm.objects.order_by("pk").values_list("term", "means", "is_ignored")))


def _write_file(rows: str) -> None:
    """Whole or not at all."""
    path = Path(settings.SEARCH_INDEX_DIR) / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(rows, encoding="utf-8")
    fresh.replace(path)


@lru_cache(maxsize=2)
def _with_file(path: Path, _stamp: int) -> Terms:
    return _with_rows(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _with_rows(written_rows: str) -> Terms:
    rows = json.loads(written_rows)
    tables = of_tables()
    written = {key_of(term) for term, _means, _ignored in rows}
    kept = Terms({key: means for key, means in tables.means.items() if key not in written}, tables.empty - written)
    return overlaid(kept, [(term, means) for term, means, ignored in rows if not ignored])


def _rows(table: str) -> list[dict[str, str]]:
    with (_DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
