"""What a carrier takes, as a truth table; what a table of rates must be."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from marketplace.shipping.models import Carrier, Tariff, TariffStep
from marketplace.shipping.parcels import Parcel
from marketplace.shipping.rules import require_carrier_takes, require_offered, require_open_tariff, require_whole_tariff
from tests.shipping.carriers import DAYS, POST, rates_of
from tests.shipping.test_parcels import WORKSHOP, item

LIMITED = Carrier(code="post", name_fa="پست", name_en="Post", max_grams=30_000, max_side_mm=1_100, max_blade_mm=80)
FREE = Carrier(code="free", name_fa="آزاد", name_en="Free")


def code_of(act, *args, **more) -> str | None:
    try:
        act(*args, **more)
    except ValidationError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("packed", "code"),
    [
        (item(1_100, grams=5_000), None),
        (item(1_101, grams=5_000), "too_long"),
        (item(grams=27_272), None),
        (item(grams=27_300), "too_heavy"),
        (item(grams=None), "weight_unknown"),
        (item(blade_mm=80), None),
        (item(blade_mm=81), "blade_too_long"),
        (item(blade_mm=None), "blade_unknown"),
        (item(2_000, grams=None, blade_mm=90), "blade_too_long"),
    ],
)
def test_what_a_carrier_with_limits_takes(packed, code):
    assert code_of(require_carrier_takes, LIMITED, Parcel(WORKSHOP, (packed,))) == code


@pytest.mark.parametrize(
    ("packed", "code"), [(item(9_000, grams=90_000, blade_mm=None), None), (item(grams=None), "weight_unknown")]
)
def test_a_carrier_without_limits_asks_for_the_weight_only(packed, code):
    assert code_of(require_carrier_takes, FREE, Parcel(WORKSHOP, (packed,))) == code


def test_the_reason_is_said_in_words():
    with override("en"):
        with pytest.raises(ValidationError) as told:
            require_carrier_takes(LIMITED, Parcel(WORKSHOP, (item(blade_mm=120),)))
        assert told.value.messages == ["Post takes no blade over 8 cm; that of “work” is 12 cm."]


def test_a_choice_is_one_of_those_offered():
    assert code_of(require_offered, "post", ["post", "pickup"]) is None
    assert code_of(require_offered, "courier", ["post", "pickup"]) == "delivery_not_offered"


@pytest.mark.parametrize(("days_ago", "code"), [(0, None), (-3, None), (1, "tariff_begun")])
def test_a_table_that_began_before_today_is_not_rewritten(days_ago, code):
    on = date(2026, 11, 22)
    assert code_of(require_open_tariff, Tariff(valid_from=on - timedelta(days_ago)), on=on) == code


def steps_of(table) -> list[TariffStep]:
    return [TariffStep(zone=r.zone, up_to_grams=r.up_to_grams, price_rial=r.price_rial) for r in rates_of(table)]


@pytest.mark.parametrize(
    ("steps", "days", "code"),
    [
        (steps_of(POST), DAYS, None),
        ([], DAYS, "tariff_empty"),
        (steps_of(POST)[:-1], DAYS, "tariff_gap"),
        (steps_of({1_000: (5, 5, 5, 5), 2_000: (4, 5, 5, 5)}), DAYS, "tariff_falls"),
        (steps_of(POST), {}, "tariff_days"),
        (steps_of(POST), DAYS | {"other": [3, 2]}, "tariff_days"),
    ],
)
def test_what_a_table_of_rates_must_be(steps, days, code):
    assert code_of(require_whole_tariff, steps, days) == code
