"""What is known of sending abroad: each fact with its figure, its source and the day it was noted. None of it is a law's own text."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.measures import length_text, weight_text
from marketplace.core.persian import group_digits

DATA = Path(__file__).parent / "data"


class Severity(models.TextChoices):
    """What a finding means for a shipment."""

    STOP = "stop", _("Stops the shipment")
    PAPER = "paper", _("Needs a paper")
    WARN = "warn", _("To be looked at")


class Standing(models.TextChoices):
    """How sure a fact is. None of them is a law that somebody here has read."""

    UNFOUNDED = "unfounded", _("legal basis not found")
    PUBLIC = "public", _("public text; the rule itself was not read")
    KNOWN = "known", _("commonly known; no law’s text was read")
    MARKET = "market", _("a rule of this market, not of a law")


def table(name: str) -> list[dict[str, str]]:
    """Every row of `data/<name>.csv`, by its head line."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def in_language(persian: str, english: str) -> str:
    """The one of two texts that the reader reads."""
    return english if (get_language() or "fa").startswith("en") else persian


@dataclass(frozen=True)
class Fact:
    """One thing that is known. `value` in `unit` (g, mm, sdr, eur, years, m2, cm3_kg) is the last that is still allowed; None: no
    figure, or one that an officer lifted. `since` is the first day it counts; `noted_on` the day it was said or noted."""

    code: str
    value: Decimal | None
    unit: str
    severity: str
    standing: str
    since: date | None
    noted_on: date
    about_fa: str
    about_en: str
    source_fa: str
    source_en: str
    #: whether an officer's row stands in the place of what the market came with
    is_officers: bool = False

    @property
    def about(self) -> str:
        """What it is about, in the reader's language."""
        return in_language(self.about_fa, self.about_en)

    @property
    def source(self) -> str:
        """Where it is known from, in the reader's language."""
        return in_language(self.source_fa, self.source_en)

    @property
    def standing_label(self) -> str:
        """How sure it is, in words."""
        return str(Standing(self.standing).label)

    @property
    def severity_label(self) -> str:
        """What it means for a shipment, in words."""
        return str(Severity(self.severity).label)

    @property
    def value_text(self) -> str:
        """The figure with its unit, in the reader's language; empty without one."""
        return "" if self.value is None else amount_text(self.value, self.unit)

    def counts_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.since is None or self.since <= day

    def is_passed_by(self, value: Decimal | int) -> bool:
        """Whether a measure is above the figure; never where there is none."""
        return self.value is not None and value > self.value


Facts = Mapping[str, Fact]


def amount_text(value: Decimal | int, unit: str) -> str:
    """A measure in the reader's language: millimetres as centimetres, and grams as kilograms unless that would round them."""
    language = (get_language() or "fa").split("-")[0]
    if unit == "g" and not (value >= 1_000 and value % 10):
        return weight_text(int(value), language=language)
    if unit == "mm":
        return length_text(int(value), language=language)
    exact = Decimal(value)
    whole = exact == exact.to_integral_value()
    number = group_digits(int(exact) if whole else exact.quantize(Decimal("0.01")), language=language)
    return str(_UNITS[unit] % {"number": number}) if unit in _UNITS else number


_UNITS: dict[str, Any] = {
    "g": _("%(number)s grams"),
    "sdr": _("%(number)s SDR"),
    "eur": _("€%(number)s"),
    "years": _("%(number)s years"),
    "m2": _("%(number)s m²"),
    "cm3_kg": _("%(number)s cm³ a kilogram"),
}


@lru_cache
def known_facts() -> Facts:
    """What the market came with, by code. An officer's dated rows take the place of these (`services.facts_on`)."""
    return MappingProxyType({row["code"]: _fact(row) for row in table("facts")})


def _fact(row: dict[str, str]) -> Fact:
    typed: dict[str, Any] = dict(row)
    typed["value"] = Decimal(row["value"]) if row["value"] else None
    typed["since"] = date.fromisoformat(row["since"]) if row["since"] else None
    typed["noted_on"] = date.fromisoformat(row["noted_on"])
    return Fact(**typed)


@dataclass(frozen=True)
class CarrierTerms:
    """What is known of a way of sending abroad: codes of facts, empty where nothing is known."""

    code: str
    name_fa: str
    name_en: str
    is_postal: bool
    weight: str
    side: str
    blade: str
    divisor: str

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return in_language(self.name_fa, self.name_en)


@lru_cache
def carriers() -> Mapping[str, CarrierTerms]:
    """The ways of sending of which something is known, by code."""
    found = {}
    for row in table("carriers"):
        facts = {name: row[name] for name in ("weight", "side", "blade", "divisor")}
        found[row["code"]] = CarrierTerms(
            row["code"], row["name_fa"], row["name_en"], is_postal=row["postal"] == "1", **facts
        )
    return MappingProxyType(found)


@lru_cache
def regions() -> Mapping[str, str]:
    """Country (ISO 3166-1, two letters) → the region of which something is known: `eu` or `us`."""
    return MappingProxyType({row["country"]: row["region"] for row in table("destinations")})


@lru_cache
def kinds_of_materials() -> Mapping[str, str]:
    """A word of a material's or craft's address → `cites`, `wood` or `precious`."""
    return MappingProxyType({row["word"]: row["kind"] for row in table("materials")})
