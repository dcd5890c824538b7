"""A work of the market as the checks read it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from catalogue.models import Material, Product
from marketplace.customs.shipment import Item, Piece


def item_of(
    work: Product,
    *,
    materials: Iterable[Material],
    on: date,
    hs_code: str = "",
    quantity: int = 1,
    line: str = "",
    pieces: tuple[Piece, ...] = (),
) -> Item:
    """A work with its craft and parent loaded; a variant has its parent's origin, and its measures where it has none of its own.

    How old it is, is not known here; a knife whose blade nobody measured has one of unknown length.
    """
    whole = work.origin_work
    craft = work.craft or whole.craft
    item = Item(
        id=str(work.pk),
        name=work.name,
        quantity=quantity,
        grams=work.weight_grams or whole.weight_grams,
        line=line,
        origin=work.shown_origin(on).value,
        blade_mm=work.blade_mm or whole.blade_mm or 0,
        materials=tuple(sorted(material.slug for material in materials)),
        craft=craft.slug if craft else "",
        craft_group=craft.group.slug if craft else "",
        hs_code=hs_code,
        area_mm2=(work.length_mm or whole.length_mm or 0) * (work.width_mm or whole.width_mm or 0),
        pieces=pieces,
    )
    return replace(item, blade_mm=None) if not item.blade_mm and item.is_of("blade") else item
