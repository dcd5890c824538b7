"""Between a consignment and the packer: lines become pieces, an answer becomes data and comes back the same.

A piece's name is "<line>-<nth>", such as 12-1. Millimetres and grams.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import get_language

from marketplace.core.persian import group_digits, set_apart
from marketplace.export.models import ConsignmentLine, PackingVersion
from marketplace.packing.model import CarrierLimit, CartonKind, PackedCarton, Packing, Piece, Placed, Roll


def piece_name(line: ConsignmentLine, nth: int) -> str:
    """The nth piece of a line, as the packer knows it."""
    return f"{line.pk}-{nth}"


def line_of(name: str) -> int:
    """The line a packed piece is of."""
    return int(name.partition("-")[0])


def name_of(lines: Iterable[ConsignmentLine], name: str) -> str:
    """A packed piece as people find it: its work, and the number on its label or its place among the line's pieces."""
    wanted = line_of(name)
    line = next((one for one in lines if one.pk == wanted), None)
    if line is None:
        return name
    if line.passport:
        return shown(line)
    nth = int(name.partition("-")[2])
    language = (get_language() or "fa")[:2]
    return line.work.name if line.quantity == 1 else f"{line.work.name} · {group_digits(nth, language=language)}"


def shown(line: ConsignmentLine) -> str:
    """A line as people find it: the work, and the number on its label."""
    return f"{line.work.name} {set_apart(line.passport.serial)}" if line.passport else line.work.name


def pieces_of(lines: Iterable[ConsignmentLine]) -> list[Piece]:
    """Every piece of measured lines; a batch under one label is that many pieces."""
    return [_piece(line, nth) for line in lines for nth in range(1, line.quantity + 1)]


def _piece(line: ConsignmentLine, nth: int) -> Piece:
    roll = Roll(line.roll_diameter_mm, line.roll_width_mm) if line.roll_diameter_mm and line.roll_width_mm else None
    return Piece(
        id=piece_name(line, nth),
        sides=(line.length_mm or 0, line.width_mm or 0, line.height_mm or 0),
        weight=line.weight_grams or 0,
        fragile=line.is_fragile,
        upright=line.is_upright,
        roll=roll,
    )


def as_data(packing: Packing) -> dict[str, Any]:
    """A packing without left-out pieces, as it is stored."""
    limit = packing.carrier
    return {
        "carrier": [limit.greatest_weight, limit.longest_side, limit.length_and_girth, limit.volumetric_divisor],
        "cartons": [_carton_data(carton) for carton in packing.cartons],
    }


def _carton_data(carton: PackedCarton) -> dict[str, Any]:
    kind = carton.kind
    return {
        "number": carton.number,
        "kind": [kind.id, list(kind.inner), list(kind.outer), kind.tare, kind.greatest_gross],
        "placed": [
            [each.piece.id, list(each.corner), list(each.sides), each.turn, each.rolled] for each in carton.placed
        ],
    }


def stored_packing(stored: PackingVersion, lines: Sequence[ConsignmentLine]) -> Packing:
    """A stored packing of these lines, as the packer gave it."""
    pieces = {piece.id: piece for piece in pieces_of(lines)}
    cartons = tuple(_carton(data, pieces) for data in stored.data["cartons"])
    return Packing(cartons, (), CarrierLimit(*stored.data["carrier"]))


def _carton(data: dict[str, Any], pieces: dict[str, Piece]) -> PackedCarton:
    name, inner, outer, tare, gross = data["kind"]
    placed = tuple(
        Placed(pieces[piece], tuple(corner), tuple(sides), turn, rolled)  # type: ignore[arg-type]
        for piece, corner, sides, turn, rolled in data["placed"]
    )
    return PackedCarton(data["number"], CartonKind(name, tuple(inner), tuple(outer), tare, gross), placed)  # type: ignore[arg-type]


def pieces_by_carton(packing: Packing) -> dict[int, Counter[int]]:
    """Carton → line → pieces."""
    return {carton.number: Counter(line_of(each.piece.id) for each in carton.placed) for carton in packing.cartons}


def carton_of_line(packing: Packing | None) -> dict[int, int]:
    """Line → the first carton that holds a piece of it."""
    found: dict[int, int] = {}
    for carton in packing.cartons if packing else ():
        for each in carton.placed:
            found.setdefault(line_of(each.piece.id), carton.number)
    return found
