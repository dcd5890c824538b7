"""What delivery costs, for machines: only where it is certain."""

from datetime import date

import pytest

from catalogue.models import Product
from marketplace.found import delivery
from marketplace.places.models import Province
from marketplace.shipping.models import Carrier, Tariff, TariffStep, Zone
from tests.found.reading import nodes
from tests.found.test_structured import page, path_of

pytestmark = pytest.mark.django_db

DAYS = {"same_city": [1, 2], "province": [2, 3], "adjacent": [2, 4], "other": [3, 6]}
RIAL = {"same_city": 400_000, "province": 600_000, "adjacent": 700_000, "other": 900_000}


@pytest.fixture
def provinces(kerman_province):
    yazd = Province.objects.create(slug="yazd", code="IR-21", name_fa="یزد", name_en="Yazd", latitude=0, longitude=0)
    Province.objects.create(slug="tehran", code="IR-23", name_fa="تهران", name_en="Tehran", latitude=0, longitude=0)
    kerman_province.neighbours.add(yazd)


@pytest.fixture
def tariff(provinces):
    carrier = Carrier.objects.create(code="post", name_fa="پست", name_en="Post", limits_source="test", max_grams=30_000)
    tariff = Tariff.objects.create(carrier=carrier, valid_from=date(2026, 1, 1), days=DAYS, source="test")
    TariffStep.objects.bulk_create(
        TariffStep(tariff=tariff, zone=zone, up_to_grams=10_000, price_rial=RIAL[zone]) for zone in Zone.values
    )
    return tariff


def shipping(client, work) -> list[list]:
    [node] = nodes(page(client, path_of(work)), "Product")
    return [
        [
            one["shippingDestination"]["addressRegion"],
            one["shippingRate"]["value"],
            one["deliveryTime"]["transitTime"]["maxValue"],
        ]
        for one in node["offers"][0].get("shippingDetails", [])
    ]


def test_each_region_has_its_price_in_rial(client, kilim, tariff):
    assert shipping(client, kilim) == [[["21"], "700000", 4], [["23"], "900000", 6]]
    [node] = nodes(page(client, path_of(kilim)), "Product")
    first = node["offers"][0]["shippingDetails"][0]
    assert first["shippingRate"] == {"@type": "MonetaryAmount", "value": "700000", "currency": "IRR"}
    assert first["deliveryTime"]["handlingTime"]["maxValue"] == 2


def test_the_own_province_is_named_where_its_cities_pay_alike(client, kilim, tariff):
    TariffStep.objects.filter(tariff=tariff, zone="same_city").update(price_rial=600_000)
    Tariff.objects.filter(pk=tariff.pk).update(days=DAYS | {"same_city": [2, 3]})
    assert shipping(client, kilim)[0] == [["08"], "600000", 3]


def test_sample_figures_are_not_told(client, kilim, tariff):
    Tariff.objects.filter(pk=tariff.pk).update(is_demo=True)
    assert shipping(client, kilim) == []


def test_a_weight_that_nobody_gave_makes_no_price(client, kilim, tariff):
    Product.objects.filter(pk=kilim.pk).update(weight_grams=None)
    assert shipping(client, kilim) == []


def test_what_the_carrier_does_not_take_has_no_price(client, kilim, tariff):
    Carrier.objects.update(max_grams=3_000)
    assert shipping(client, kilim) == []


def test_a_table_of_another_time_is_not_asked(client, kilim, tariff):
    Tariff.objects.filter(pk=tariff.pk).update(valid_from=date(2027, 1, 1))
    assert shipping(client, kilim) == []


def test_tables_are_read_once(kilim, tariff, day, django_assert_num_queries):
    known = delivery.map_of(date(2026, 11, 22))
    assert len(known.tables.rates) == 1
    with django_assert_num_queries(0):
        assert delivery.map_of(date(2026, 11, 22)) is known
