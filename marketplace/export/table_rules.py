"""What a table of rates abroad must be. Grams and whole rials."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_COUNTRY = re.compile("[A-Z]{2}")


def require_coming_table(valid_from: date, *, on: date) -> None:
    """A table that was in force is what consignments were reckoned by: a new one follows it. Raises with code `table_begun`."""
    if valid_from < on:
        raise ValidationError(_("A table of rates begins today or later; what was in force stays."), code="table_begun")


def require_whole_table(zones: Any, steps: Any) -> None:
    """Each country in one zone, each zone with prices that rise with the weight.

    `zones` is {zone: [country codes]}, `steps` {zone: [[up to grams, rial], …]}. Codes `table_zones`, `table_steps`.
    """
    if not isinstance(zones, dict) or not zones or not all(map(_are_countries, zones.values())):
        raise ValidationError(_("Write the zones as {“1”: [“AE”, “OM”]}: country codes by zone."), code="table_zones")
    named = [country for countries in zones.values() for country in countries]
    if len(named) != len(set(named)):
        raise ValidationError(_("A country stands in two zones."), code="table_zones")
    if not isinstance(steps, dict) or set(steps) != set(zones) or not all(map(_are_steps, steps.values())):
        raise ValidationError(
            _("Write for each zone its prices as [[1000, 3000000], …]: up to grams, rial, both rising."),
            code="table_steps",
        )


def _are_countries(codes: Any) -> bool:
    return isinstance(codes, list) and all(isinstance(code, str) and _COUNTRY.fullmatch(code) for code in codes)


def _are_steps(rows: Any) -> bool:
    if not isinstance(rows, list) or not rows or not all(isinstance(row, list) and len(row) == 2 for row in rows):
        return False
    if not all(type(number) is int and number >= 0 for row in rows for number in row):
        return False
    weights, prices = [row[0] for row in rows], [row[1] for row in rows]
    return weights == sorted(set(weights)) and weights[0] > 0 and prices == sorted(prices)
