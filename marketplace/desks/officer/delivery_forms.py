"""A carrier's limits, and a table of its rates as a grid: weights down, zones across, prices in toman."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.desks.fields import CentimetresField
from marketplace.shipping.models import Carrier, Tariff, Zone
from marketplace.shipping.services import Rate
from marketplace.ui.forms import DayField, TomanField, WholeNumberField

BLANK_ROWS, MOST_ROWS = 3, 60
#: Which field a rule's no belongs to.
_FIELD_OF = {"tariff_begun": "valid_from"}


class CarrierForm(forms.Form):
    """Names and limits; an empty limit is none."""

    code = forms.SlugField(label=_("Code"), max_length=30, help_text=_("Latin letters; it never changes."))
    name_fa = forms.CharField(label=_("Name in Persian"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80)
    max_grams = WholeNumberField(label=_("Heaviest parcel (grams)"), required=False, min_value=1, max_value=2_000_000)
    max_side_mm = CentimetresField(label=_("Longest side (cm)"), required=False)
    max_blade_mm = CentimetresField(label=_("Longest blade (cm)"), required=False)
    large_length_mm = CentimetresField(label=_("Large above: length (cm)"), required=False)
    large_width_mm = CentimetresField(label=_("Large above: width (cm)"), required=False)
    large_height_mm = CentimetresField(label=_("Large above: height (cm)"), required=False)
    large_percent = WholeNumberField(
        label=_("Added for a large parcel (%)"), required=False, min_value=0, max_value=1_000
    )
    limits_source = forms.CharField(label=_("Where the limits stand"), max_length=200)
    limits_source_en = forms.CharField(label=_("Where the limits stand, in English"), max_length=200, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *args, carrier: Carrier | None = None, **kwargs) -> None:
        now = {name: getattr(carrier, name) for name in self.base_fields} if carrier else {}
        super().__init__(*args, initial=now, **kwargs)
        self.carrier = carrier or Carrier()
        if carrier:
            del self.fields["code"]

    def clean_large_percent(self) -> int:
        return self.cleaned_data["large_percent"] or 0

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].lower()
        if Carrier.objects.filter(code=code).exists():
            raise ValidationError(_("Another carrier has this code."), code="unique")
        return code

    def save(self) -> Carrier:
        """The carrier with what was typed; call it after `is_valid()`."""
        for name, value in self.cleaned_data.items():
            setattr(self.carrier, name, value)
        self.carrier.save()
        return self.carrier


class TariffForm(forms.Form):
    """A table of rates. Rows left empty count for nothing; it comes back with as many rows as it was sent with."""

    valid_from = DayField(label=_("In force from"))
    valid_until = DayField(
        label=_("In force until"), required=False, help_text=_("Empty: until a later table takes over.")
    )
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Where these rates were published; buyers read it.")
    )
    source_en = forms.CharField(
        label=_("Source, in English"),
        max_length=300,
        required=False,
        help_text=_("Empty: English readers see the one above."),
    )
    is_demo = forms.BooleanField(
        label=_("Sample figures, not the carrier's own"), required=False, help_text=_("Buyers see the mark.")
    )
    rows = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_ROWS, required=False)

    def __init__(self, data=None, *, tariff: Tariff | None = None, copied: bool = False, **kwargs) -> None:
        table = _table_of(tariff)
        super().__init__(data, initial=_initial(tariff, table, copied), **kwargs)
        self.row_count = self._sent_rows(data) or min(len(table) + BLANK_ROWS, MOST_ROWS)
        self.initial["rows"] = self.row_count
        for zone in Zone:
            for end, word in (("from", _("from")), ("to", _("to"))):
                self.fields[f"{end}_{zone}"] = WholeNumberField(
                    label=f"{zone.label}: {word}", min_value=0, max_value=90
                )
        for row in range(self.row_count):
            self.fields[f"grams_{row}"] = WholeNumberField(
                label=_("Up to (grams)"), required=False, min_value=1, max_value=2_000_000
            )
            for zone in Zone:
                self.fields[f"price_{row}_{zone}"] = TomanField(label=zone.label, required=False, min_value=0)

    @staticmethod
    def _sent_rows(data) -> int | None:
        sent = (data or {}).get("rows", "")
        return min(int(sent), MOST_ROWS) if sent.isascii() and sent.isdigit() and int(sent) else None

    def zones(self) -> list[tuple[str, Any, Any]]:
        """Each zone with its fields of days."""
        return [(zone.label, self[f"from_{zone}"], self[f"to_{zone}"]) for zone in Zone]

    def grid(self) -> Iterator[tuple[Any, list[Any]]]:
        """Each row: its weight, and its prices in the order of the zones."""
        for row in range(self.row_count):
            yield self[f"grams_{row}"], [self[f"price_{row}_{zone}"] for zone in Zone]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for row in range(self.row_count):
            names = [f"grams_{row}", *(f"price_{row}_{zone}" for zone in Zone)]
            if any(self.cleaned_data.get(name) is not None or name in self.errors for name in names):
                for name in names:
                    if self.cleaned_data.get(name) is None and name not in self.errors:
                        self.add_error(name, ValidationError(_("Fill the whole row, or leave it empty."), code="row"))
        return cleaned

    def facts(self) -> dict[str, Any]:
        """What `write_tariff` asks for."""
        data = self.cleaned_data
        same = ("valid_from", "valid_until", "source", "source_en", "is_demo")
        return {name: data[name] for name in same} | {
            "days": {str(zone): [data[f"from_{zone}"], data[f"to_{zone}"]] for zone in Zone},
            "rates": [
                Rate(data[f"grams_{row}"], str(zone), data[f"price_{row}_{zone}"])
                for row in range(self.row_count)
                if data[f"grams_{row}"] is not None
                for zone in Zone
            ],
        }

    def say(self, error: ValidationError) -> None:
        """Put a rule's no at the field it is about, or above the form."""
        if hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(name if name in self.fields else None, errors)
            return
        self.add_error(_FIELD_OF.get(getattr(error, "code", None) or ""), error)


def _table_of(tariff: Tariff | None) -> dict[int, dict[str, int]]:
    """Grams → zone → rial, the lightest first."""
    table: dict[int, dict[str, int]] = {}
    for step in tariff.steps.order_by("up_to_grams") if tariff else ():
        table.setdefault(step.up_to_grams, {})[step.zone] = step.price_rial
    return table


def _initial(tariff: Tariff | None, table: dict[int, dict[str, int]], copied: bool) -> dict[str, Any]:
    """A copy begins today and must say anew where its rates come from."""
    found: dict[str, Any] = {"valid_from": today()}
    if tariff is not None:
        found |= {
            f"{end}_{zone}": days[place]
            for zone, days in tariff.days.items()
            for place, end in enumerate(("from", "to"))
        }
        found |= {f"grams_{row}": grams for row, grams in enumerate(table)}
        found |= {
            f"price_{row}_{zone}": rial for row, prices in enumerate(table.values()) for zone, rial in prices.items()
        }
    if tariff is not None and not copied:
        same = ("valid_from", "valid_until", "source", "source_en", "is_demo")
        found |= {name: getattr(tariff, name) for name in same}
    return found
