"""What a place on a map must say: its source, and a whole position or none."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from marketplace.places.models import Spot


@pytest.fixture
def spot(sirjan):
    return Spot(
        slug="kiosk", kind="kiosk", name_fa="کیوسک", name_en="Kiosk", city=sirjan, latitude="29.46", longitude="55.67",
        is_demo=True,
    )  # fmt: skip


def codes(refusal) -> list[str]:
    return [error.code for error in refusal.value.error_dict["__all__"]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"longitude": None}, "half_position"),
        ({"latitude": None}, "half_position"),
        ({"latitude": "55.67", "longitude": "29.46"}, "outside_iran"),
        ({"is_demo": False, "source": ""}, "no_source"),
    ],
)
def test_a_place_that_says_too_little_is_refused_by_the_form_and_by_the_database(spot, change, code):
    for name, value in change.items():
        setattr(spot, name, value)
    with pytest.raises(ValidationError) as refusal:
        spot.full_clean()
    assert code in codes(refusal)
    with pytest.raises(IntegrityError), transaction.atomic():
        spot.save()
    assert not Spot.objects.exists()


def test_a_sourced_place_without_a_position_stands(spot):
    spot.is_demo, spot.source, spot.latitude, spot.longitude = False, "seed-ardabil", None, None
    spot.full_clean()
    spot.save()
    assert not spot.is_placed


def test_a_maker_of_another_city_is_refused(spot, coppersmith, weaver):
    spot.maker = coppersmith
    with pytest.raises(ValidationError) as refusal:
        spot.full_clean()
    assert codes(refusal) == ["other_city"]
    spot.maker = weaver
    spot.full_clean()
