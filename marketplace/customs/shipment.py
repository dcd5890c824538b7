"""What is put to the checks: plain facts of works, pieces, parcels and where they go. Grams, millimetres, years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from marketplace.customs.facts import CarrierTerms, carriers, kinds_of_materials, regions

#: A passport or a seal of a piece: none, in force, or ended (revoked, suspended, void, past its day).
NONE, IN_FORCE, ENDED = "", "in_force", "ended"
DOMESTIC = "domestic"


@dataclass(frozen=True)
class Piece:
    """One physical thing. `name` is how people find it (a passport's serial); `seal` is NONE where no seal is claimed."""

    id: str
    name: str
    passport: str = NONE
    seal: str = NONE
    seal_name: str = ""


@dataclass(frozen=True)
class Item:
    """A work as it goes: `quantity` of it, each of `grams`. None is what nobody knows.

    `line` names the consignment's line it belongs to; `origin` is the work's origin on the day (`domestic`, `foreign`, `unproven`,
    `disputed`); `blade_mm` is 0 without a blade and None for one of unknown length; `materials`, `craft` and `craft_group` are slugs;
    `hs_code` is the code a person confirmed; `area_mm2` of one piece counts for carpets and kilims.
    """

    id: str
    name: str
    quantity: int = 1
    grams: int | None = None
    line: str = ""
    origin: str = DOMESTIC
    age_years: int | None = None
    blade_mm: int | None = 0
    materials: tuple[str, ...] = ()
    craft: str = ""
    craft_group: str = ""
    hs_code: str = ""
    area_mm2: int = 0
    cites_permit: str = ""
    pieces: tuple[Piece, ...] = ()

    def is_of(self, kind: str) -> bool:
        """Whether a material, or the craft itself, names something of a kind (`cites`, `wood`, `precious`)."""
        kinds = kinds_of_materials()
        return any(kinds.get(word) == kind for slug in (*self.materials, self.craft) for word in slug.split("-"))

    @property
    def hs_digits(self) -> str:
        """The confirmed code without its points."""
        return self.hs_code.replace(".", "")


@dataclass(frozen=True)
class Parcel:
    """A packed parcel: gross grams, outer sides (three, in any order), its value, whether raw wood packs it, its ISPM-15 mark, and the
    papers it has (`CN22`, `CN23`)."""

    id: str
    items: tuple[Item, ...] = ()
    grams: int | None = None
    sides_mm: tuple[int, ...] = ()
    value_sdr: Decimal | None = None
    has_raw_wood: bool = False
    ispm15_mark: str = ""
    papers: frozenset[str] = frozenset()

    @property
    def longest_mm(self) -> int | None:
        """The longest outer side."""
        return max(self.sides_mm, default=None)

    @property
    def girth_mm(self) -> int | None:
        """Length and girth, as post counts it: the longest side and twice the two others; None unless all three are known."""
        return 2 * sum(self.sides_mm) - max(self.sides_mm) if len(self.sides_mm) == 3 else None


@dataclass(frozen=True)
class Shipment:
    """Parcels to one country (ISO 3166-1, two letters) by one way, on a day. `loose` is what is not packed yet.

    `eu_responsible` is the person in the Union who answers for the goods.
    """

    destination: str
    on: date
    carrier: str = ""
    parcels: tuple[Parcel, ...] = ()
    loose: tuple[Item, ...] = ()
    value_eur: Decimal | None = None
    eu_responsible: str = ""

    @property
    def region(self) -> str:
        """`eu`, `us`, or nothing."""
        return regions().get(self.destination, "")

    @property
    def terms(self) -> CarrierTerms | None:
        """What is known of its carrier."""
        return carriers().get(self.carrier)

    def items(self) -> Iterator[Item]:
        """Every item, packed or not."""
        for parcel in self.parcels:
            yield from parcel.items
        yield from self.loose
