"""What a page may post to a basket."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.persian import to_latin_digits


class PiecesField(forms.IntegerField):
    """A number of pieces; Persian and Arabic digits are numbers too."""

    def to_python(self, value):
        return super().to_python(to_latin_digits(value) if isinstance(value, str) else value)


class AddForm(forms.Form):
    offer = forms.IntegerField(min_value=1)
    quantity = PiecesField(min_value=1, required=False)


class ChangeForm(forms.Form):
    line = forms.IntegerField(min_value=1)
    quantity = PiecesField(min_value=0)


class LineForm(forms.Form):
    line = forms.IntegerField(min_value=1)


class SwapForm(LineForm):
    offer = forms.IntegerField(min_value=1)


class VoucherForm(forms.Form):
    code = forms.CharField(
        label=_("Voucher code"),
        max_length=128,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Type the code of your voucher.")},
    )
