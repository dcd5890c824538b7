"""Cartons are filled under every limit; a piece moved by hand meets the same limits, which are named."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from marketplace.export import filling, services
from marketplace.export.models import PackingVersion
from marketplace.export.packing import as_data, piece_name, stored_packing
from marketplace.export.queries import lines_of, newest_packing
from marketplace.packing.checker import faults
from tests.export.abroad import collecting, gathered


def standing(consignment):
    return stored_packing(newest_packing(consignment), lines_of(consignment))


def contents(consignment) -> dict[int, list[str]]:
    return {carton.number: sorted(each.piece.id for each in carton.placed) for carton in standing(consignment).cartons}


def refused(code: str, act, **values) -> ValidationError:
    before = list(PackingVersion.objects.values())
    with pytest.raises(ValidationError) as error:
        act(**values)
    assert error.value.error_list[0].code == code
    assert list(PackingVersion.objects.values()) == before
    return error.value


def test_two_pieces_fit_under_eight_kilograms_and_the_third_goes_alone(packed):
    assert packed.state == "packed"
    assert sorted(len(inside) for inside in contents(packed).values()) == [1, 2]
    packing = standing(packed)
    assert sorted(carton.gross for carton in packing.cartons) == [4_300, 7_700]
    assert (
        faults(packing, [each.piece for one in packing.cartons for each in one.placed], [packing.cartons[0].kind]) == []
    )


def test_volumetric_weight_counts_by_the_outer_sides(packed):
    # 912 × 512 × 412 mm ÷ 5000 = 38,476.2 g, rounded up, twice
    assert standing(packed).chargeable == 2 * 38_477


def test_a_packing_comes_back_as_it_was_stored(packed):
    assert as_data(standing(packed)) == newest_packing(packed).data


def test_nothing_is_packed_before_it_is_collected(filled, cartons, carrier):
    collecting(filled)
    refused("not_collected", filling.pack, consignment=filled, carrier=carrier, by=None)


def test_nothing_is_packed_unmeasured(filled, cartons, carrier):
    gathered(filled)
    filled.lines.filter(passport=None).update(weight_grams=None)
    refused("not_measured", filling.pack, consignment=filled, carrier=carrier, by=None)


def test_nothing_is_packed_without_cartons(filled, carrier):
    gathered(filled)
    refused("no_cartons", filling.pack, consignment=filled, carrier=carrier, by=None)


def test_a_piece_that_fits_nowhere_is_named_with_its_reason(filled, cartons, carrier):
    gathered(filled)
    services.measure_line(
        line=filled.lines.get(passport=None), length_mm=950, width_mm=400, height_mm=100, weight_grams=9
    )
    error = refused("left_out", filling.pack, consignment=filled, carrier=carrier, by=None)
    assert len(error.messages) == 2
    filled.refresh_from_db()
    assert filled.state == "collecting"


def test_a_carton_longer_than_the_carrier_takes_is_not_used(filled, cartons, carrier):
    gathered(filled)
    carrier.max_side_mm = 900
    carrier.save()
    refused("left_out", filling.pack, consignment=filled, carrier=carrier, by=None)


def test_a_piece_moved_by_hand_makes_a_new_version(packed):
    inside = contents(packed)
    full = next(number for number, pieces in inside.items() if len(pieces) == 2)
    other = next(number for number, pieces in inside.items() if len(pieces) == 1)
    moved = inside[full][0]
    made = filling.move_piece(consignment=packed, piece=moved, to_carton=other, seen=1, by=None)
    assert made.version == 2
    assert moved in contents(packed)[other]
    assert PackingVersion.objects.filter(consignment=packed).count() == 2


def test_a_move_above_the_limit_is_refused_with_the_limit_named(packed):
    inside = contents(packed)
    full = next(number for number, pieces in inside.items() if len(pieces) == 2)
    alone = next(pieces[0] for pieces in inside.values() if len(pieces) == 1)
    error = refused("heavy", filling.move_piece, consignment=packed, piece=alone, to_carton=full, seen=1, by=None)
    assert "۸ کیلوگرم" in error.messages[0] or "8 kg" in error.messages[0]


def test_a_move_seen_in_an_older_packing_is_refused(packed):
    (piece, *_others), *_rest = contents(packed).values()
    refused("packing_changed", filling.move_piece, consignment=packed, piece=piece, to_carton=2, seen=0, by=None)


def test_what_the_checker_finds_wrong_is_not_kept(packed, monkeypatch):
    monkeypatch.setattr(filling, "faults", lambda *_asked: ["hangs"])
    refused("unsound_packing", filling.pack, consignment=packed, carrier=packed.carrier, by=None)


def test_opened_cartons_can_be_measured_again(packed):
    line = packed.lines.first()
    with pytest.raises(ValidationError, match=r"."):
        services.measure_line(line=line, weight_grams=1)
    filling.unpack(consignment=packed, by=None)
    packed.refresh_from_db()
    assert newest_packing(packed) is None
    assert services.measure_line(line=line, weight_grams=3_500).weight_grams == 3_500


def test_packings_only_grow(packed):
    for write in (lambda: PackingVersion.objects.update(note="x"), PackingVersion.objects.all().delete):
        with pytest.raises(DatabaseError, match="packings_grow_only"), transaction.atomic():
            write()
    assert piece_name(packed.lines.first(), 1) in str(newest_packing(packed).data)
