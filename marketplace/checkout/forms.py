"""The one page of address, for guests and accounts alike."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.checkout.contact import Contact
from marketplace.core.backends import normal_mobile
from marketplace.core.persian import to_latin_digits
from marketplace.places.models import Province


class MobileField(forms.CharField):
    """A telephone number with the digits of any keyboard, cleaned to E.164; Iran where no country is given."""

    def clean(self, value):
        typed = super().clean(value)
        number = normal_mobile(typed) if typed else typed
        if number is None:
            raise ValidationError(
                _("This is not a telephone number we can call. Write it like 0912 345 6789."), code="mobile"
            )
        return number


class DigitsField(forms.CharField):
    """Text in which Persian and Arabic digits become Latin ones, and spaces and dashes go."""

    def to_python(self, value):
        return to_latin_digits(super().to_python(value)).replace(" ", "").replace("-", "")


def _ltr(kind: type[forms.TextInput] = forms.TextInput, **attrs: str) -> forms.TextInput:
    return kind(attrs={"dir": "ltr", **attrs})


class AddressForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the receiver"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    mobile = MobileField(
        label=_("Mobile"),
        max_length=24,
        help_text=_("The carrier calls it, and with it you find your order."),
        widget=_ltr(forms.TelInput, autocomplete="tel"),
    )
    province = forms.ModelChoiceField(
        label=_("Province"),
        queryset=Province.objects.none(),
        empty_label=_("Choose"),
        to_field_name="slug",
        widget=forms.Select(attrs={"autocomplete": "address-level1"}),
    )
    city = forms.CharField(
        label=_("City or village"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=250,
        widget=forms.Textarea(attrs={"rows": "3", "autocomplete": "street-address"}),
    )
    postal_code = DigitsField(
        label=_("Postal code"),
        max_length=20,
        required=False,
        help_text=_("Ten digits."),
        widget=_ltr(autocomplete="postal-code", inputmode="numeric"),
    )
    email = forms.EmailField(
        label=_("Mail"),
        required=False,
        help_text=_("For a letter about your order."),
        widget=_ltr(forms.EmailInput, autocomplete="email"),
    )
    note = forms.CharField(
        label=_("A note for the maker"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": "2"})
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        english = (get_language() or "fa").startswith("en")
        provinces = self.fields["province"]
        assert isinstance(provinces, forms.ModelChoiceField)
        provinces.queryset = Province.objects.order_by("name_en" if english else "name_fa")

    def contact(self) -> Contact:
        """The cleaned form; call it after `is_valid()`."""
        typed = dict(self.cleaned_data)
        province = typed.pop("province")
        return Contact(
            **typed,
            province=province.slug,
            province_fa=province.name_fa,
            province_en=province.name_en,
            language="en" if (get_language() or "fa").startswith("en") else "fa",
        )


class FindOrderForm(forms.Form):
    """A guest's two keys to an order."""

    number = forms.CharField(
        label=_("Order number"), max_length=40, help_text=_("It begins with RST."), widget=_ltr(autocomplete="off")
    )
    mobile = MobileField(label=_("The mobile you gave"), max_length=24, widget=_ltr(forms.TelInput, autocomplete="tel"))
