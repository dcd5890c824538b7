"""What the packer refuses and why; every sentence once."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.packing.model import CarrierLimit, CartonKind, LeftOut, Packing, Piece, Roll, Sides

#: The least share of a piece's base that rests on what is under it.
SUPPORT_PERCENT = 80

LEFT_OUT = {
    "carrier": _("The carrier takes none of these cartons: they are too long."),
    "large": _("This piece is larger than every carton, whichever way it is turned."),
    "heavy": _("This piece with its carton is heavier than the carton or the carrier allows."),
    "cartons": _("There are not enough cartons for this piece."),
}
REFUSED = {
    "sides": _("Each side must be longer than zero, in whole millimetres."),
    "weight": _("Each weight must be more than zero, in whole grams."),
    "twice": _("The same piece is listed twice."),
    "unknown": _("This piece is in no carton."),
    "carton": _("There is no such carton."),
    "here": _("The piece is already in this carton."),
    "heavy": _("The carton would be heavier than the carton or the carrier allows."),
    "room": _("The pieces do not fit in this carton together."),
    "left": _("The pieces that stay behind do not stand safely without this one."),
    "rolled": _("A piece that must not tilt cannot be rolled."),
    "tare": _("A carton's own weight and its count cannot be less than zero."),
    "outer": _("A carton is smaller outside than inside."),
}


def refusal(code: str) -> ValidationError:
    """The refusal of this code."""
    return ValidationError(REFUSED[code], code=code)


def check(pieces: Sequence[Piece], kinds: Sequence[CartonKind]) -> None:
    """Raises ValidationError for sides and weights that no thing can have."""
    if len({piece.id for piece in pieces}) < len(pieces):
        raise refusal("twice")
    for piece in pieces:
        _check_piece(piece)
    for kind in kinds:
        _check_kind(kind)


def _check_piece(piece: Piece) -> None:
    _check_sides(piece.sides)
    if not _whole(piece.weight):
        raise refusal("weight")
    if piece.roll:
        _check_sides(roll_sides(piece.roll))
        if piece.upright:
            raise refusal("rolled")


def _check_kind(kind: CartonKind) -> None:
    _check_sides(kind.inner)
    _check_sides(kind.outer)
    if any(outer < inner for outer, inner in zip(kind.outer, kind.inner, strict=True)):
        raise refusal("outer")
    if not _whole(kind.greatest_gross):
        raise refusal("weight")
    if kind.tare < 0 or (kind.available or 0) < 0:
        raise refusal("tare")


def _check_sides(sides: Sides) -> None:
    if len(sides) != 3 or not all(_whole(side) for side in sides):
        raise refusal("sides")


def _whole(number: object) -> bool:
    return isinstance(number, int) and number > 0


def roll_sides(roll: Roll) -> Sides:
    """The room a rolled piece takes."""
    return roll.diameter, roll.diameter, roll.width


def poses(piece: Piece) -> list[tuple[Sides, bool]]:
    """The ways a piece may lie, with whether it is rolled then; flat comes before rolled."""
    found: dict[Sides, bool] = {}
    for sides, rolled in [(piece.sides, False)] + ([(roll_sides(piece.roll), True)] if piece.roll else []):
        a, b, c = sides
        turned = [(a, b, c), (b, a, c)]
        if not piece.upright:
            turned += [(a, c, b), (c, a, b), (b, c, a), (c, b, a)]
        for each in turned:
            found.setdefault(each, rolled)
    return list(found.items())


def holds(piece: Piece, kind: CartonKind) -> bool:
    """Whether the piece goes into an empty carton of this kind, weight aside."""
    return any(all(a <= b for a, b in zip(sides, kind.inner, strict=True)) for sides, _rolled in poses(piece))


def left_out(piece: Piece, kinds: Sequence[CartonKind], carrier: CarrierLimit) -> LeftOut:
    """Why a piece is in no carton."""
    taken = [kind for kind in kinds if carrier.takes_sides(kind.outer)]
    roomy = [kind for kind in taken if holds(piece, kind)]
    if kinds and not taken:
        code = "carrier"
    elif kinds and not roomy:
        code = "large"
    elif kinds and not any(kind.tare + piece.weight <= carrier.greatest_gross(kind) for kind in roomy):
        code = "heavy"
    else:
        code = "cartons"
    return LeftOut(piece, code, LEFT_OUT[code])


def locate(packing: Packing, piece_id: str, number: int) -> tuple[int, int]:
    """The positions of the carton a piece is in and of the one it shall go to. Raises ValidationError."""
    source = next(
        (at for at, box in enumerate(packing.cartons) if any(each.piece.id == piece_id for each in box.placed)), None
    )
    if source is None:
        raise refusal("unknown")
    target = next((at for at, box in enumerate(packing.cartons) if box.number == number), None)
    if target is None:
        raise refusal("carton")
    if source == target:
        raise refusal("here")
    return source, target
