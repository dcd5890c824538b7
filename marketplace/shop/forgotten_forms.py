"""Forms of a forgotten password."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from marketplace.core.backends import normal_mobile
from marketplace.core.codes import DIGITS


class ForgottenForm(forms.Form):
    """Whom to send a code to."""

    contact = forms.CharField(
        label=_("Mobile number or mail address"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "dir": "auto"}),
    )

    def clean_contact(self) -> str:
        """As typed; refused when it is neither a mobile nor an address."""
        typed = self.cleaned_data["contact"].strip()
        if "@" in typed:
            validate_email(typed)
        elif normal_mobile(typed) is None:
            raise ValidationError(
                _("Enter a mobile number such as 0912 345 6789, or a mail address."), code="contact_kind"
            )
        return typed


class NewPasswordForm(forms.Form):
    """The code, in Persian or Latin digits, and another password."""

    code = forms.CharField(
        label=_("Code"),
        max_length=DIGITS + 6,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=1000,
        help_text=_("At least nine characters, and not only digits. A short sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}, render_value=False),
    )
