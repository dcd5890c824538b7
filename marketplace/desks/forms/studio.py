"""The form of the studio: a work with its price, its pieces and its variants."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.desks.forms.variants import Variants
from marketplace.desks.forms.works import WorkWords
from marketplace.listing.rules import require_sane_price
from marketplace.ui.forms import TomanField, WholeNumberField


class Making(forms.Form):
    """How many there are, and whether the work waits to be made."""

    class How:
        ONE, SEVERAL, ORDER = "one", "several", "order"

    how = forms.ChoiceField(
        label=_("How many are there?"),
        widget=forms.RadioSelect,
        initial=How.ONE,
        choices=[
            (How.ONE, _("One of a kind: this one and no other")),
            (How.SEVERAL, _("Several alike, ready to send")),
            (How.ORDER, _("Made to order")),
        ],
    )
    pieces = WholeNumberField(label=_("Pieces on sale"), min_value=1, max_value=10_000, initial=1)
    lead_days = WholeNumberField(label=_("Days until it can be sent"), min_value=0, max_value=730, initial=2)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("how") == self.How.ONE and self.cleaned_data.get("pieces", 1) > 1:
            self.add_error(
                "pieces", ValidationError(_("A work that is one of a kind is one piece."), code="one_of_a_kind")
            )
        return cleaned


class StudioForm(Variants, Making, WorkWords):
    """A draft that is to become a work: its words, its measures, its price in toman. Its pictures came before it.

    Read without data it shows what was typed; with it, its errors are what is missing.
    """

    price_rial = TomanField(label=_("Price (toman)"), min_value=0)
    wage_rial = TomanField(label=_("What an hour of your work is worth (toman)"), required=False, min_value=1)
    wage_source = forms.CharField(
        label=_("Where this figure comes from"),
        required=False,
        max_length=160,
        help_text=_("Such as the union's list of this year, or what you are paid for hire. It stays with you."),
    )
    materials_rial = TomanField(label=_("Materials of one piece (toman)"), required=False, min_value=0)

    def __init__(self, *args, pictures: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.pictures = pictures

    def clean_price_rial(self) -> int:
        price = self.cleaned_data["price_rial"]
        require_sane_price(price)
        return price

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.pictures:
            self.add_error(None, ValidationError(_("Send at least one photo of the work."), code="no_photo"))
        if self.variants() and self.cleaned_data.get("how") == self.How.ONE:
            self.add_error(
                "how", ValidationError(_("A work that is one of a kind has no other forms."), code="one_of_a_kind")
            )
        return cleaned

    def work_fields(self) -> dict[str, Any]:
        """What `create_work` asks for, and the variants that follow it."""
        data, how = self.cleaned_data, self.cleaned_data["how"]
        same = ("title_fa", "description_fa", "materials", "price_rial", "pieces", "lead_days")
        return (
            {name: data[name] for name in same}
            | self.described()
            | {"one_of_a_kind": how == self.How.ONE, "made_to_order": how == self.How.ORDER}
            | {"variants": self.variants()}
        )
