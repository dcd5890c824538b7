"""Forms of a host: let somebody in, call a session off."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DoorForm(forms.Form):
    """A code read from a QR, or a booking's number."""

    code = forms.CharField(
        label=_("Code or number of a booking"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )


class CallOffForm(forms.Form):
    """Why a session does not take place; the rule asks for a reason."""

    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        help_text=_("Every visitor reads it."),
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
