"""How long packing takes, and how full its cartons are beside CP-SAT's on small questions (`bench packing`)."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import mean
from time import perf_counter

from marketplace.packing.model import CarrierLimit, CartonKind, Packing, Piece, volume
from marketplace.packing.packer import pack

COUNTS = (10, 50, 200)
CASES, MOST_PIECES, SECONDS = 20, 8, 60
_CM = 10
_SOLVER = Path(__file__).with_name("packing_solver.py")
_CARRIER = CarrierLimit(greatest_weight=30_000)


def _kind(name: str, *inner_cm: int) -> CartonKind:
    length, width, height = (side * _CM for side in inner_cm)
    return CartonKind(name, (length, width, height), (length + 10, width + 10, height + 10), 300, 30_000)


_KINDS = (
    _kind("A", 20, 15, 10),
    _kind("B", 30, 20, 15),
    _kind("C", 30, 25, 25),
    _kind("D", 40, 30, 25),
    _kind("E", 50, 40, 30),
)


def _pieces(random: Random, count: int) -> list[Piece]:
    """Made up: sides of 4 to 25 cm in whole centimetres."""
    pieces = []
    for number in range(count):
        a, b, c = (random.randint(4, 25) * _CM for _side in range(3))
        upright = random.random() < 0.2
        pieces.append(Piece(str(number), (a, b, c), random.randint(100, 3_000), random.random() < 0.15, upright))
    return pieces


def times() -> Iterator[str]:
    """A line for each count of pieces."""
    for count in COUNTS:
        pieces = _pieces(Random(count), count)  # noqa: S311  # the same pieces each time
        began = perf_counter()
        found = pack(pieces, _KINDS, _CARRIER)
        seconds = perf_counter() - began
        yield f"{count:4} pieces: {seconds:6.2f} s, {len(found.cartons)} cartons, fill {found.fill:.0%}, {len(found.left_out)} left out"


def beside_solver(python: str, seconds: int = SECONDS) -> Iterator[str]:
    """A line for each small question: our cartons and fill beside those of CP-SAT, and the mean of the ratios."""
    ratios = []
    for case in range(CASES):
        random = Random(case)  # noqa: S311
        pieces = _pieces(random, random.randint(4, MOST_PIECES))
        ours = pack(pieces, _KINDS, _CARRIER)
        theirs = _solve(python, pieces, ours, seconds)
        if not theirs["kinds"]:
            yield f"case {case:2}: {len(pieces)} pieces, ours {len(ours.cartons)}, CP-SAT found nothing ({theirs['status']})"
            continue
        fill = sum(volume(piece.sides) for piece in pieces) / sum(volume(_KINDS[at].inner) for at in theirs["kinds"])
        ratios.append(ours.fill / fill)
        yield (
            f"case {case:2}: {len(pieces)} pieces, cartons {len(ours.cartons)} : {len(theirs['kinds'])}, "
            f"fill {ours.fill:.1%} : {fill:.1%}, "
            f"ratio {ratios[-1]:.3f}, {theirs['status']} in {theirs['seconds']:.1f} s"
        )
    if ratios:
        yield f"mean ratio {mean(ratios):.3f}, least {min(ratios):.3f}, {sum(ratio >= 0.9 for ratio in ratios)} of {CASES} within 10 %"


def _solve(python: str, pieces: list[Piece], ours: Packing, seconds: int) -> dict:
    asked = {
        "pieces": [
            {
                "sides": [side // _CM for side in piece.sides],
                "weight": piece.weight,
                "fragile": piece.fragile,
                "upright": piece.upright,
            }
            for piece in pieces
        ],
        "kinds": [
            {
                "sides": [side // _CM for side in kind.inner],
                "outer": volume(kind.outer) // 1_000,
                "weight": kind.greatest_gross - kind.tare,
            }
            for kind in _KINDS
        ],
        "most": len(ours.cartons),
        "seconds": seconds,
        "workers": 2,
    }
    told = subprocess.run(  # noqa: S603  # the Python that whoever measures has named
        [python, str(_SOLVER)], input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    return json.loads(told.stdout)
