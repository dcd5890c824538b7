"""A post and a courier with round rates, so that a sum can be done in the head."""

from datetime import date

import pytest

from marketplace.places.models import City, Province
from marketplace.shipping.models import Carrier, CraftParcel, Tariff, Zone
from marketplace.shipping.services import Rate, write_tariff

#: Rial up to so many grams: in the same city, the province, the next province, elsewhere.
POST = {1_000: (100, 200, 300, 400), 5_000: (500, 600, 700, 800), 30_000: (3_000, 4_000, 5_000, 6_000)}
COURIER = {5_000: (1_000, 1_100, 1_200, 1_300), 60_000: (9_000, 9_100, 9_200, 9_300)}
DAYS = {zone: [1, 2] for zone in Zone.values}


def rates_of(table: dict[int, tuple[int, int, int, int]]) -> list[Rate]:
    return [
        Rate(grams, zone, price)
        for grams, prices in table.items()
        for zone, price in zip(Zone.values, prices, strict=True)
    ]


def tariff_of(carrier: Carrier, table, *, valid_from: date, **more) -> Tariff:
    facts = {"valid_until": None, "days": DAYS, "source": "test", "is_demo": False, "by": None} | more
    return write_tariff(carrier=carrier, valid_from=valid_from, rates=rates_of(table), **facts)


@pytest.fixture
def post(day) -> Carrier:
    """30 kg, 1.1 m, blades of 8 cm, a quarter more above 35 × 25 × 18 cm; its rates begin today."""
    carrier = Carrier.objects.create(
        code="post",
        name_fa="پست",
        name_en="Post",
        position=1,
        max_grams=30_000,
        max_side_mm=1_100,
        max_blade_mm=80,
        large_length_mm=350,
        large_width_mm=250,
        large_height_mm=180,
        large_percent=25,
    )
    tariff_of(carrier, POST, valid_from=day)
    return carrier


@pytest.fixture
def courier(day) -> Carrier:
    """Blades of 6 cm, no other limit; its rates begin today."""
    carrier = Carrier.objects.create(code="courier", name_fa="پیک", name_en="Courier", position=2, max_blade_mm=60)
    tariff_of(carrier, COURIER, valid_from=day)
    return carrier


@pytest.fixture
def provinces(kerman_province) -> dict[str, Province]:
    """Kerman, Fars beside it, and Gilan far off."""
    made = {"kerman": kerman_province}
    for slug, code, name_fa in (("fars", "IR-07", "فارس"), ("gilan", "IR-01", "گیلان")):
        made[slug] = Province.objects.create(
            slug=slug, code=code, name_fa=name_fa, name_en=slug.title(), latitude="30", longitude="50"
        )
    made["kerman"].neighbours.add(made["fars"])
    return made


@pytest.fixture
def shiraz(provinces) -> City:
    return City.objects.create(slug="shiraz", name_fa="شیراز", name_en="Shiraz", province=provinces["fars"])


@pytest.fixture
def folding(flatweave, day) -> CraftParcel:
    """Loom weaves fold three times, and weigh 2 kg where their maker did not say."""
    return CraftParcel.objects.create(
        craft_group=flatweave, folds=3, usual_grams=2_000, valid_from=date(2020, 1, 1), source="test"
    )


@pytest.fixture
def knives(copper_craft, day) -> CraftParcel:
    """The copper craft stands for knife making: its works have blades."""
    return CraftParcel.objects.create(craft=copper_craft, has_blade=True, valid_from=date(2020, 1, 1), source="test")
