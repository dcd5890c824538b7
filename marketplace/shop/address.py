"""What a reader asks for, as it stands in the address of the search page: words, facets, prices, order."""

import re
from dataclasses import dataclass, field

from django.http import QueryDict

from marketplace.core.money import TOMAN, UNITS, to_rial
from marketplace.core.persian import THOUSANDS, to_latin_digits

#: In the order in which the page shows them.
FACETS = (
    "group",
    "craft",
    "province",
    "city",
    "seal",
    "ready",
    "one_of_a_kind",
    "exportable",
    "material",
    "technique",
    "colour",
    "venue",
    "maker_kind",
    "maker",
    "master",
    "lead",
    "size",
    "weight",
    "origin",
)
SORTS = ("relevance", "newest", "price", "-price")
LONGEST_TEXT = 200
#: More values of one facet than a reader ticks; a longer address is somebody's experiment.
MOST_VALUES = 40
_SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)
#: Eighteen digits of rial, what a price may have.
HIGHEST_PRICE = 10**18


@dataclass(frozen=True)
class Address:
    """A search, as its address says it. Prices are typed in `unit` and kept as typed."""

    text: str = ""
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    price_min: int | None = None
    price_max: int | None = None
    unit: str = TOMAN
    sort: str = ""
    cursor: str = ""
    #: a price said in the text is taken for words
    literal: bool = False

    @property
    def order(self) -> str:
        """The sort asked for; else by relevance where there are words, newest first where there are none."""
        return self.sort or ("relevance" if self.text else "newest")

    @property
    def narrows(self) -> bool:
        """Whether anything but words limits what is found."""
        return bool(self.facets) or self.price_min is not None or self.price_max is not None

    def in_rial(self, price: int | None) -> int | None:
        """A typed price in rial."""
        return None if price is None else to_rial(price, self.unit)

    def query(self, **changes) -> str:
        """The address's query for this search with fields changed; the cursor is left behind."""
        state = {"text": self.text, "facets": self.facets, "price_min": self.price_min, "price_max": self.price_max}
        state |= {"sort": self.sort, "cursor": "", "literal": self.literal} | changes
        query = QueryDict(mutable=True)
        if state["text"]:
            query["q"] = state["text"]
        for name, values in state["facets"].items():
            query.setlist(name, list(values))
        for name in ("price_min", "price_max"):
            if state[name] is not None:
                query[name] = str(state[name])
                query["unit"] = self.unit
        for name in ("sort", "cursor"):
            if state[name]:
                query[name] = state[name]
        if state["literal"]:
            query["words"] = "1"
        return "?" + query.urlencode()

    def without(self, name: str, value: str) -> str:
        """The query without one facet value."""
        left = {facet: tuple(v for v in values if (facet, v) != (name, value)) for facet, values in self.facets.items()}
        return self.query(facets={facet: values for facet, values in left.items() if values})


def read_address(query: QueryDict) -> Address:
    """The search an address asks for. What it cannot mean is left out: a broken address is still a page."""
    facets = {name: tuple(filter(_SLUG.fullmatch, dict.fromkeys(query.getlist(name))))[:MOST_VALUES] for name in FACETS}
    sort, unit = query.get("sort", ""), query.get("unit", "")
    return Address(
        text=" ".join(query.get("q", "").replace("\x00", " ").split())[:LONGEST_TEXT],
        facets={name: values for name, values in facets.items() if values},
        price_min=_price(query.get("price_min", "")),
        price_max=_price(query.get("price_max", "")),
        unit=unit if unit in UNITS else TOMAN,
        sort=sort if sort in SORTS else "",
        cursor=query.get("cursor", ""),
        literal=query.get("words") == "1",
    )


def _price(typed: str) -> int | None:
    bare = to_latin_digits(typed).replace(THOUSANDS, "").replace(",", "").replace("٫", "").strip()
    if not (bare.isascii() and bare.isdigit()) or len(bare) > 18:
        return None
    return min(int(bare), HIGHEST_PRICE)
