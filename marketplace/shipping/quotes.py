"""What each way of delivery costs one seller's parcels, or why it cannot be had. Pure functions over loaded tables.

A way is a carrier with a rate of today, pick-up where the works lie, or, where no carrier with a rate takes them, a carrier
that the maker finds and the buyer pays at the door.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from marketplace.places.models import City
from marketplace.shipping.models import Carrier, Zone
from marketplace.shipping.parcels import Parcel, Place
from marketplace.shipping.rules import no_rate, require_carrier_takes, too_heavy
from marketplace.shipping.tables import Rates, Tables

PICKUP, AT_THE_DOOR = "pickup", "door"


@dataclass(frozen=True)
class Leg:
    """One parcel of a quote: from where, how far, how heavy, for how many rial."""

    place: Place
    city: City | None
    zone: str
    grams: int | None
    price_rial: int
    days: tuple[int, int] | None


@dataclass(frozen=True)
class Quote:
    """One way of delivery for all that one seller sends. `excluded` is the rule's own no; then there is no price.

    `kind` is "carrier", "pickup" or "door"; `code` is the carrier's code, or the kind.
    """

    code: str
    kind: str
    carrier: Carrier | None
    legs: tuple[Leg, ...]
    is_estimate: bool = False
    tariff_id: int | None = None
    source: str = ""
    source_en: str = ""
    is_demo: bool = False
    excluded: ValidationError | None = None

    @property
    def price_rial(self) -> int | None:
        return None if self.excluded else sum(leg.price_rial for leg in self.legs)

    @property
    def days(self) -> tuple[int, int] | None:
        """Working days on the way, of the slowest parcel."""
        known = [leg.days for leg in self.legs if leg.days]
        return (max(first for first, _last in known), max(last for _first, last in known)) if known else None

    @property
    def excluded_because(self) -> str:
        """The reason in the reader's language; empty when it can be chosen."""
        return " ".join(self.excluded.messages) if self.excluded else ""

    @property
    def comes_to_the_buyer(self) -> bool:
        return self.kind != PICKUP


def quotes_for(parcels: list[Parcel], tables: Tables) -> list[Quote]:
    """Every way for one seller's parcels: carriers in their order, pick-up, and the door where no carrier takes them."""
    carriers = [_carrier_quote(rates, parcels, tables) for rates in tables.rates] if _known(parcels, tables) else []
    door = [] if any(not quote.excluded for quote in carriers) else [_plain(AT_THE_DOOR, parcels, tables)]
    return [*carriers, *door, _plain(PICKUP, parcels, tables)]


def _known(parcels: list[Parcel], tables: Tables) -> bool:
    """Whether every place of departure is known; without one no rate says anything."""
    return all(parcel.place.city_id in tables.zones for parcel in parcels)


def _plain(kind: str, parcels: list[Parcel], tables: Tables) -> Quote:
    legs = tuple(_plain_leg(parcel, tables) for parcel in parcels)
    return Quote(code=kind, kind=kind, carrier=None, legs=legs)


def _plain_leg(parcel: Parcel, tables: Tables) -> Leg:
    city = parcel.place.city_id or 0
    return Leg(parcel.place, tables.cities.get(city), tables.zones.get(city, ""), parcel.grams, 0, None)


def _carrier_quote(rates: Rates, parcels: list[Parcel], tables: Tables) -> Quote:
    facts: dict[str, Any] = {
        "code": rates.carrier.code,
        "kind": "carrier",
        "carrier": rates.carrier,
        "is_estimate": any(parcel.is_estimate for parcel in parcels),
        "tariff_id": rates.tariff.pk,
        "source": rates.tariff.source,
        "source_en": rates.tariff.source_en,
        "is_demo": rates.tariff.is_demo,
    }
    try:
        return Quote(legs=tuple(_legs(rates, parcels, tables)), **facts)
    except ValidationError as error:
        return Quote(legs=(), excluded=error, **facts)


def _legs(rates: Rates, parcels: list[Parcel], tables: Tables) -> Iterator[Leg]:
    for parcel in parcels:
        require_carrier_takes(rates.carrier, parcel)
        city = tables.cities[parcel.place.city_id or 0]
        zone = tables.zones[city.pk]
        assert parcel.grams is not None
        first, last = rates.tariff.days[zone]
        yield Leg(parcel.place, city, zone, parcel.grams, price_of(rates, zone, parcel), (first, last))


def price_of(rates: Rates, zone: Zone, parcel: Parcel) -> int:
    """Rial for a parcel whose weight is known: its step, and what is added for a large one, rounded up to a whole rial.

    Raises ValidationError with code `no_rate` or `too_heavy`.
    """
    steps, grams, carrier = rates.steps.get(zone, []), parcel.grams or 0, rates.carrier
    if not steps:
        raise no_rate(carrier)
    price = next((price for up_to, price in steps if grams <= up_to), None)
    if price is None:
        raise too_heavy(carrier, grams, steps[-1][0])
    if carrier.large_box is None or not parcel.is_above(carrier.large_box):
        return price
    return price + -(-price * carrier.large_percent // 100)
