"""Other forms of a work (a size, a colour), each with a price and pieces of its own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.listing.rules import require_sane_price
from marketplace.ui.forms import TomanField, WholeNumberField
from marketplace.ui.templatetags.rasteh import digits

VARIANTS = 5
#: Parts of a row; its fields are named `variant-1-fa` and so on.
PARTS = ("fa", "en", "price", "pieces")


def variant_field(number: int, part: str) -> str:
    """How a field of a row is named."""
    return f"variant-{number}-{part}"


class Variants(forms.Form):
    """Rows of variants. An empty row is none; one without a price costs what the work costs, one without a number is one piece."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, VARIANTS + 1):
            for part, field in _row(number).items():
                self.fields[variant_field(number, part)] = field

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for number in range(1, VARIANTS + 1):
            row = self._told(number)
            if row["price"]:
                self._ask_price(number, row["price"])
            if any(row.values()) and not row["fa"]:
                self.add_error(variant_field(number, "fa"), ValidationError(_("Say what it is."), code="required_here"))
        return cleaned

    def variants(self) -> list[dict[str, Any]]:
        """The rows that are filled in: names, price in rial or None, pieces."""
        rows = [self._told(number) for number in range(1, VARIANTS + 1)]
        return [row | {"pieces": row["pieces"] or 1} for row in rows if row["fa"]]

    def variant_rows(self) -> list[dict[str, Any]]:
        """The fields of each row, and what the row is called."""
        return [
            {"name": _("Form %(number)s") % {"number": digits(number)}}
            | {part: self[variant_field(number, part)] for part in PARTS}
            for number in range(1, VARIANTS + 1)
        ]

    def has_variants(self) -> bool:
        """Whether anything is written in a row."""
        return any(row[part].value() for row in self.variant_rows() for part in PARTS)

    def _told(self, number: int) -> dict[str, Any]:
        return {part: self.cleaned_data.get(variant_field(number, part)) for part in PARTS}

    def _ask_price(self, number: int, price: int) -> None:
        try:
            require_sane_price(price)
        except ValidationError as error:
            self.add_error(variant_field(number, "price"), error)


def _row(number: int) -> dict[str, forms.Field]:
    return {
        "fa": forms.CharField(label=_("What it is, in Persian"), required=False, max_length=80),
        "en": forms.CharField(label=_("What it is, in English"), required=False, max_length=80),
        "price": TomanField(label=_("Its price (toman)"), required=False, min_value=0),
        "pieces": WholeNumberField(label=_("Its pieces"), required=False, min_value=1, max_value=10_000),
    }
