"""What delivery of one piece costs, for machines: only figures that are certain.

Certain is: the maker gave the weight, a carrier's table that is no sample is in force, the carrier takes the piece, and every
address of the regions named pays the same. Whatever is not certain is left out, and the buyer reads it at the checkout.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from catalogue.models import Product
from marketplace.crafts.models import Craft
from marketplace.found.selling import COUNTRY, CURRENCY
from marketplace.partner.models import StockRecord
from marketplace.places.models import City, Province
from marketplace.shipping.models import Zone
from marketplace.shipping.parcels import Parcel, parcels_of
from marketplace.shipping.quotes import price_of
from marketplace.shipping.rules import require_carrier_takes
from marketplace.shipping.tables import Rates, Tables, standing

#: Tables are kept in the process for so long: an officer's change of today shows so much later.
KEPT_SECONDS = 600


@dataclass(frozen=True)
class Line:
    """One piece of an offer, as the room of delivery reads it."""

    product: Product
    stockrecord: StockRecord
    quantity: int = 1


@dataclass(frozen=True)
class Map:
    """The tables of a day; province of each city; code of each province, without its country; its neighbours."""

    tables: Tables
    province_of: dict[int, int]
    codes: dict[int, str]
    neighbours: dict[int, set[int]]

    def regions(self, city: int) -> Iterator[tuple[list[str], list[Zone]]]:
        """Codes of provinces that lie alike from a city, and the zones that an address there may fall into."""
        own = self.province_of[city]
        near = self.neighbours[own] - {own}
        yield [self.codes[own]], [Zone.SAME_CITY, Zone.PROVINCE]
        yield sorted(self.codes[one] for one in near), [Zone.ADJACENT]
        yield sorted(code for one, code in self.codes.items() if one not in near | {own}), [Zone.OTHER]


_kept: dict[date, tuple[float, Map]] = {}


def forget() -> None:
    """Read the tables anew when next asked."""
    _kept.clear()


def map_of(day: date) -> Map:
    """The tables of a day, from the process's own memory; read anew after `KEPT_SECONDS`, in five queries."""
    until, known = _kept.get(day, (0.0, None))
    if known is None or until < time.monotonic():
        known = _read(day)
        _kept.clear()
        _kept[day] = (time.monotonic() + KEPT_SECONDS, known)
    return known


def _read(day: date) -> Map:
    tables = standing(Craft.objects.all(), on=day)
    if not any(not rates.tariff.is_demo for rates in tables.rates):
        return Map(Tables(), {}, {}, {})
    neighbours: dict[int, set[int]] = defaultdict(set)
    for one, other in Province.neighbours.through.objects.values_list("from_province", "to_province"):
        neighbours[one].add(other)
    codes = {pk: code.partition("-")[2] for pk, code in Province.objects.values_list("pk", "code")}
    return Map(tables, dict(City.objects.values_list("pk", "province")), codes, neighbours)


def shipping_nodes(offer: StockRecord, work: Product, *, on: date) -> list[dict[str, Any]]:
    """schema.org OfferShippingDetails of one piece of an offer, one for each price; empty when no figure is certain."""
    known = map_of(on)
    if not known.tables.rates:
        return []
    [parcel] = parcels_of([Line(work, offer)], known.tables.habits)[offer.partner_id]
    city = parcel.place.city_id
    if city not in known.province_of or parcel.grams is None or parcel.is_estimate:
        return []
    leaves = offer.days_to_leave(on)
    nodes = (_node(codes, zones, parcel, known.tables.rates, leaves) for codes, zones in known.regions(city) if codes)
    return [node for node in nodes if node]


def _node(
    codes: list[str], zones: list[Zone], parcel: Parcel, rates: list[Rates], leaves: int
) -> dict[str, Any] | None:
    """The cheapest way into regions, where each of their zones pays the same and arrives within the same days.

    The piece leaves in so many days."""
    found = [_cheapest(zone, parcel, rates) for zone in zones]
    if found[0] is None or any(one != found[0] for one in found):
        return None
    rial, (first, last) = found[0]
    return {
        "@type": "OfferShippingDetails",
        "shippingRate": {"@type": "MonetaryAmount", "value": str(rial), "currency": CURRENCY},
        "shippingDestination": {"@type": "DefinedRegion", "addressCountry": COUNTRY, "addressRegion": codes},
        "deliveryTime": {
            "@type": "ShippingDeliveryTime",
            "handlingTime": _days(0, leaves),
            "transitTime": _days(first, last),
        },
    }


def _days(first: int, last: int) -> dict[str, Any]:
    return {"@type": "QuantitativeValue", "minValue": first, "maxValue": last, "unitCode": "DAY"}


def _cheapest(zone: Zone, parcel: Parcel, rates: list[Rates]) -> tuple[int, tuple[int, int]] | None:
    """Rial and working days of the cheapest carrier; None when none takes it, or a cheaper one's figures are samples."""
    possible = []
    for one in rates:
        try:
            require_carrier_takes(one.carrier, parcel)
            possible.append((price_of(one, zone, parcel), one))
        except ValidationError:
            continue
    if not possible:
        return None
    rial, best = min(possible, key=lambda pair: pair[0])
    if best.tariff.is_demo:
        return None
    first, last = best.tariff.days[zone]
    return rial, (first, last)
