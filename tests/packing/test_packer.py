import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from marketplace.packing.checker import faults
from marketplace.packing.model import CarrierLimit, CartonKind, Piece, Roll
from marketplace.packing.packer import move, pack

from .consignments import LARGE, MIDDLE, POST, SMALL, random_consignment
from .nasty import FREE, NASTY, STIFF


@pytest.mark.parametrize("first", range(0, 500, 100))
def test_random_consignments_keep_every_rule(first):
    for seed in range(first, first + 100):
        pieces, kinds, carrier = random_consignment(seed)
        assert faults(pack(pieces, kinds, carrier, work=3 * len(pieces)), pieces, kinds) == [], seed


@pytest.mark.parametrize("case", NASTY, ids=[case[0] for case in NASTY])
def test_nasty_consignments_keep_every_rule_and_have_their_answer(case):
    _name, pieces, kinds, carrier, codes, cartons = case

    packing = pack(pieces, kinds, carrier, work=400)

    assert faults(packing, pieces, kinds) == []
    assert ([left.code for left in packing.left_out], len(packing.cartons)) == (codes, cartons)


def test_there_are_fifty_nasty_ones():
    assert len({case[0] for case in NASTY}) == 50


def test_the_same_question_has_the_same_answer():
    pieces, kinds, carrier = random_consignment(3, most=40)
    assert pack(pieces, kinds, carrier, work=200) == pack(pieces, kinds, carrier, work=200)


@pytest.mark.parametrize(
    ("piece", "code"),
    [
        (Piece("p", (10, 10, 0), 5), "sides"),
        (Piece("p", (10, -1, 10), 5), "sides"),
        (Piece("p", (10, 10, 1.5), 5), "sides"),
        (Piece("p", (10, 10, 10), 0), "weight"),
        (Piece("p", (10, 10, 10), 5, roll=Roll(0, 10)), "sides"),
        (Piece("p", (10, 10, 10), 5, upright=True, roll=Roll(5, 10)), "rolled"),
    ],
)
def test_a_piece_that_cannot_be_is_refused(piece, code):
    with pytest.raises(ValidationError) as refused:
        pack([piece], [STIFF], FREE)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (CartonKind("k", (10, 10, 0), (10, 10, 10), 1, 10), "sides"),
        (CartonKind("k", (10, 10, 11), (10, 10, 10), 1, 10), "outer"),
        (CartonKind("k", (10, 10, 10), (10, 10, 10), -1, 10), "tare"),
        (CartonKind("k", (10, 10, 10), (10, 10, 10), 1, 0), "weight"),
    ],
)
def test_a_carton_that_cannot_be_is_refused(kind, code):
    with pytest.raises(ValidationError) as refused:
        pack([], [kind], FREE)
    assert refused.value.code == code


def test_a_piece_listed_twice_is_refused():
    with pytest.raises(ValidationError) as refused:
        pack([Piece("p", (1, 1, 1), 1)] * 2, [STIFF], FREE)
    assert refused.value.code == "twice"


def test_weights_and_fill_are_exact():
    packing = pack([Piece("p", (300, 200, 100), 2_000)], [SMALL], POST)
    # 310 x 210 x 210 mm are 13,671,000 mm³, by 5000: 2734.2 g
    assert (packing.gross, packing.chargeable, packing.fill) == (2_300, 2_735, 0.5)


def test_the_cheapest_carton_that_holds_all_is_taken():
    packing = pack([Piece("p", (300, 200, 100), 2_000)], [LARGE, SMALL, MIDDLE], POST)
    assert [carton.kind for carton in packing.cartons] == [SMALL]


def test_the_reason_is_said_in_english():
    packing = pack([Piece("p", (900, 9, 9), 9)], [LARGE], CarrierLimit())
    with override("en"):
        assert str(packing.left_out[0].reason) == "This piece is larger than every carton, whichever way it is turned."


def _two_cartons():
    pieces = [Piece(f"p{number}", (50, 50, 50), 100) for number in range(9)]
    return pieces, pack(pieces, [STIFF], FREE)


def test_a_moved_piece_stands_in_the_other_carton_and_every_rule_holds():
    pieces, packing = _two_cartons()
    full, other = sorted(packing.cartons, key=lambda carton: -len(carton.placed))
    moved = move(packing, full.placed[0].piece.id, other.number)
    assert faults(moved, pieces, [STIFF]) == []
    assert {carton.number: len(carton.placed) for carton in moved.cartons} == {full.number: 7, other.number: 2}


def test_the_last_piece_leaves_no_empty_carton():
    pieces = [Piece("a", (50, 50, 50), 4_951), Piece("b", (50, 50, 50), 4_951), Piece("c", (50, 50, 50), 10)]
    packing = pack(pieces, [STIFF], FREE)
    both = next(carton for carton in packing.cartons if len(carton.placed) == 2)
    other = next(carton for carton in packing.cartons if len(carton.placed) == 1)
    apart = move(packing, "c", other.number)
    assert [len(carton.placed) for carton in apart.cartons if carton.number == both.number] == [1]


@pytest.mark.parametrize(
    ("pieces", "code"),
    [
        ([Piece("a", (50, 50, 50), 4_951), Piece("b", (50, 50, 50), 4_951)], "heavy"),
        ([Piece("a", (100, 100, 50), 9, True, True), Piece("b", (100, 100, 50), 9, True, True)], "room"),
        ([Piece("a", (60, 60, 60), 9), Piece("b", (60, 60, 60), 9)], "room"),
    ],
)
def test_a_move_that_would_break_a_limit_is_refused_and_changes_nothing(pieces, code):
    packing = pack(pieces, [STIFF], FREE)
    before = repr(packing)
    with pytest.raises(ValidationError) as refused:
        move(packing, packing.cartons[0].placed[0].piece.id, 2)
    assert (refused.value.code, repr(packing)) == (code, before)


@pytest.mark.parametrize(("piece", "carton", "code"), [("x", 1, "unknown"), ("p0", 9, "carton"), ("p0", 1, "here")])
def test_a_move_to_or_from_nowhere_is_refused(piece, carton, code):
    packing = pack([Piece("p0", (50, 50, 50), 100)], [STIFF], FREE)
    with pytest.raises(ValidationError) as refused:
        move(packing, piece, carton)
    assert refused.value.code == code
