"""Forms of signing in by a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.backends import normal_mobile
from marketplace.core.codes import DIGITS
from marketplace.core.rules import require_iranian_mobile


class MobileForm(forms.Form):
    """Where to send a code."""

    mobile = forms.CharField(
        label=_("Mobile number"),
        max_length=24,
        widget=forms.TelInput(attrs={"autocomplete": "tel", "dir": "ltr"}),
    )

    def clean_mobile(self) -> str:
        """In E.164."""
        return require_iranian_mobile(normal_mobile(self.cleaned_data["mobile"]))


class CodeForm(forms.Form):
    """Six digits, Persian or Latin."""

    code = forms.CharField(
        label=_("Code"),
        max_length=DIGITS + 6,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )


class JoinForm(forms.Form):
    """What an account needs beside a mobile that is confirmed."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language"), choices=[("fa", "فارسی"), ("en", "English")], widget=forms.RadioSelect
    )
    terms = forms.BooleanField(
        label=_("I have read the terms of Rasteh and agree to them."),
        error_messages={"required": _("An account needs your word that you agree to the terms.")},
    )
