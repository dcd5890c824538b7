"""Consignments at the border of what is possible: name, pieces, carton kinds, carrier, codes of what is left out, cartons used."""

from marketplace.packing.model import CarrierLimit, CartonKind, Piece, Roll

from .consignments import LARGE, MIDDLE, POST, SMALL

FREE = CarrierLimit()
STIFF = CartonKind("stiff", (100, 100, 100), (100, 100, 100), 100, 10_000)
FLAT = CartonKind("flat", (200, 200, 50), (200, 200, 50), 100, 10_000)
ONE = CartonKind("one", (100, 100, 100), (100, 100, 100), 100, 10_000, available=1)
NONE = CartonKind("none", (100, 100, 100), (100, 100, 100), 100, 10_000, available=0)


def _one(*sides, weight=100, **more):
    return [Piece("p", sides, weight, **more)]


def _many(count, *sides, weight=100, **more):
    return [Piece(f"p{number}", sides, weight, **more) for number in range(count)]


def _up_to(longest=None, girth=None, weight=None):
    return CarrierLimit(greatest_weight=weight, longest_side=longest, length_and_girth=girth)


NASTY = [
    ("nothing at all", [], [STIFF], FREE, [], 0),
    ("no carton kinds", _one(1, 1, 1), [], FREE, ["cartons"], 0),
    ("exactly the inner size", _one(100, 100, 100), [STIFF], FREE, [], 1),
    ("one millimetre too long", _one(101, 100, 100), [STIFF], FREE, ["large"], 0),
    ("one millimetre too high", _one(100, 100, 101), [STIFF], FREE, ["large"], 0),
    ("the smallest piece", _one(1, 1, 1, weight=1), [STIFF], FREE, [], 1),
    ("exactly the greatest weight", _one(50, 50, 50, weight=9_900), [STIFF], FREE, [], 1),
    ("a gram too heavy", _one(50, 50, 50, weight=9_901), [STIFF], FREE, ["heavy"], 0),
    ("exactly the carrier's weight", _one(50, 50, 50, weight=4_900), [STIFF], _up_to(weight=5_000), [], 1),
    ("a gram above the carrier's", _one(50, 50, 50, weight=4_901), [STIFF], _up_to(weight=5_000), ["heavy"], 0),
    ("the tare alone is too heavy", _one(50, 50, 50), [STIFF], _up_to(weight=100), ["heavy"], 0),
    ("two of half the weight", _many(2, 50, 50, 50, weight=4_950), [STIFF], FREE, [], 1),
    ("two of half the weight and a gram", _many(2, 50, 50, 50, weight=4_951), [STIFF], FREE, [], 2),
    ("longest side just taken", _one(50, 50, 50), [STIFF], _up_to(longest=100), [], 1),
    ("longest side just not taken", _one(50, 50, 50), [STIFF], _up_to(longest=99), ["carrier"], 0),
    ("girth just taken", _one(50, 50, 50), [STIFF], _up_to(girth=500), [], 1),
    ("girth just not taken", _one(50, 50, 50), [STIFF], _up_to(girth=499), ["carrier"], 0),
    ("only another kind is taken", _one(50, 50, 50), [LARGE, STIFF], _up_to(longest=100), [], 1),
    ("fits in the untaken kind only", _one(500, 50, 50), [LARGE, STIFF], _up_to(longest=100), ["large"], 0),
    ("must be laid down", _one(50, 190, 190), [FLAT], FREE, [], 1),
    ("may not be laid down", _one(50, 50, 60, upright=True), [FLAT], FREE, ["large"], 0),
    ("upright and exactly as high", _one(200, 200, 50, upright=True), [FLAT], FREE, [], 1),
    ("upright, turned on the spot", _one(150, 250, 100, upright=True), [SMALL], FREE, [], 1),
    ("upright in the higher carton", _one(50, 50, 350, upright=True), [FLAT, MIDDLE, LARGE], FREE, [], 1),
    ("a stick along no side", _one(110, 5, 5), [STIFF], FREE, ["large"], 0),
    ("flat too wide, rolled in", _one(400, 300, 5, roll=Roll(60, 200)), [FLAT, SMALL], FREE, [], 1),
    ("carpet longer than the carton", _one(900, 1_400, 10, roll=Roll(150, 901)), [LARGE], FREE, ["large"], 0),
    ("carpet exactly as long", _one(900, 1_400, 10, roll=Roll(150, 600)), [LARGE], FREE, [], 1),
    ("carpet rolled too thick", _one(900, 1_400, 10, roll=Roll(401, 500)), [LARGE], FREE, ["large"], 0),
    ("eight cubes fill it", _many(8, 50, 50, 50), [STIFF], FREE, [], 1),
    ("nine cubes do not", _many(9, 50, 50, 50), [STIFF], FREE, [], 2),
    ("nine cubes, one carton", _many(9, 50, 50, 50), [ONE], FREE, ["cartons"], 1),
    ("no cartons in stock", _many(2, 50, 50, 50), [NONE], FREE, ["cartons"] * 2, 0),
    ("one of each, then no more", _many(3, 100, 100, 100), [ONE, NONE], FREE, ["cartons"] * 2, 1),
    ("fragile ones are not stacked", _many(8, 50, 50, 50, fragile=True), [STIFF], FREE, [], 2),
    ("fragile on the sturdy", _many(4, 50, 50, 50) + [Piece("f", (100, 100, 50), 90, True)], [STIFF], FREE, [], 1),
    (
        "heavy fragile on the light",
        _many(4, 50, 50, 50) + [Piece("f", (100, 100, 50), 101, True, True)],
        [STIFF],
        FREE,
        [],
        2,
    ),
    ("fragile as large as the floor", _many(2, 100, 100, 50, fragile=True, upright=True), [STIFF], FREE, [], 2),
    ("a stack of three that just carry", _many(3, 100, 100, 33, may_carry=200, upright=True), [STIFF], FREE, [], 1),
    ("a stack of three a gram too heavy", _many(3, 100, 100, 33, may_carry=199, upright=True), [STIFF], FREE, [], 2),
    ("may carry nothing", _many(2, 100, 100, 50, may_carry=0, upright=True), [STIFF], FREE, [], 2),
    ("heavier goes below", _one(100, 100, 50) + [Piece("h", (100, 100, 50), 900)], [STIFF], FREE, [], 1),
    ("heavier is smaller", _one(100, 100, 50, upright=True) + [Piece("h", (50, 50, 51), 900)], [STIFF], FREE, [], 2),
    ("eighty of a hundred under it", [*_one(80, 100, 60), Piece("t", (100, 100, 40), 9)], [STIFF], FREE, [], 1),
    ("hanging over too far", [*_one(79, 100, 60, upright=True), Piece("t", (100, 100, 40), 9)], [STIFF], FREE, [], 2),
    ("plates on edge", _many(20, 100, 100, 5), [STIFF], FREE, [], 1),
    ("twenty-one plates", _many(21, 100, 100, 5), [STIFF], FREE, [], 2),
    ("a thousand small pieces", _many(1_000, 40, 40, 40, weight=10), [MIDDLE], POST, [], 3),
    ("larger than every carton, among others", _many(3, 50, 50, 50) + _one(900, 9, 9), [LARGE], POST, ["large"], 1),
    ("prime sides", [Piece(str(n), (n, n + 2, n + 6), n) for n in (11, 17, 41)], [STIFF], FREE, [], 1),
]
