"""Offers: made, changed, moved."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.desks.fields import grouped
from marketplace.desks.forms.base import OnceForm
from marketplace.listing.rules import require_sane_price
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
