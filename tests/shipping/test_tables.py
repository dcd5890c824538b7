"""How far it is, which table is in force, and what loading all of it asks of the database."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from marketplace.demo.tables import rows
from marketplace.shipping.models import CraftParcel, Tariff, Zone
from marketplace.shipping.parcels import Habit
from marketplace.shipping.tables import blade_crafts, load, zone
from tests.shipping.carriers import COURIER, POST, tariff_of


@dataclass(frozen=True)
class To:
    province: str
    city: str


@pytest.mark.parametrize(
    ("province", "city", "is_adjacent", "far"),
    [
        ("kerman", "سیرجان", False, Zone.SAME_CITY),
        ("kerman", "سيرجان", False, Zone.SAME_CITY),
        ("kerman", " sirjan", False, Zone.SAME_CITY),
        ("kerman", "رفسنجان", False, Zone.PROVINCE),
        ("fars", "سیرجان", True, Zone.ADJACENT),
        ("gilan", "رشت", False, Zone.OTHER),
    ],
)
def test_the_zone_of_a_way(sirjan, province, city, is_adjacent, far):
    assert zone(sirjan, province, city, is_adjacent=is_adjacent) == far


def test_neighbours_are_read_from_the_data_of_provinces(sirjan, shiraz, provinces, day):
    assert load([], [sirjan.pk, shiraz.pk], To("fars", "شیراز"), on=day).zones == {
        sirjan.pk: Zone.ADJACENT,
        shiraz.pk: Zone.SAME_CITY,
    }
    assert set(load([], [sirjan.pk, shiraz.pk], To("gilan", "رشت"), on=day).zones.values()) == {Zone.OTHER}


def test_the_neighbours_of_every_province_are_mutual():
    beside = {row["name_en"]: set(row["neighbours_en"].split(",")) for row in rows("provinces")}
    assert len(beside) == 31
    for name, neighbours in beside.items():
        assert neighbours, name
        assert name not in neighbours
        for other in neighbours:
            assert name in beside[other], (name, other)


def test_of_one_carriers_tables_the_last_to_begin_is_in_force(post, day):
    old = Tariff.objects.get()
    tomorrow = day + timedelta(1)
    new = tariff_of(post, COURIER, valid_from=tomorrow, valid_until=tomorrow)
    in_force = [
        load([], [], To("kerman", ""), on=on).rates[0].tariff for on in (day, tomorrow, tomorrow + timedelta(1))
    ]
    assert in_force == [old, new, old]
    assert load([], [], To("kerman", ""), on=day - timedelta(1)).rates == []


def test_a_carrier_out_of_use_has_no_rates(post, courier, day):
    post.is_active = False
    post.save()
    assert [rates.carrier.code for rates in load([], [], To("kerman", ""), on=day).rates] == ["courier"]


def test_a_crafts_own_habit_goes_before_its_groups_and_a_newer_before_an_older(kilim_craft, flatweave, folding, day):
    assert load([kilim_craft], [], To("kerman", ""), on=day).habits == {kilim_craft.pk: Habit(2_000, 3, False)}
    CraftParcel.objects.create(craft=kilim_craft, usual_grams=900, valid_from=date(2021, 1, 1), source="test")
    CraftParcel.objects.create(craft_group=flatweave, usual_grams=1, valid_from=day, source="test")
    assert load([kilim_craft], [], To("kerman", ""), on=day).habits == {kilim_craft.pk: Habit(900, 0, False)}


def test_everything_is_loaded_in_four_queries(
    post, courier, kilim_craft, copper_craft, folding, sirjan, shiraz, day, django_assert_num_queries
):
    with django_assert_num_queries(4):
        tables = load([kilim_craft, copper_craft], [sirjan.pk, shiraz.pk], To("fars", "شیراز"), on=day)
    assert [rates.carrier.code for rates in tables.rates] == ["post", "courier"]
    assert tables.rates[0].steps["other"] == [(grams, prices[3]) for grams, prices in POST.items()]


def test_crafts_whose_makers_are_asked_for_a_blade(knives, folding, copper_craft):
    assert blade_crafts() == {copper_craft.pk}
