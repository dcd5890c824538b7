"""Whether a maker wraps gifts, and for how much."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.makers.models import Maker
from marketplace.ui.forms import TomanField

#: Rial; a dearer one is a slip of the pen.
DEAREST_WRAP = 1_000_000_000


class GiftWrapForm(forms.Form):
    """The price is typed in toman and kept in rial."""

    wraps = forms.BooleanField(label=_("I wrap gifts and put the buyer's note in the parcel"), required=False)
    price_rial = TomanField(
        label=_("Price for each piece (toman)"),
        required=False,
        min_value=0,
        max_value=DEAREST_WRAP,
        help_text=_("0 when you wrap at no charge. Orders that were paid for keep their price."),
    )

    @staticmethod
    def initial_of(maker: Maker) -> dict[str, Any]:
        return {"wraps": maker.gift_wrap_rial is not None, "price_rial": maker.gift_wrap_rial}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        missing = self.cleaned_data.get("price_rial") is None and not self.has_error("price_rial")
        if self.cleaned_data.get("wraps") and missing:
            self.add_error("price_rial", ValidationError(_("Say the price; 0 for no charge."), code="required"))
        return cleaned

    @property
    def wrap_rial(self) -> int | None:
        """Rial, or None for a maker who wraps no gifts."""
        return self.cleaned_data["price_rial"] if self.cleaned_data["wraps"] else None
