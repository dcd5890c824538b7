"""Offers: made, changed, moved."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.desks.fields import grouped
from marketplace.desks.forms.base import OnceForm
from marketplace.listing.rules import require_sane_price, stock_moved
from marketplace.partner.models import StockRecord
from marketplace.ui.forms import TomanField, WholeNumberField

WORKSHOP = "workshop"


class PlaceForm(forms.Form):
    """A place in which a work is not offered yet."""

    place = forms.ChoiceField(label=_("Place"))

    def __init__(self, *args, taken: set[int | None], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        venues = Venue.objects.filter(is_planned=False).select_related("city").order_by("city__name_en", "slug")
        self.venues = {str(venue.pk): venue for venue in venues if venue.pk not in taken}
        workshop = [] if None in taken else [(WORKSHOP, _("My workshop"))]
        self.fields["place"].choices = [
            ("", _("Choose")),
            *workshop,
            *grouped(self.venues.values(), lambda venue: venue.city.name),
        ]

    def clean_place(self) -> Venue | None:
        return self.venues.get(self.cleaned_data["place"])


class PriceForm(forms.Form):
    """A price in toman and a number of pieces."""

    price_rial = TomanField(label=_("Price (toman)"), min_value=0)
    pieces = WholeNumberField(label=_("Pieces there"), min_value=1, max_value=10_000, initial=1)

    def clean_price_rial(self) -> int:
        price = self.cleaned_data["price_rial"]
        require_sane_price(price)
        return price


class OfferForm(OnceForm, PriceForm, PlaceForm):
    """Offer a work in a place where it is not offered yet."""

    field_order = ("place", "price_rial", "pieces")


class EditOfferForm(PriceForm):
    """Change the price and the pieces of an offer; none left is a lawful answer. It carries the stock that its page showed."""

    pieces = WholeNumberField(label=_("Pieces there"), min_value=0, max_value=10_000)
    seen_stock = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    seen_allocated = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    @classmethod
    def of(cls, offer: StockRecord, *posted: Any) -> "EditOfferForm":
        """The form of an offer as it stands now; pieces that buyers hold are not counted."""
        return cls(*posted, initial={"price_rial": int(offer.price or 0), **_numbers(offer)})

    def bring_up_to(self, offer: StockRecord, *, moved: ValidationError | None = None) -> None:
        """After an error: carry the stock as it is now, so that this page can be sent again, and say it where the stock has moved.

        What was typed stays; a number of pieces that was left as the page had shown it follows the stock.
        """
        seen = (self.cleaned_data.get("seen_stock"), self.cleaned_data.get("seen_allocated"))
        now, data = _numbers(offer), self.data.copy()
        shown = None if None in seen else max(0, seen[0] - seen[1])
        if shown is not None and self.cleaned_data.get("pieces") == shown:
            data["pieces"] = now["pieces"]
        data["seen_stock"], data["seen_allocated"] = now["seen_stock"], now["seen_allocated"]
        self.data = data
        if moved is not None or (shown is not None and seen != (now["seen_stock"], now["seen_allocated"])):
            self.add_error("pieces", moved or stock_moved(offer))


def _numbers(offer: StockRecord) -> dict[str, int]:
    stock, held = offer.num_in_stock or 0, offer.num_allocated or 0
    return {"pieces": max(0, stock - held), "seen_stock": stock, "seen_allocated": held}
