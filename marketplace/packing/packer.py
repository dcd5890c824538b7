"""Pieces into cartons: several orders are tried, then the fullest answer is broken up in part and filled again.

No clock decides: the same question has the same answer on every machine.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from marketplace.packing import rules
from marketplace.packing.load import FAR, Load
from marketplace.packing.model import CarrierLimit, CartonKind, PackedCarton, Packing, Piece, volume

_SEED = 1405
#: Pieces laid in all, over every try: what bounds the time.
WORK = 6_000
#: Above these counts of pieces the work is divided: cartons are fuller then, and a piece takes longer to lay.
_FEW, _MANY = 20, 100
_ORDERS: tuple[Callable[[Piece], tuple], ...] = (
    lambda piece: (piece.fragile, -volume(piece.sides)),
    lambda piece: (piece.fragile, -piece.weight),
    lambda piece: (piece.fragile, -max(piece.sides), -volume(piece.sides)),
    lambda piece: (piece.fragile, -volume(piece.sides) // min(piece.sides)),
    lambda piece: (-piece.weight, -volume(piece.sides)),
)
_STYLES = (0, 1, 2)


@dataclass
class _Try:
    """Cartons filled so far and the pieces that found no place."""

    loads: list[Load] = field(default_factory=list)
    out: list[Piece] = field(default_factory=list)

    def worth(self, carrier: CarrierLimit) -> tuple:
        """Smaller is better: pieces left out, cartons, chargeable weight, outer room, and then emptier remainders."""
        charged = sum(carrier.chargeable(load.kind, _gross(load)) for load in self.loads)
        outer = sum(volume(load.kind.outer) for load in self.loads)
        spread = -sum((volume(load.kind.inner) - load.room_left) ** 2 for load in self.loads)
        return len(self.out), len(self.loads), charged, outer, spread


def pack(
    pieces: Iterable[Piece], kinds: Iterable[CartonKind], carrier: CarrierLimit, *, work: int | None = None
) -> Packing:
    """Pack the pieces; fewest left out, then fewest cartons, then least chargeable weight.

    `work` bounds how many pieces are laid over all tries. Raises ValidationError for sides and weights no thing can have.
    """
    pieces, kinds = tuple(pieces), tuple(kinds)
    rules.check(pieces, kinds)
    taken = [kind for kind in kinds if carrier.takes_sides(kind.outer)]
    fitting = [piece for piece in pieces if any(_goes(piece, kind, carrier) for kind in taken)]
    usual = WORK // (1 + (len(pieces) > _FEW) + (len(pieces) > _MANY))
    best = _search(fitting, taken, carrier, usual if work is None else work)
    out = {piece.id for piece in best.out}
    left = [piece for piece in pieces if piece not in set(fitting) or piece.id in out]
    return Packing(
        tuple(load.packed(number) for number, load in enumerate(best.loads, 1)),
        tuple(rules.left_out(piece, kinds, carrier) for piece in left),
        carrier,
    )


def _goes(piece: Piece, kind: CartonKind, carrier: CarrierLimit) -> bool:
    return kind.tare + piece.weight <= carrier.greatest_gross(kind) and rules.holds(piece, kind)


def _search(pieces: list[Piece], kinds: list[CartonKind], carrier: CarrierLimit, work: int) -> _Try:
    if not pieces:
        return _Try()
    random = Random(_SEED)  # noqa: S311  # the same question shall have the same answer
    largest = sorted(kinds, key=lambda kind: (-volume(kind.inner), kind.id))
    starts = [(order, style, largest) for style in _STYLES for order in _ORDERS]
    starts[2:2] = [(_ORDERS[0], 1, largest[::-1])] if len(kinds) > 1 else []
    best, best_worth, tightening = _Try(), (), work // 2
    work -= tightening
    for tried, (order, style, preferred) in enumerate(starts):
        if tried and work < len(pieces):
            break
        found = _fill(_Try(), sorted(pieces, key=order), preferred, carrier, style)
        found = _shrunk(found, kinds, carrier)
        work -= len(pieces)
        worth = found.worth(carrier)
        if not tried or worth < best_worth:
            best, best_worth = found, worth
    while work > 0 and best.loads and not _cannot_be_better(best, pieces, kinds, carrier):
        found, laid = _again(best, random, kinds, largest, carrier)
        work -= max(laid, 1)
        worth = found.worth(carrier)
        if worth <= best_worth:
            best, best_worth = found, worth
    return _tightened(best, random, kinds, carrier, tightening)


def _cannot_be_better(found: _Try, pieces: list[Piece], kinds: list[CartonKind], carrier: CarrierLimit) -> bool:
    """One carton with everything in it; which kind is then the matter of `_tightened`."""
    return not found.out and len(found.loads) == 1


def _fill(
    start: _Try,
    pieces: Iterable[Piece],
    kinds: Sequence[CartonKind],
    carrier: CarrierLimit,
    style: int,
    random: Random | None = None,
) -> _Try:
    """First fit into the open cartons, else a new one of the first kind that holds the piece."""
    for piece in pieces:
        turned = _turned(random)
        if any(load.put(piece, style, turned) for load in start.loads):
            continue
        kind = next((kind for kind in _free(kinds, start.loads) if _goes(piece, kind, carrier)), None)
        if kind is None:
            start.out.append(piece)
            continue
        load = Load(kind, carrier)
        load.put(piece, style, turned)
        start.loads.append(load)
    return start


def _tightened(found: _Try, random: Random, kinds: list[CartonKind], carrier: CarrierLimit, work: int) -> _Try:
    """Each carton, the emptiest first, into a smaller kind if a shaken order finds how; `work` is shared among them."""
    loads = list(found.loads)
    share = work // max(len(loads), 1)
    for at in sorted(range(len(loads)), key=lambda at: -loads[at].room_left):
        pieces = [each[0] for each in loads[at].placed]
        smaller = [kind for kind in _smaller(loads, at, kinds) if _may_hold(kind, pieces, carrier)]
        tries = share // (len(pieces) * max(len(smaller), 1))
        held = (_one(kind, pieces, carrier, random, tries) for kind in smaller)
        loads[at] = next((load for load in held if load is not None), loads[at])
    return _Try(loads, found.out)


def _smaller(loads: Sequence[Load], at: int, kinds: list[CartonKind]) -> list[CartonKind]:
    """The kinds that are left and cost less room than that of the carton at this position, the least first."""
    others = [load for number, load in enumerate(loads) if number != at]
    free = [kind for kind in _free(kinds, others) if volume(kind.outer) < volume(loads[at].kind.outer)]
    return sorted(free, key=lambda kind: (volume(kind.outer), kind.id))


def _free(kinds: Iterable[CartonKind], loads: Sequence[Load]) -> Iterable[CartonKind]:
    for kind in kinds:
        if kind.available is None or sum(load.kind is kind for load in loads) < kind.available:
            yield kind


def _again(
    best: _Try, random: Random, kinds: list[CartonKind], largest: list, carrier: CarrierLimit
) -> tuple[_Try, int]:
    """Empty a few cartons, the least filled among them, and fill again in an order somewhat shaken."""
    count = min(len(best.loads), random.choice((1, 2, 2, 3)))
    by_fill = sorted(
        range(len(best.loads)), key=lambda at: volume(best.loads[at].kind.inner) - best.loads[at].room_left
    )
    chosen = {by_fill[0]} if random.random() < 0.7 else set()
    chosen |= set(random.sample(range(len(best.loads)), max(count - len(chosen), 0)))
    loose = [each[0] for at in sorted(chosen) for each in best.loads[at].placed] + best.out
    shaken = _shaken(loose, random)
    kept = [load.copy() for at, load in enumerate(best.loads) if at not in chosen]
    preferred = largest if random.random() < 0.6 else largest[::-1]
    found = _fill(_Try(kept), shaken, preferred, carrier, random.choice(_STYLES), random)
    return _shrunk(found, kinds, carrier), len(shaken)


def _shrunk(found: _Try, kinds: list[CartonKind], carrier: CarrierLimit) -> _Try:
    """Each carton into the kind that costs least and still holds all of it."""
    if len(kinds) == 1:
        return found
    loads = list(found.loads)
    for at, load in enumerate(loads):
        pieces = [each[0] for each in load.placed]
        held = (_one(kind, pieces, carrier) for kind in _smaller(loads, at, kinds) if _may_hold(kind, pieces, carrier))
        loads[at] = next((smaller for smaller in held if smaller is not None), load)
    return _Try(loads, found.out)


def _may_hold(kind: CartonKind, pieces: list[Piece], carrier: CarrierLimit) -> bool:
    """False where weight, sides or room alone say that the pieces do not go in."""
    if sum(piece.weight for piece in pieces) > carrier.greatest_gross(kind) - kind.tare:
        return False
    return all(rules.holds(piece, kind) for piece in pieces) and _least(pieces) <= volume(kind.inner)


def _one(
    kind: CartonKind, pieces: list[Piece], carrier: CarrierLimit, random: Random | None = None, tries: int = 0
) -> Load | None:
    """All of the pieces in one carton of this kind, if a few orders, and `tries` shaken ones, find how."""
    for ordered in (pieces, *(sorted(pieces, key=order) for order in _ORDERS[:2])):
        load = Load(kind, carrier)
        if all(load.put(piece, 1) for piece in ordered):
            return load
    for _try in range(tries if random else 0):
        load, style = Load(kind, carrier), _STYLES[_try % len(_STYLES)]
        if all(load.put(piece, _style(style, random), _turned(random)) for piece in _shaken(pieces, random)):
            return load
    return None


def _style(usual: int, random: Random | None) -> int:
    return FAR if random and random.random() < 0.2 else usual


def _turned(random: Random | None) -> int | None:
    """A way to turn a piece at random, or, half of the time, whichever is best."""
    return random.randrange(12) if random and random.random() < 0.5 else None


def _shaken(pieces: list[Piece], random: Random | None) -> list[Piece]:
    """One of the orders, with up to half of the pieces swapped."""
    assert random is not None
    found = sorted(pieces, key=random.choice(_ORDERS))
    for _swap in range(random.randint(0, max(1, len(found) // 2))):
        a, b = random.randrange(len(found)), random.randrange(len(found))
        found[a], found[b] = found[b], found[a]
    return found


def _least(pieces: list[Piece]) -> int:
    return sum(min(volume(sides) for sides, _rolled in rules.poses(piece)) for piece in pieces)


def _gross(load: Load) -> int:
    return load.kind.tare + sum(each[0].weight for each in load.placed)


def move(packing: Packing, piece_id: str, to_carton: int) -> Packing:
    """The packing with this piece in carton number `to_carton`; only these two cartons are packed anew.

    A carton that becomes empty goes. Raises ValidationError, with nothing changed, when a limit would be broken.
    """
    source, target = rules.locate(packing, piece_id, to_carton)
    cartons = list(packing.cartons)
    piece = next(each.piece for each in cartons[source].placed if each.piece.id == piece_id)
    into = cartons[target]
    if into.gross + piece.weight > packing.carrier.greatest_gross(into.kind):
        raise rules.refusal("heavy")
    into_pieces = [each.piece for each in into.placed] + [piece]
    left = [each.piece for each in cartons[source].placed if each.piece.id != piece_id]
    cartons[target] = _refilled(into, into_pieces, packing.carrier, "room")
    cartons[source] = _refilled(cartons[source], left, packing.carrier, "left")
    return Packing(tuple(carton for carton in cartons if carton.placed), packing.left_out, packing.carrier)


def _refilled(carton: PackedCarton, pieces: list[Piece], carrier: CarrierLimit, code: str) -> PackedCarton:
    """The same carton with these pieces. Raises ValidationError when no way is found."""
    only = CartonKind(**{**carton.kind.__dict__, "available": 1})
    found = _search(pieces, [only], carrier, WORK // 5)
    if found.out:
        raise rules.refusal(code)
    placed = found.loads[0].packed(carton.number).placed if found.loads else ()
    return PackedCarton(carton.number, carton.kind, placed)
