"""What words mean in this market: other names for a thing, and words that say nothing of it.

Two tables beside this file are where it begins: `aliases.csv` (Latin spellings) and `terms.csv` (synonyms; a term without a meaning need
not stand on a work). What an officer has written (`SearchTerm`) adds to them or takes their place. It is read from a small file in the
index's folder, so that a search asks no database; the file is written when a term is saved.
"""

import csv
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from marketplace.core.persian import joined

_DATA = Path(__file__).parent / "data"
_FILE = "terms.json"
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


def known() -> Terms:
    """The terms of today: the tables, and over them what an officer wrote."""
    path = Path(settings.SEARCH_INDEX_DIR) / _FILE
    try:
        stamp = path.stat().st_mtime_ns
    except OSError:
        return of_tables()
    return _with_file(path, stamp)


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


def write_file() -> None:
    """Put what officers wrote where a search reads it; whole or not at all."""
    from marketplace.search.models import SearchTerm

    path = Path(settings.SEARCH_INDEX_DIR) / _FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(list(SearchTerm.objects.values_list("term", "means", "is_ignored"))), encoding="utf-8")
    fresh.replace(path)


@lru_cache(maxsize=2)
def _with_file(path: Path, _stamp: int) -> Terms:
    rows = json.loads(path.read_text(encoding="utf-8"))
    tables = of_tables()
    written = {key_of(term) for term, _means, _ignored in rows}
    kept = Terms({key: means for key, means in tables.means.items() if key not in written}, tables.empty - written)
    return overlaid(kept, [(term, means) for term, means, ignored in rows if not ignored])


def _rows(table: str) -> list[dict[str, str]]:
    with (_DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
