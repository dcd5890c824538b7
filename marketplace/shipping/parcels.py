"""What is sent: lines of a basket as parcels, one for each place in which one seller's works lie. Pure; grams and millimetres."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from catalogue.models import Product
from marketplace.bazaars.models import Venue
from marketplace.partner.models import StockRecord

#: Paper, cloth and cord: a tenth of the works' weight, and 200 g at least. Our own reckoning, no carrier's rule.
PACKING_PERCENT = 10
LEAST_PACKING_GRAMS = 200


class SentLine(Protocol):
    """What this room reads of a basket's line."""

    @property
    def product(self) -> Product: ...

    @property
    def stockrecord(self) -> StockRecord: ...

    @property
    def quantity(self) -> int: ...


@dataclass(frozen=True)
class Habit:
    """How works of a craft are sent (see `CraftParcel`)."""

    usual_grams: int | None = None
    folds: int = 0
    has_blade: bool = False


@dataclass(frozen=True)
class Place:
    """Where works lie: a venue's stall, or with `venue` None their maker's workshop."""

    city_id: int | None
    venue: Venue | None


@dataclass(frozen=True)
class Item:
    """One work as it is packed. `sides` are those known, longest first, already folded; `grams` None when nobody knows them.

    `blade_mm` is 0 where there is no blade, and None where there is one of unknown length; where its maker did not measure
    it (`blade_is_told` False) the longest side stands for it.
    """

    name: str
    quantity: int
    grams: int | None
    is_estimate: bool
    sides: tuple[int, ...]
    blade_mm: int | None
    blade_is_told: bool = True


@dataclass(frozen=True)
class Parcel:
    """Works of one seller that lie in one place, sent together."""

    place: Place
    items: tuple[Item, ...]

    @property
    def grams(self) -> int | None:
        """Works and packing; None when the weight of one work is not known."""
        weights = [item.grams * item.quantity for item in self.items if item.grams is not None]
        if len(weights) < len(self.items):
            return None
        works = sum(weights)
        return works + max(LEAST_PACKING_GRAMS, works * PACKING_PERCENT // 100)

    @property
    def is_estimate(self) -> bool:
        """Whether a weight stands in for one that its maker did not give."""
        return any(item.is_estimate for item in self.items)

    @property
    def longest(self) -> Item | None:
        """The work with the longest side, when any side is known."""
        known = [item for item in self.items if item.sides]
        return max(known, key=lambda item: item.sides[0], default=None)

    @property
    def bladed(self) -> list[Item]:
        """Works with a blade, one of unknown length first, then the longest."""
        blades = [item for item in self.items if item.blade_mm != 0]
        return sorted(blades, key=lambda item: (item.blade_mm is not None, -(item.blade_mm or 0)))

    def is_above(self, box: tuple[int, int, int]) -> bool:
        """Whether it is larger than a box: by a side of one work, or by the room that all of them take together."""
        too_long = any(
            side > most
            for item in self.items
            for side, most in zip(item.sides, sorted(box, reverse=True), strict=False)
        )
        return too_long or self._volume() > box[0] * box[1] * box[2]

    def _volume(self) -> int:
        """mm³ of the works whose three sides are known."""
        whole = [item for item in self.items if len(item.sides) == 3]
        return sum(item.sides[0] * item.sides[1] * item.sides[2] * item.quantity for item in whole)


def folded(sides: Iterable[int], folds: int) -> tuple[int, ...]:
    """Sides, longest first, of a work that may be folded in half so often: the longest side halves, a known thickness doubles.

    A work with one known side, such as a vase's height, does not fold.
    """
    found = sorted(sides, reverse=True)
    for _fold in range(folds if len(found) > 1 else 0):
        if len(found) == 3 and found[2] * 2 > found[0]:
            break
        found[0] = -(-found[0] // 2)
        if len(found) == 3:
            found[2] *= 2
        found.sort(reverse=True)
    return tuple(found)


def item_of(line: SentLine, habit: Habit) -> Item:
    """A line's work as it is packed. A variant without measures of its own has its work's, as an estimate."""
    work, whole = line.product, line.product.origin_work
    given = work.weight_grams or whole.weight_grams
    measured = work if work.length_mm or work.width_mm or work.height_mm else whole
    sides = [side for side in (measured.length_mm, measured.width_mm, measured.height_mm) if side]
    return Item(
        name=work.name,
        quantity=line.quantity,
        grams=given or habit.usual_grams,
        is_estimate=not work.weight_grams and bool(given or habit.usual_grams),
        sides=folded(sides, habit.folds),
        blade_mm=_blade(work.blade_mm or whole.blade_mm, habit, sides),
        blade_is_told=bool(work.blade_mm or whole.blade_mm) or not habit.has_blade,
    )


def _blade(given: int | None, habit: Habit, sides: list[int]) -> int | None:
    """No blade is longer than its knife."""
    if given or not habit.has_blade:
        return given or 0
    return max(sides, default=None)


def place_of(line: SentLine) -> Place:
    """Where the work of a line lies."""
    venue, maker = line.stockrecord.venue, line.product.maker
    if venue is not None:
        return Place(venue.city_id, venue)
    return Place(maker.city_id if maker else None, None)


def parcels_of(lines: Iterable[SentLine], habits: Mapping[int, Habit]) -> dict[int, list[Parcel]]:
    """Seller → parcels, both in the order of their first line; `habits` are by craft."""
    found: dict[int, dict[Place, list[Item]]] = {}
    for line in lines:
        habit = habits.get(line.product.craft_id or 0, Habit())
        places = found.setdefault(line.stockrecord.partner_id, {})
        places.setdefault(place_of(line), []).append(item_of(line, habit))
    return {
        seller: [Parcel(place, tuple(items)) for place, items in places.items()] for seller, places in found.items()
    }
