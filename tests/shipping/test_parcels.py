"""What is sent: folded, packed and weighed."""

import pytest

from marketplace.shipping.parcels import Item, Parcel, Place, folded

WORKSHOP = Place(1, None)


def item(*sides: int, grams: int | None = 1_000, quantity: int = 1, blade_mm: int | None = 0) -> Item:
    return Item("work", quantity, grams, False, tuple(sides), blade_mm)


@pytest.mark.parametrize(
    ("sides", "folds", "packed"),
    [
        ((1200, 800), 0, (1200, 800)),
        ((800, 1200), 1, (800, 600)),
        ((3000, 2000), 3, (1000, 750)),
        ((4000, 3000), 3, (1500, 1000)),
        ((3000, 2000, 12), 3, (1000, 750, 96)),
        ((101, 51), 1, (51, 51)),
        ((900,), 3, (900,)),
        ((), 3, ()),
        ((100, 90, 80), 3, (100, 90, 80)),
    ],
)
def test_folding_halves_the_longest_side_and_doubles_a_known_thickness(sides, folds, packed):
    assert folded(sides, folds) == packed


@pytest.mark.parametrize(
    ("weights", "grams"),
    [([(500, 1)], 700), ([(2_000, 1)], 2_200), ([(3_000, 2), (4_000, 1)], 11_000), ([(500, 1), (None, 1)], None)],
)
def test_packing_is_a_tenth_and_two_hundred_grams_at_least(weights, grams):
    assert Parcel(WORKSHOP, tuple(item(grams=one, quantity=many) for one, many in weights)).grams == grams


@pytest.mark.parametrize(
    ("items", "is_large"),
    [
        ([item(350, 250, 180)], False),
        ([item(351, 10, 10)], True),
        ([item(300, 260, 10)], True),
        ([item(340, 240)], False),
        ([item(200, 200, 200), item(200, 200, 200)], True),
        ([item(200, 200, 200, quantity=2)], True),
        ([item(200, 200, 200)], True),
        ([item(180, 180, 180, quantity=2)], False),
        ([item()], False),
    ],
)
def test_a_parcel_is_large_by_one_side_or_by_the_room_its_works_take(items, is_large):
    assert Parcel(WORKSHOP, tuple(items)).is_above((350, 250, 180)) is is_large


def test_the_blade_of_unknown_length_counts_first():
    parcel = Parcel(WORKSHOP, (item(blade_mm=40), item(), item(blade_mm=70), item(blade_mm=None)))
    assert [one.blade_mm for one in parcel.bladed] == [None, 70, 40]
