"""Figures of a day: what officers add takes over on its day, for the checks and for nobody's past."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from marketplace.core.models import OutboxEvent
from marketplace.customs.models import ExportFigure
from marketplace.customs.services import check_shipment, facts_on, write_figure
from tests.cast import DAY
from tests.customs.parts import shipment

FORTY = {
    "code": "heavy_parcel", "value": Decimal(40_000), "severity": "warn", "standing": "public", "noted_on": DAY,
    "source_fa": "نامهٔ گمرک", "source_en": "A letter of the customs",
}  # fmt: skip
HEAVY = shipment(carrier="air", parcel={"grams": 36_000})


def heavy(on: date) -> list[str]:
    return [one.severity for one in check_shipment(replace(HEAVY, on=on)) if one.code == "heavy_parcel"]


def test_what_the_market_came_with_counts_until_an_officer_writes(day):
    assert facts_on(DAY)["heavy_parcel"].value == 35_000
    assert heavy(DAY) == ["stop"]


def test_a_figure_takes_over_on_its_day(officer):
    write_figure(**FORTY, valid_from=DAY + timedelta(days=2), by=officer)
    assert (heavy(DAY + timedelta(days=1)), heavy(DAY + timedelta(days=2))) == (["stop"], [])
    fact = facts_on(DAY + timedelta(days=2))["heavy_parcel"]
    assert (fact.value, fact.source_en, fact.is_officers) == (40_000, "A letter of the customs", True)


def test_the_newest_of_a_day_counts_and_an_empty_one_lifts_the_limit(officer):
    write_figure(**FORTY, valid_from=DAY, by=officer)
    write_figure(**FORTY | {"value": None}, valid_from=DAY, by=officer)
    assert facts_on(DAY)["heavy_parcel"].value is None
    assert heavy(DAY) == []


def test_a_figure_of_yesterday_is_refused_and_nothing_is_written(officer):
    with pytest.raises(ValidationError) as refused:
        write_figure(**FORTY, valid_from=DAY - timedelta(days=1), by=officer)
    assert refused.value.code == "figure_past"
    assert not ExportFigure.objects.exists()


@pytest.mark.parametrize("bad", [{"value": Decimal(-1)}, {"code": "camel"}, {"severity": "law"}, {"source_en": ""}])
def test_a_figure_without_sense_is_refused_and_nothing_is_written(officer, bad):
    with pytest.raises(ValidationError):
        write_figure(**FORTY | bad, valid_from=DAY, by=officer)
    assert not ExportFigure.objects.exists()


def test_figures_stay_as_they_were_written(officer):
    kept = write_figure(**FORTY, valid_from=DAY, by=officer)
    for spoil in (lambda: ExportFigure.objects.update(value=1), lambda: kept.delete()):
        with pytest.raises(DatabaseError, match="export_figures_grow_only"), transaction.atomic():
            spoil()
    assert ExportFigure.objects.get().value == 40_000


def test_the_search_hears_of_works_that_the_limit_touches(officer, kilim):
    kilim.weight_grams = 37_000
    kilim.save()
    OutboxEvent.objects.all().delete()
    write_figure(**FORTY, valid_from=DAY, by=officer)
    assert list(OutboxEvent.objects.filter(topic="work_changed").values_list("key", flat=True)) == [str(kilim.pk)]


def test_the_checks_ask_once(day, django_assert_num_queries):
    with django_assert_num_queries(1):
        check_shipment(HEAVY)
