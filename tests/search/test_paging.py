"""Deep pages by cursor: each work once, in order, whatever the size of a page and whatever changes meanwhile; with each engine."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from marketplace.search import engines
from marketplace.search.documents import texts
from marketplace.search.keys import newest_key, price_key
from marketplace.search.queries import SearchRequest, find
from marketplace.search.windows import LAST

WORKS = 300
SORTS = ["newest", "price", "-price", "relevance"]
_BEGAN = datetime(2024, 3, 20, tzinfo=UTC)


def document(pk: int, chance: Random) -> dict:
    """A work with few prices and few days of listing, so that many are equal; one in twenty has no price."""
    price = None if chance.random() < 0.05 else chance.randint(1, 12) * 10_000_000
    return {
        "id": pk,
        **texts(["گلیم"], ["سیرجان"], []),
        "fx": [f"group:{chance.choice(['loom', 'metal'])}"],
        "sellable": [(_BEGAN.date(), LAST)],
        "price": price,
        "price_key": price_key(price, pk),
        "newest_key": newest_key(_BEGAN + timedelta(days=chance.randint(0, 9)), pk),
        "seal_until": None,
        "domestic_until": None,
        "due": LAST,
    }


def write(some: list[dict], gone: list[int] = ()) -> None:  # type: ignore[assignment]
    for engine in engines.engines():
        engine.write(some, gone)


@pytest.fixture
def shelf(engine) -> dict[int, dict]:
    chance = Random(11)
    some = {pk: document(pk, chance) for pk in chance.sample(range(1, 10**6), WORKS)}
    write(list(some.values()))
    return some


def expected(some: dict[int, dict], sort: str) -> list[int]:
    if sort == "newest":
        return sorted(some, key=lambda pk: -some[pk]["newest_key"])
    return sorted(some, key=lambda pk: some[pk]["price_key"], reverse=sort == "-price")


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_any_size_give_each_work_once(shelf, sort):
    for seed in range(3):
        chance, cursor, got = Random(seed), "", []
        while True:
            page = find(SearchRequest(text="گلیم", sort=sort, limit=chance.randint(1, 60), cursor=cursor))
            assert page.total == WORKS
            got += page.ids
            cursor = page.next_cursor
            if not cursor:
                break
        assert len(got) == WORKS
        assert set(got) == set(shelf)
        if sort != "relevance":
            assert got == expected(shelf, sort)


@pytest.mark.parametrize("sort", SORTS[:3])
def test_works_that_come_and_go_between_pages_move_no_other(shelf, sort):
    chance, cursor, got, gone, late = Random(5), "", [], set(), {}
    while True:
        page = find(SearchRequest(facets={"group": ("loom",)}, sort=sort, limit=40, cursor=cursor))
        got += page.ids
        cursor = page.next_cursor
        if not cursor:
            break
        leaves, comes = chance.choice(got), 2 * 10**6 + len(late)
        gone.add(leaves)
        late[comes] = document(comes, chance)
        write([late[comes]], [leaves])
    assert len(got) == len(set(got))
    stood = {pk for pk, one in shelf.items() if one["fx"] == ["group:loom"]}
    assert stood <= set(got) <= stood | set(late)
    assert [pk for pk in got if pk in stood] == [pk for pk in expected(shelf, sort) if pk in stood]
