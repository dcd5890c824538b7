"""What the packer is asked and what it answers. Every length is a whole number of millimetres, every weight of grams."""

from dataclasses import dataclass
from typing import Any

#: Length, width and height, in this order; the third stands upright.
Sides = tuple[int, int, int]


@dataclass(frozen=True)
class Roll:
    """What a piece becomes when it is rolled up: it takes the room of `diameter` x `diameter` x `width`."""

    diameter: int
    width: int


@dataclass(frozen=True)
class Piece:
    """One packed piece. `fragile` carries nothing; `upright` keeps its third side vertical; `roll` says that it may be
    rolled; `may_carry` is the greatest weight of everything above it, directly or through others (None: no limit)."""

    id: str
    sides: Sides
    weight: int
    fragile: bool = False
    upright: bool = False
    roll: Roll | None = None
    may_carry: int | None = None


@dataclass(frozen=True)
class CartonKind:
    """A carton that can be had. `greatest_gross` includes `tare`; `available` None: as many as are needed."""

    id: str
    inner: Sides
    outer: Sides
    tare: int
    greatest_gross: int
    available: int | None = None


@dataclass(frozen=True)
class CarrierLimit:
    """What a carrier takes, by carton. Girth is twice the two shorter outer sides together; `volumetric_divisor` is in
    cubic centimetres a kilogram, as carriers print it (5000), which is also cubic millimetres a gram. None: no limit."""

    greatest_weight: int | None = None
    longest_side: int | None = None
    length_and_girth: int | None = None
    volumetric_divisor: int | None = None

    def takes_sides(self, outer: Sides) -> bool:
        """Whether a carton of these outer sides is within the limits of length."""
        longest = max(outer)
        around = longest + 2 * (sum(outer) - longest)
        return (self.longest_side is None or longest <= self.longest_side) and (
            self.length_and_girth is None or around <= self.length_and_girth
        )

    def greatest_gross(self, kind: CartonKind) -> int:
        """What a carton of this kind may weigh when it leaves, itself included."""
        return min(kind.greatest_gross, kind.greatest_gross if self.greatest_weight is None else self.greatest_weight)

    def chargeable(self, kind: CartonKind, gross: int) -> int:
        """The greater of weight and volumetric weight, the latter rounded up to a gram."""
        return gross if not self.volumetric_divisor else max(gross, -(-volume(kind.outer) // self.volumetric_divisor))


@dataclass(frozen=True)
class Placed:
    """A piece in its carton: its lowest corner nearest to the origin, its sides as it lies, its turn (1 is put in first)."""

    piece: Piece
    corner: Sides
    sides: Sides
    turn: int
    rolled: bool = False

    @property
    def end(self) -> Sides:
        """The corner opposite to `corner`."""
        (x, y, z), (length, width, height) = self.corner, self.sides
        return x + length, y + width, z + height


@dataclass(frozen=True)
class PackedCarton:
    """A filled carton; `number` counts from 1 and stays when pieces are moved."""

    number: int
    kind: CartonKind
    placed: tuple[Placed, ...]

    @property
    def gross(self) -> int:
        """Its weight with the carton itself."""
        return self.kind.tare + sum(each.piece.weight for each in self.placed)

    @property
    def fill(self) -> float:
        """The share of the inner room that is taken, 0 to 1."""
        return sum(volume(each.sides) for each in self.placed) / volume(self.kind.inner)


@dataclass(frozen=True)
class LeftOut:
    """A piece in no carton; `reason` is lazy and speaks the reader's language, `code` is for programs."""

    piece: Piece
    code: str
    reason: Any


@dataclass(frozen=True)
class Packing:
    """The whole answer; `carrier` is kept so that a later move meets the same limits."""

    cartons: tuple[PackedCarton, ...]
    left_out: tuple[LeftOut, ...]
    carrier: CarrierLimit

    @property
    def gross(self) -> int:
        """The weight of all cartons."""
        return sum(carton.gross for carton in self.cartons)

    @property
    def chargeable(self) -> int:
        """What the carrier charges for, each carton by itself."""
        return sum(self.carrier.chargeable(carton.kind, carton.gross) for carton in self.cartons)

    @property
    def fill(self) -> float:
        """The share of all inner room that is taken, 0 to 1; 0 without a carton."""
        room = sum(volume(carton.kind.inner) for carton in self.cartons)
        return sum(volume(each.sides) for carton in self.cartons for each in carton.placed) / room if room else 0.0


def volume(sides: Sides) -> int:
    """Cubic millimetres."""
    return sides[0] * sides[1] * sides[2]
