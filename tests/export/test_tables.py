"""Tables of rates abroad: whole, dated, and the cheapest known carrier first."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from marketplace.export.costs import chargeable, costs, price_of
from marketplace.export.models import ForeignCarrier, ForeignTariff
from marketplace.export.papers.facts import Parcel
from marketplace.export.table_rules import require_coming_table, require_whole_table
from tests.cast import DAY

ZONES, STEPS = {"1": ["AE", "OM"], "2": ["DE"]}, {"1": [[1000, 5], [2000, 7]], "2": [[1000, 9]]}
PARCEL = Parcel(1, "A", (500, 400, 300), 4_000, 5_000, 0, ((1, 1),))


def test_a_whole_table_is_taken():
    require_whole_table(ZONES, STEPS)


@pytest.mark.parametrize(
    ("zones", "steps", "code"),
    [
        ({}, {}, "table_zones"),
        ([], STEPS, "table_zones"),
        ({"1": ["Oman"]}, {"1": [[1, 1]]}, "table_zones"),
        ({"1": ["AE"], "2": ["AE"]}, STEPS, "table_zones"),
        (ZONES, {"1": [[1000, 5]]}, "table_steps"),
        (ZONES, STEPS | {"2": []}, "table_steps"),
        (ZONES, STEPS | {"2": [[0, 1]]}, "table_steps"),
        (ZONES, STEPS | {"2": [[2000, 1], [1000, 2]]}, "table_steps"),
        (ZONES, STEPS | {"2": [[1000, 3], [2000, 2]]}, "table_steps"),
        (ZONES, STEPS | {"2": [[1000, "5"]]}, "table_steps"),
    ],
)
def test_a_table_with_a_gap_is_refused(zones, steps, code):
    with pytest.raises(ValidationError) as error:
        require_whole_table(zones, steps)
    assert error.value.code == code


def test_a_table_begins_today_or_later():
    require_coming_table(DAY, on=DAY)
    with pytest.raises(ValidationError, match=r"."):
        require_coming_table(date(2026, 11, 21), on=DAY)


@pytest.mark.parametrize(("grams", "price"), [(1, 5), (1000, 5), (1001, 7), (2000, 7), (2001, None)])
def test_the_first_step_that_reaches_counts(grams, price):
    assert price_of(ForeignTariff(zones=ZONES, steps=STEPS), "1", grams) == price


@pytest.mark.parametrize(("divisor", "grams"), [(None, 5_000), (5_000, 12_000), (6_000, 10_000), (20_000, 5_000)])
def test_the_greater_of_weight_and_volume_counts(divisor, grams):
    assert chargeable(ForeignCarrier(divisor=divisor), PARCEL) == grams


def test_known_prices_come_first_and_a_country_outside_every_zone_has_none(day):
    dear, cheap, silent = (
        ForeignCarrier.objects.create(code=code, name_fa=code, name_en=code, limits_source="test")
        for code in ("dear", "cheap", "silent")
    )
    for carrier, rial in ((dear, 900), (cheap, 100)):
        ForeignTariff.objects.create(
            carrier=carrier,
            valid_from=date(2026, 1, 1),
            zones={"1": ["DE"]},
            steps={"1": [[9_000, rial]]},
            source="test",
        )
    found = costs([PARCEL, PARCEL], "DE", on=DAY)
    assert [(one.carrier, one.rial) for one in found] == [(cheap, 200), (dear, 1800), (silent, None)]
    assert {one.rial for one in costs([PARCEL], "JP", on=DAY)} == {None}
    assert {one.rial for one in costs([PARCEL], "DE", on=date(2025, 12, 31))} == {None}
