"""Consignments for the tests: seeded, so that a fault comes again."""

from random import Random

from marketplace.packing.model import CarrierLimit, CartonKind, Piece, Roll

SMALL = CartonKind("small", (300, 200, 200), (310, 210, 210), 300, 15_000)
MIDDLE = CartonKind("middle", (400, 300, 300), (410, 310, 310), 500, 20_000)
LARGE = CartonKind("large", (600, 400, 400), (612, 412, 412), 900, 30_000)
POST = CarrierLimit(greatest_weight=20_000, longest_side=1_050, length_and_girth=2_500, volumetric_divisor=5_000)


def random_piece(random: Random, number: int) -> Piece:
    sides = tuple(random.randint(10, random.choice((80, 200, 420))) for _side in range(3))
    fragile = random.random() < 0.15
    roll = Roll(random.randint(30, 150), random.randint(100, 650)) if random.random() < 0.1 else None
    return Piece(
        id=f"p{number}",
        sides=sides,
        weight=random.randint(20, random.choice((500, 3_000, 9_000))),
        fragile=fragile,
        upright=roll is None and random.random() < 0.2,
        roll=roll,
        may_carry=random.choice((None, None, None, 0, 500, 5_000)),
    )


def random_consignment(seed: int, most: int = 14) -> tuple[list[Piece], list[CartonKind], CarrierLimit]:
    random = Random(seed)
    pieces = [random_piece(random, number) for number in range(random.randint(1, most))]
    kinds = random.sample([SMALL, MIDDLE, LARGE], random.randint(1, 3))
    if random.random() < 0.3:
        kinds = [CartonKind(**{**kind.__dict__, "available": random.randint(0, 3)}) for kind in kinds]
    carrier = random.choice((POST, CarrierLimit(), CarrierLimit(greatest_weight=10_000, longest_side=500)))
    return pieces, kinds, carrier
