"""What a carrier takes, what a table of rates must be, and what a buyer may choose."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.measures import length_text, weight_text
from marketplace.shipping.models import Carrier, Tariff, TariffStep, Zone
from marketplace.shipping.parcels import Parcel


def _weight(grams: int) -> str:
    return weight_text(grams, language=_language())


def _length(mm: int) -> str:
    return length_text(mm, language=_language())


def _language() -> str:
    return (get_language() or "fa").split("-")[0]


def require_carrier_takes(carrier: Carrier, parcel: Parcel) -> None:
    """Raises ValidationError with the reason in words.

    Codes `blade_unknown`, `blade_too_long`, `too_long`, `weight_unknown`, `too_heavy`.
    """
    _require_short_blade(carrier, parcel)
    _require_short_side(carrier, parcel)
    _require_light(carrier, parcel)


def _require_short_blade(carrier: Carrier, parcel: Parcel) -> None:
    if carrier.max_blade_mm is None or not parcel.bladed:
        return
    item = parcel.bladed[0]
    if item.blade_mm is not None and item.blade_mm <= carrier.max_blade_mm:
        return
    named = {"carrier": carrier.name, "work": item.name, "most": _length(carrier.max_blade_mm)}
    if item.blade_mm is None or not item.blade_is_told:
        raise ValidationError(
            _("%(carrier)s takes no blade over %(most)s, and the maker has not said how long that of “%(work)s” is."),
            code="blade_unknown",
            params=named,
        )
    raise ValidationError(
        _("%(carrier)s takes no blade over %(most)s; that of “%(work)s” is %(length)s."),
        code="blade_too_long",
        params={**named, "length": _length(item.blade_mm)},
    )


def _require_short_side(carrier: Carrier, parcel: Parcel) -> None:
    item = parcel.longest
    if carrier.max_side_mm is None or item is None or item.sides[0] <= carrier.max_side_mm:
        return
    raise ValidationError(
        _("%(carrier)s takes nothing longer than %(most)s; “%(work)s” is %(length)s when it is packed."),
        code="too_long",
        params={
            "carrier": carrier.name,
            "work": item.name,
            "most": _length(carrier.max_side_mm),
            "length": _length(item.sides[0]),
        },
    )


def _require_light(carrier: Carrier, parcel: Parcel) -> None:
    if parcel.grams is None:
        unknown = next(item for item in parcel.items if item.grams is None)
        raise ValidationError(
            _("The maker has not said how heavy “%(work)s” is, so %(carrier)s can name no price."),
            code="weight_unknown",
            params={"work": unknown.name, "carrier": carrier.name},
        )
    if carrier.max_grams is not None and parcel.grams > carrier.max_grams:
        raise too_heavy(carrier, parcel.grams, carrier.max_grams)


def too_heavy(carrier: Carrier, grams: int, most: int) -> ValidationError:
    """The sentence for a parcel above a carrier's limit, or above its last rate (code `too_heavy`)."""
    return ValidationError(
        _("%(carrier)s takes parcels up to %(most)s; this one is about %(weight)s with its packing."),
        code="too_heavy",
        params={"carrier": carrier.name, "most": _weight(most), "weight": _weight(grams)},
    )


def no_rate(carrier: Carrier) -> ValidationError:
    """The sentence for a zone that a carrier's table leaves out (code `no_rate`)."""
    return ValidationError(_("%(carrier)s has no rate for this way."), code="no_rate", params={"carrier": carrier.name})


def require_offered(code: str, offered: Iterable[str]) -> None:
    """Raises ValidationError with code `delivery_not_offered` for a choice that is not among those a parcel may be sent by."""
    if code not in set(offered):
        raise ValidationError(
            _("This delivery cannot be had for these works any more; please choose again."), code="delivery_not_offered"
        )


def require_open_tariff(tariff: Tariff, *, on: date) -> None:
    """A table that was in force before today is what buyers paid by: a new one follows it. Raises with code `tariff_begun`."""
    if tariff.valid_from < on:
        raise ValidationError(
            _("This table has been in force since before today. Write a new one that begins today or later."),
            code="tariff_begun",
        )


def require_whole_tariff(steps: Iterable[TariffStep], days: dict[str, list[int]]) -> None:
    """A price for every zone at every weight, never falling with the weight, and days for every zone.

    Raises ValidationError with codes `tariff_empty`, `tariff_gap`, `tariff_falls`, `tariff_days`.
    """
    prices = {zone: {step.up_to_grams: step.price_rial for step in steps if step.zone == zone} for zone in Zone.values}
    weights = sorted({weight for table in prices.values() for weight in table})
    if not weights:
        raise ValidationError(_("A table of rates has at least one weight."), code="tariff_empty")
    for zone, table in prices.items():
        row = [table.get(weight) for weight in weights]
        if None in row:
            raise ValidationError(
                _("A price is missing: %(zone)s."), code="tariff_gap", params={"zone": Zone(zone).label}
            )
        if row != sorted(row, key=lambda price: price or 0):
            raise ValidationError(
                _("A heavier parcel costs less than a lighter one: %(zone)s."),
                code="tariff_falls",
                params={"zone": Zone(zone).label},
            )
        first, last = days.get(zone) or (-1, -1)
        if not 0 <= first <= last:
            raise ValidationError(
                _("Say from how many to how many days it takes: %(zone)s."),
                code="tariff_days",
                params={"zone": Zone(zone).label},
            )
