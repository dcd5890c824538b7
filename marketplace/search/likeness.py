"""Works like a work: of its craft group, and before all of its craft, technique, materials, colours and price."""

from dataclasses import dataclass

from marketplace.core.clock import today
from marketplace.search.engines.base import Plan
from marketplace.search.queries import Ask, ask_engines
from marketplace.search.ranking import LIKENESS

_NEAR = 2


@dataclass(frozen=True)
class Liking:
    """What a work is like, in slugs; the price in rial. What is not known is empty, and then its craft alone decides."""

    group: str
    craft: str
    maker: str
    technique: str = ""
    materials: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    price_rial: int | None = None


def alike(liking: Liking, *, limit: int, ask: Ask = ask_engines) -> list[int]:
    """Works of other makers that can be bought today, the likest first. One search; nothing without an index."""
    found = ask(_plan(liking, limit))
    return found.ids if found else []


def _plan(liking: Liking, limit: int) -> Plan:
    shared = [("craft", liking.craft), ("technique", liking.technique)]
    shared += [("material", slug) for slug in liking.materials] + [("colour", slug) for slug in liking.colours]
    price = liking.price_rial
    return Plan(
        facets={"group": (liking.group,)},
        sort="relevance",
        limit=limit,
        day=today(),
        counted=(),
        liked={f"{facet}:{slug}": LIKENESS[facet] for facet, slug in shared if slug},
        liked_price=(price // _NEAR, price * _NEAR, LIKENESS["price"]) if price else None,
        never=f"maker:{liking.maker}",
    )
