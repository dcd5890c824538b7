"""Delivery for a whole basket: what may be chosen, what is chosen, and how it is written down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.shipping.models import Carrier, Tariff, TariffStep
from marketplace.shipping.parcels import SentLine, parcels_of, place_of
from marketplace.shipping.quotes import AT_THE_DOOR, PICKUP, Leg, Quote, quotes_for
from marketplace.shipping.rules import require_offered, require_open_tariff, require_whole_tariff
from marketplace.shipping.tables import Destination, Tables, load

#: Seller → what may be chosen; seller → the code of what is chosen.
Options = dict[int, list[Quote]]
Choices = Mapping[int, str]
#: What ways without a carrier of ours are called.
NAMES = {PICKUP: gettext_noop("Pick-up"), AT_THE_DOOR: gettext_noop("A carrier that the maker finds")}


def options_for(lines: Iterable[SentLine], address: Destination, tables: Tables | None = None) -> Options:
    """Every way of delivery, by seller. Lines need their product's craft, parent and maker, and the offer's venue.

    `tables` are those that were read for this address a moment ago (`tables_for`); without them it takes four queries.
    """
    lines = list(lines)
    if tables is None or not tables.hold(_crafts(lines), _cities(lines)):
        tables = tables_for(lines, address)
    found = parcels_of(lines, tables.habits)
    return {seller: quotes_for(parcels, tables) for seller, parcels in found.items()}


def tables_for(lines: Iterable[SentLine], address: Destination) -> Tables:
    """All that quotes for these lines are worked out from, in four queries."""
    lines = list(lines)
    return load(_crafts(lines), _cities(lines), address, on=today())


def _crafts(lines: list[SentLine]) -> list[Any]:
    return list(
        {line.product.craft_id: line.product.craft for line in lines if line.product.craft is not None}.values()
    )


def _cities(lines: list[SentLine]) -> list[int]:
    return [city for city in {place_of(line).city_id for line in lines} if city]


def allowed(quotes: Iterable[Quote]) -> dict[str, Quote]:
    """What can be chosen, by code."""
    return {quote.code: quote for quote in quotes if quote.excluded is None}


def first_choice(quotes: Iterable[Quote]) -> Quote:
    """The cheapest way that comes to the buyer: nobody is sent to another city for not having chosen."""
    return min(
        allowed(quotes).values(), key=lambda quote: (not quote.comes_to_the_buyer, quote.price_rial or 0, quote.code)
    )


def chosen(options: Options, choices: Choices) -> dict[int, Quote]:
    """Seller → the way chosen, or the first choice where nothing is. Raises ValidationError with code `delivery_not_offered`."""
    found = {}
    for seller, quotes in options.items():
        code = choices.get(seller)
        if code:
            require_offered(code, allowed(quotes))
        found[seller] = allowed(quotes)[code] if code else first_choice(quotes)
    return found


def chosen_total(options: Options, choices: Choices) -> int:
    """Rial for the delivery of everything. Raises ValidationError with code `delivery_not_offered`."""
    return sum(quote.price_rial or 0 for quote in chosen(options, choices).values())


def name_of(quote: Quote) -> str:
    """What a way is called, in the reader's language."""
    return quote.carrier.name if quote.carrier else _(NAMES[quote.kind])


def _in_both(kind: str) -> dict[str, str]:
    texts = {}
    for language in ("fa", "en"):
        with override(language):
            texts[f"name_{language}"] = _(NAMES[kind])
    return texts


def frozen(quote: Quote) -> dict[str, Any]:
    """A chosen way as a purchase and an order keep it: JSON that still speaks when carriers and tables have changed."""
    carrier = quote.carrier
    names = {"name_fa": carrier.name_fa, "name_en": carrier.name_en} if carrier else _in_both(quote.kind)
    return {
        "carrier": quote.code,
        "kind": quote.kind,
        **names,
        "price_rial": quote.price_rial,
        "zone": quote.legs[0].zone,
        "tariff": quote.tariff_id,
        "source": quote.source,
        "source_en": quote.source_en,
        "is_demo": quote.is_demo,
        "is_estimate": quote.is_estimate,
        "days": list(quote.days) if quote.days else None,
        "parcels": [_frozen_leg(leg) for leg in quote.legs],
    }


def _frozen_leg(leg: Leg) -> dict[str, Any]:
    city, venue = leg.city, leg.place.venue
    return {
        "city_fa": city.name_fa if city else "",
        "city_en": city.name_en if city else "",
        "venue_fa": venue.name_fa if venue else "",
        "venue_en": venue.name_en if venue else "",
        "zone": leg.zone,
        "grams": leg.grams,
        "price_rial": leg.price_rial,
    }


def in_force(tariffs: Iterable[Tariff], *, on: date) -> Tariff | None:
    """Of one carrier's tables the one that counts on a day: the last to begin of those whose dates hold it."""
    holding = [one for one in tariffs if one.valid_from <= on and (one.valid_until is None or one.valid_until >= on)]
    return max(holding, key=lambda one: one.valid_from, default=None)


@dataclass(frozen=True)
class Rate:
    """A price as an officer writes it: up to so many grams, into a zone, rial."""

    up_to_grams: int
    zone: str
    price_rial: int


@transaction.atomic
def write_tariff(
    *,
    carrier: Carrier,
    valid_from: date,
    valid_until: date | None,
    days: dict[str, list[int]],
    rates: Iterable[Rate],
    source: str,
    source_en: str = "",
    is_demo: bool,
    by: User | None,
    tariff: Tariff | None = None,
) -> Tariff:
    """Write a new table of rates, or rewrite one that has not been in force before today. Raises ValidationError and writes nothing."""
    row = tariff or Tariff(carrier=carrier)
    if tariff is not None:
        require_open_tariff(tariff, on=today())
    row.valid_from, row.valid_until, row.days = valid_from, valid_until, days
    row.source, row.source_en, row.is_demo, row.changed_by = source, source_en, is_demo, by
    require_open_tariff(row, on=today())
    steps = [TariffStep(zone=rate.zone, up_to_grams=rate.up_to_grams, price_rial=rate.price_rial) for rate in rates]
    require_whole_tariff(steps, days)
    row.full_clean(exclude=["days"])
    row.save()
    row.steps.all().delete()
    for step in steps:
        step.tariff = row
    TariffStep.objects.bulk_create(steps)
    return row
