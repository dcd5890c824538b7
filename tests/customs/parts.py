"""Plain parcels and works to check: each one is in order until a test changes one thing of it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from marketplace.customs.facts import known_facts
from marketplace.customs.rules import check
from marketplace.customs.shipment import IN_FORCE, Item, Parcel, Piece, Shipment

ON = date(2026, 11, 22)
PIECE = Piece(id="p1", name="0001", passport=IN_FORCE)
POT = Item(
    id="pot", name="Pot", grams=900, craft="coppersmithing", craft_group="metal", materials=("copper",), pieces=(PIECE,)
)
PARCEL = Parcel(
    id="1",
    items=(POT,),
    grams=1_000,
    sides_mm=(300, 200, 200),
    value_sdr=Decimal(100),
    papers=frozenset({"CN22", "CN23"}),
)
#: By post to Japan, of which nothing is known.
SHIPMENT = Shipment(destination="JP", on=ON, carrier="post", parcels=(PARCEL,))


def shipment(*, parcel: dict[str, Any] | None = None, item: dict[str, Any] | None = None, **more: Any) -> Shipment:
    """The shipment with something changed of it, of its parcel and of the item in it."""
    packed = replace(PARCEL, items=(replace(POT, **(item or {})),), **(parcel or {}))
    return replace(SHIPMENT, parcels=(packed,), **more)


def codes(checked: Shipment) -> set[str]:
    """The codes of everything that is said."""
    return {finding.code for finding in check(checked, known_facts())}


def said(checked: Shipment, code: str) -> Any:
    """The one finding of a code."""
    (one,) = [finding for finding in check(checked, known_facts()) if finding.code == code]
    return one
