"""What a visitor fills in: to book, and to find a booking again."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.bookings.rules import MOST_PEOPLE
from marketplace.checkout.forms import MobileField
from marketplace.core.persian import to_persian_digits


def _ltr(kind: type[forms.TextInput] = forms.TextInput, **attrs: str) -> forms.TextInput:
    return kind(attrs={"dir": "ltr", **attrs})


class BookForm(forms.Form):
    """Who comes, and how many."""

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    mobile = MobileField(
        label=_("Mobile"),
        max_length=24,
        help_text=_("With it and the booking's number you find your booking."),
        widget=_ltr(forms.TelInput, autocomplete="tel"),
    )
    email = forms.EmailField(
        label=_("Mail"),
        required=False,
        help_text=_("For a letter about your booking and a reminder a day before."),
        widget=_ltr(forms.EmailInput, autocomplete="email"),
    )
    party = forms.TypedChoiceField(label=_("How many people?"), coerce=int, initial=1)

    def __init__(self, *args, most: int = MOST_PEOPLE, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        english = (get_language() or "fa").startswith("en")
        people = range(1, max(1, min(most, MOST_PEOPLE)) + 1)
        choices = [(count, str(count) if english else to_persian_digits(count)) for count in people]
        field = self.fields["party"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = choices


class FindBookingForm(forms.Form):
    """A guest's two keys to a booking."""

    number = forms.CharField(
        label=_("Booking number"), max_length=40, help_text=_("It begins with VIS."), widget=_ltr(autocomplete="off")
    )
    mobile = MobileField(label=_("The mobile you gave"), max_length=24, widget=_ltr(forms.TelInput, autocomplete="tel"))
