"""What carriers ask for a packed consignment, by their dated tables: zone by country, price by the chargeable weight of each carton."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.export.models import ForeignCarrier, ForeignTariff
from marketplace.export.papers.facts import Parcel


@dataclass(frozen=True)
class Cost:
    """A carrier's price in rial for all cartons; None where its table in force names none, or there is no table."""

    carrier: ForeignCarrier
    zone: str
    rial: int | None
    tariff: ForeignTariff | None


def costs(parcels: Sequence[Parcel], country: str, *, on: date) -> list[Cost]:
    """Every carrier in use, the known prices first; two queries. Cartons keep the weights they were packed with."""
    tables: dict[int, ForeignTariff] = {}
    for tariff in ForeignTariff.objects.in_force_on(on).select_related("carrier"):
        tables.setdefault(tariff.carrier_id, tariff)
    found = [_cost(carrier, tables.get(carrier.pk), parcels, country) for carrier in _in_use()]
    return sorted(found, key=lambda cost: (cost.rial is None, cost.rial or 0, cost.carrier.code))


def _in_use() -> list[ForeignCarrier]:
    return list(ForeignCarrier.objects.filter(is_active=True))


def _cost(carrier: ForeignCarrier, tariff: ForeignTariff | None, parcels: Sequence[Parcel], country: str) -> Cost:
    zone = next((zone for zone, codes in tariff.zones.items() if country in codes), "") if tariff else ""
    if tariff is None or not zone:
        return Cost(carrier, zone, None, tariff)
    prices = [price_of(tariff, zone, chargeable(carrier, parcel)) for parcel in parcels]
    known = [price for price in prices if price is not None]
    return Cost(carrier, zone, sum(known) if len(known) == len(prices) else None, tariff)


def chargeable(carrier: ForeignCarrier, parcel: Parcel) -> int:
    """The greater of weight and volumetric weight with this carrier's divisor, in grams."""
    length, width, height = parcel.outer_mm
    by_volume = -(-length * width * height // carrier.divisor) if carrier.divisor else 0
    return max(parcel.gross_grams, by_volume)


def price_of(tariff: ForeignTariff, zone: str, grams: int) -> int | None:
    """The price in rial of the first step that reaches so many grams; None above the last."""
    steps = sorted(tariff.steps.get(zone, []))
    return next((price for most, price in steps if grams <= most), None)
