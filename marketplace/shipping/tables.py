"""Everything a quote is worked out from, loaded in four queries for a whole basket, whatever its size."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from django.db.models import Exists, OuterRef, Q

from marketplace.core.persian import joined
from marketplace.crafts.models import Craft
from marketplace.places.models import City, Province
from marketplace.shipping.models import Carrier, CraftParcel, Tariff, TariffStep, Zone
from marketplace.shipping.parcels import Habit


class Destination(Protocol):
    """Where a purchase goes: the slug of a province, and a city as somebody typed it."""

    @property
    def province(self) -> str: ...

    @property
    def city(self) -> str: ...


@dataclass(frozen=True)
class Rates:
    """A table in force: prices by zone, each as pairs of grams and rial, the lightest first."""

    tariff: Tariff
    steps: dict[str, list[tuple[int, int]]]

    @property
    def carrier(self) -> Carrier:
        return self.tariff.carrier


@dataclass(frozen=True)
class Tables:
    """Rates by the carriers' order, habits by craft, the zone of each city of departure, and its name."""

    rates: list[Rates] = field(default_factory=list)
    habits: dict[int, Habit] = field(default_factory=dict)
    zones: dict[int, Zone] = field(default_factory=dict)
    cities: dict[int, City] = field(default_factory=dict)

    def hold(self, crafts: Iterable[Craft], city_ids: Iterable[int]) -> bool:
        """Whether works of these crafts, in these cities, can be quoted from them."""
        return self.habits.keys() >= {craft.pk for craft in crafts} and self.cities.keys() >= set(city_ids)


def zone(from_city: City, to_province: str, to_city: str, *, is_adjacent: bool) -> Zone:
    """How far it is from a city to a typed city in a province (by slug). Only inside one province can two be the same city."""
    if from_city.province.slug == to_province:
        names = {joined(from_city.name_fa), joined(from_city.name_en)}
        return Zone.SAME_CITY if joined(to_city) in names else Zone.PROVINCE
    return Zone.ADJACENT if is_adjacent else Zone.OTHER


def load(crafts: Iterable[Craft], city_ids: Iterable[int], to: Destination, *, on: date) -> Tables:
    """The tables for works of some crafts that lie in some cities, on a day."""
    cities = _cities(city_ids, to)
    return Tables(
        rates=_rates(on),
        habits=_habits(list(crafts), on),
        zones={
            city.pk: zone(city, to.province, to.city, is_adjacent=city.is_adjacent)  # type: ignore[attr-defined]
            for city in cities
        },
        cities={city.pk: city for city in cities},
    )


def standing(crafts: Iterable[Craft], *, on: date) -> Tables:
    """Rates and habits of a day alone, for who asks about no address; in two queries."""
    return Tables(rates=_rates(on), habits=_habits(list(crafts), on))


def _cities(city_ids: Iterable[int], to: Destination) -> list[City]:
    links = Province.neighbours.through.objects.filter(
        from_province=OuterRef("province"), to_province__slug=to.province
    )
    return list(
        City.objects.filter(pk__in=set(city_ids)).select_related("province").annotate(is_adjacent=Exists(links))
    )


def _rates(day: date) -> list[Rates]:
    possible = Tariff.objects.possible_on(day)
    tariffs = possible.filter(carrier__is_active=True).select_related("carrier")
    by_tariff = {tariff.pk: Rates(tariff, {}) for tariff in tariffs}
    steps = TariffStep.objects.filter(tariff__in=by_tariff).order_by("up_to_grams")
    for tariff_id, zone_, grams, rial in steps.values_list("tariff_id", "zone", "up_to_grams", "price_rial"):
        by_tariff[tariff_id].steps.setdefault(zone_, []).append((grams, rial))
    newest: dict[int, Rates] = {}
    for rates in sorted(
        filter(lambda rates: rates.steps, by_tariff.values()), key=lambda rates: rates.tariff.valid_from
    ):
        newest[rates.carrier.pk] = rates
    return sorted(newest.values(), key=lambda rates: (rates.carrier.position, rates.carrier.code))


def _habits(crafts: list[Craft], day: date) -> dict[int, Habit]:
    """By craft: its own newest row, else its group's."""
    rows = CraftParcel.objects.filter(
        Q(craft__in=[craft.pk for craft in crafts]) | Q(craft_group__in=[craft.group_id for craft in crafts]),
        valid_from__lte=day,
    ).order_by("valid_from")
    own = {row.craft_id: _habit(row) for row in rows if row.craft_id}
    groups = {row.craft_group_id: _habit(row) for row in rows if row.craft_group_id}
    return {craft.pk: own.get(craft.pk) or groups.get(craft.group_id) or Habit() for craft in crafts}


def _habit(row: CraftParcel) -> Habit:
    return Habit(row.usual_grams, row.folds, row.has_blade)


def blade_crafts() -> set[int]:
    """Crafts whose makers are asked for the length of the blade."""
    return set(CraftParcel.objects.filter(has_blade=True, craft__isnull=False).values_list("craft_id", flat=True))
