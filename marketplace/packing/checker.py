"""What a packing must be, written from its definition and not from the packer: whole numbers, every pair compared."""

from collections.abc import Sequence
from itertools import combinations, permutations

from marketplace.packing.model import CarrierLimit, CartonKind, PackedCarton, Packing, Piece, Placed, Sides


def faults(packing: Packing, pieces: Sequence[Piece], kinds: Sequence[CartonKind]) -> list[str]:
    """Every way in which the packing is wrong, as sentences; empty when it is right."""
    found = _counted(packing, pieces, kinds)
    for carton in packing.cartons:
        found += [f"carton {carton.number}: {fault}" for fault in _in_carton(carton, packing.carrier)]
    return found


def _counted(packing: Packing, pieces: Sequence[Piece], kinds: Sequence[CartonKind]) -> list[str]:
    named = [each.piece for carton in packing.cartons for each in carton.placed]
    named += [each.piece for each in packing.left_out]
    found = (
        [] if sorted(named, key=repr) == sorted(pieces, key=repr) else ["a piece is missing, changed or twice there"]
    )
    for kind in kinds:
        used = sum(carton.kind == kind for carton in packing.cartons)
        if kind.available is not None and used > kind.available:
            found.append(f"{used} cartons of {kind.id}")
    if any(carton.kind not in kinds for carton in packing.cartons):
        found.append("an unknown carton")
    return found


def _in_carton(carton: PackedCarton, carrier: CarrierLimit) -> list[str]:
    placed = carton.placed
    found = [] if placed else ["empty"]
    gross = carton.kind.tare + sum(each.piece.weight for each in placed)
    if gross > carton.kind.greatest_gross or (carrier.greatest_weight and gross > carrier.greatest_weight):
        found.append("too heavy")
    a, b, c = sorted(carton.kind.outer)
    if carrier.longest_side and c > carrier.longest_side:
        found.append("too long")
    if carrier.length_and_girth and c + 2 * a + 2 * b > carrier.length_and_girth:
        found.append("length and girth")
    found += [f"{each.piece.id} sticks out" for each in placed if not _inside(each, carton.kind.inner)]
    found += [f"{each.piece.id} is turned wrongly" for each in placed if not _turned_rightly(each)]
    found += [
        f"{one.piece.id} and {two.piece.id} overlap" for one, two in combinations(placed, 2) if _overlap(one, two)
    ]
    return found + _standing(placed) + _loads(placed) + _turns(placed)


def _inside(each: Placed, inner: Sides) -> bool:
    return all(each.corner[at] >= 0 and each.corner[at] + each.sides[at] <= inner[at] for at in range(3))


def _turned_rightly(each: Placed) -> bool:
    piece = each.piece
    if each.rolled:
        width, diameter = (piece.roll.width, piece.roll.diameter) if piece.roll else (0, 0)
        return sorted(each.sides) == sorted((diameter, diameter, width))
    allowed = set(permutations(piece.sides))
    return each.sides in allowed and (not piece.upright or each.sides[2] == piece.sides[2])


def _along(one: Placed, two: Placed, at: int) -> int:
    """How many millimetres two pieces share on an axis."""
    return min(one.corner[at] + one.sides[at], two.corner[at] + two.sides[at]) - max(one.corner[at], two.corner[at])


def _overlap(one: Placed, two: Placed) -> bool:
    return all(_along(one, two, at) > 0 for at in range(3))


def _contact(upper: Placed, lower: Placed) -> int:
    """Square millimetres on which one stands on the other."""
    if lower.corner[2] + lower.sides[2] != upper.corner[2]:
        return 0
    return max(_along(upper, lower, 0), 0) * max(_along(upper, lower, 1), 0)


def _standing(placed: Sequence[Placed]) -> list[str]:
    found = []
    for upper in placed:
        contacts = {lower: _contact(upper, lower) for lower in placed if lower is not upper}
        under = [lower for lower, area in contacts.items() if area]
        if upper.corner[2] and sum(contacts.values()) * 100 < 80 * upper.sides[0] * upper.sides[1]:
            found.append(f"{upper.piece.id} hangs")
        found += [f"{upper.piece.id} on fragile {lower.piece.id}" for lower in under if lower.piece.fragile]
        found += [
            f"{upper.piece.id} on lighter {lower.piece.id}"
            for lower in under
            if lower.piece.weight < upper.piece.weight
        ]
    return found


def _loads(placed: Sequence[Placed]) -> list[str]:
    found = []
    for lower in placed:
        if lower.piece.may_carry is None:
            continue
        above: set[Placed] = set()
        edge = {lower}
        while edge:
            edge = {upper for upper in placed for each in edge if upper is not each and _contact(upper, each)} - above
            above |= edge
        if sum(upper.piece.weight for upper in above) > lower.piece.may_carry:
            found.append(f"{lower.piece.id} carries too much")
    return found


def _turns(placed: Sequence[Placed]) -> list[str]:
    found = [] if [each.turn for each in placed] == list(range(1, len(placed) + 1)) else ["turns are not 1, 2, 3"]
    for earlier, later in combinations(sorted(placed, key=lambda each: each.turn), 2):
        shared = _along(earlier, later, 0) > 0 and _along(earlier, later, 1) > 0
        if shared and later.corner[2] < earlier.corner[2]:
            found.append(f"{later.piece.id} must go under {earlier.piece.id}")
    return found
