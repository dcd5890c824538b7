"""What the two engines share: the plan of a search, what is found, and what an engine must do."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from marketplace.search.words import Word

FACETS = (
    "group", "craft", "city", "province", "maker", "maker_kind", "master", "seal", "venue", "material", "technique", "colour",
    "origin", "one_of_a_kind", "ready", "lead", "size", "weight", "exportable",
)  # fmt: skip
#: What stands on a work of which a piece can leave at once, and on a work of a master.
READY_VALUE, MASTER_VALUE = "ready:yes", "master:yes"
#: Values counted of all facets together, and shown of one.
MOST_VALUES_COUNTED, MOST_VALUES_SHOWN = 5_000, 100
#: How deep one can page by position; by a sort key there is no end.
DEEPEST = 10_000

#: Sort → (field of the key, whether it descends); relevance has no key.
SORT_KEYS = {"newest": ("newest_key", True), "price": ("price_key", False), "-price": ("price_key", True)}
#: Facet, or one value of it, that holds until a date of the document.
HOLDS_UNTIL = {"seal": "seal_until", "origin:domestic": "domestic_until", "exportable": "domestic_until"}

Counts = dict[str, dict[str, int]]
Progress = Callable[[int, int], None]


class EngineFailed(Exception):
    """The engine cannot be reached or cannot answer."""


class IndexMissing(EngineFailed):
    """There is no index to search yet."""


class IndexBusy(Exception):
    """Another writer holds the index; try again later."""


@dataclass(frozen=True)
class Plan:
    """A search without language or shop words: `words` all match, facets are OR-ed within and AND-ed between. Prices in rial."""

    words: tuple[Word, ...] = ()
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    price_min: int | None = None
    price_max: int | None = None
    sort: str = "newest"
    limit: int = 24
    offset: int = 0
    after: int | None = None
    day: date = date.min
    #: facets of which values are counted
    counted: tuple[str, ...] = FACETS
    #: "facet:value" → what a work gains by having it; the same of a price (rial) between two bounds; and what no work found may have
    liked: dict[str, float] = field(default_factory=dict)
    liked_price: tuple[int, int, float] | None = None
    never: str = ""
    #: how many of the needed words must match; None is every one
    least: int | None = None

    @property
    def needed(self) -> tuple[Word, ...]:
        """The words of which a work must have `least`."""
        return tuple(word for word in self.words if word.needed)

    @property
    def key(self) -> tuple[str, bool] | None:
        """The sort key's field and whether it descends; None by relevance."""
        return SORT_KEYS.get(self.sort)


@dataclass(frozen=True)
class Found:
    """Ids in order, how many there are in all, counts by facet and value, and the ids' sort keys (none by relevance)."""

    ids: list[int]
    total: int
    counts: Counts
    keys: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Entry:
    """What an index says of a work: its price in rial, its facets, and whether it is found on a day."""

    id: int
    price: int | None
    facets: frozenset[str]
    is_found: bool


class Engine(Protocol):
    """An index of documents. Every method may raise EngineFailed (reading where none was built: IndexMissing), writing IndexBusy."""

    def search(self, plan: Plan) -> Found: ...

    def write(self, documents: Iterable[dict], gone: Iterable[int]) -> None:
        """Put documents in the place of older ones and drop those that are gone."""

    def build(self, name: str = "", last: int = 0) -> "Build":
        """A new index beside the one that answers, or the named one that was left half-way, as far as the work with the id `last`.

        Raises IndexMissing when the named one is gone.
        """

    def due(self, day: date, limit: int) -> list[int]:
        """Ids of documents that have to be indexed anew on a day."""

    def entries(self, low: int, high: int, limit: int, day: date) -> list[Entry]:
        """The first entries above one id and up to another, by id; whether they are found is told for a day."""


class Build(Protocol):
    """An index on its way. What was kept outlives the process, also one that is killed."""

    name: str

    def add(self, documents: Iterable[dict]) -> None:
        """Add documents of works that the new index does not have."""

    def replace(self, documents: Iterable[dict], gone: Iterable[int]) -> None:
        """Put documents in the place of older ones and drop those that are gone."""

    def keep(self) -> None:
        """From here on it can be continued."""

    def finish(self) -> None:
        """Take the old index's place."""

    def close(self) -> None:
        """Let go of it, finished or not."""


def including(counted: tuple[str, ...]) -> dict[str, str]:
    """What a count of all values is narrowed by, to the facets that are wanted; nothing where all are."""
    return {} if set(counted) == set(FACETS) else {"include": f"({'|'.join(counted)}):.*"}


def by_facet(counted: Iterable[tuple[str, int]], wanted: Iterable[str]) -> Counts:
    """("facet:value", count) pairs sorted into the facets that are wanted."""
    counts: Counts = {facet: {} for facet in wanted}
    for key, count in counted:
        facet, _colon, value = key.partition(":")
        if facet in counts:
            counts[facet][value] = count
    return counts


def end_of(facet: str, value: str) -> str | None:
    """The date field that must not be past for a facet's value to hold; None when it always holds."""
    return HOLDS_UNTIL.get(facet) or HOLDS_UNTIL.get(f"{facet}:{value}")
