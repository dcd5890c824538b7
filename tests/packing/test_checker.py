"""The checker sees each kind of fault: a packing made wrong by hand is found out."""

import pytest

from marketplace.packing.checker import faults
from marketplace.packing.model import PackedCarton, Packing, Piece, Placed

from .nasty import FREE, STIFF

LOW = Piece("low", (50, 50, 50), 100)


def _faults(*placed, carrier=FREE):
    packing = Packing((PackedCarton(1, STIFF, placed),), (), carrier)
    return faults(packing, [each.piece for each in placed], [STIFF])


def _above(lower, upper, corner=(0, 0, 50)):
    return _faults(Placed(lower, (0, 0, 0), (50, 50, 50), 1), Placed(upper, corner, upper.sides, 2))


def test_a_right_stack_has_no_fault():
    assert _above(LOW, Piece("top", (50, 50, 50), 100)) == []


@pytest.mark.parametrize(
    ("lower", "corner", "weight", "fault"),
    [
        (LOW, (0, 0, 49), 100, "low and top overlap"),
        (LOW, (0, 0, 51), 100, "top hangs"),
        (LOW, (11, 0, 50), 100, "top hangs"),
        (LOW, (0, 0, 50), 101, "top on lighter low"),
        (LOW, (51, 0, 0), 100, "top sticks out"),
        (Piece("low", (50, 50, 50), 100, fragile=True), (0, 0, 50), 100, "top on fragile low"),
        (Piece("low", (50, 50, 50), 100, may_carry=99), (0, 0, 50), 100, "low carries too much"),
    ],
)
def test_each_fault_is_seen(lower, corner, weight, fault):
    assert f"carton 1: {fault}" in _above(lower, Piece("top", (50, 50, 50), weight), corner)


def test_weight_tilting_and_a_wrong_turn_are_seen():
    heavy = Piece("heavy", (50, 50, 50), 9_901)
    assert _faults(Placed(heavy, (0, 0, 0), (50, 50, 50), 1)) == ["carton 1: too heavy"]
    vase = Piece("vase", (20, 20, 60), 5, upright=True)
    assert _faults(Placed(vase, (0, 0, 0), (60, 20, 20), 1)) == ["carton 1: vase is turned wrongly"]
    top = Piece("top", (50, 50, 50), 100)
    stacked = (Placed(top, (0, 0, 50), (50, 50, 50), 1), Placed(LOW, (0, 0, 0), (50, 50, 50), 2))
    assert _faults(*stacked) == ["carton 1: low must go under top"]
