"""A page's cost does not grow with the market: as many queries at 60 works as at 600, and few."""

from marketplace.bench.pages import measure
from marketplace.bench.stage import fill
from marketplace.found import delivery

KINDS = ["home", "city", "craft", "search", "work"]
#: A city's page shows its events, visits, secretariat and reports too.
MOST = {"home": 15, "city": 20, "craft": 15, "search": 15, "work": 15}


def _counts() -> dict[str, int]:
    """The most queries that any of several pages of a kind took."""
    return {figures.kind: figures.queries for figures in measure(rounds=1)}


def test_pages_take_as_many_queries_at_60_works_as_at_600(db, monkeypatch):
    monkeypatch.setattr(delivery, "KEPT_SECONDS", 3600)  # not to be read anew while a slow machine counts
    fill(60)
    _counts()  # what a process keeps for itself is read once
    small = _counts()
    fill(600)
    assert _counts() == small
    assert list(small) == KINDS
    assert [kind for kind, queries in small.items() if queries > MOST[kind]] == []
