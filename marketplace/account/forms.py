"""Forms of a buyer's own room."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.checkout.forms import AddressForm
from marketplace.core.models import User


class SavedAddressForm(AddressForm):
    """The checkout's address, without what belongs to one order."""

    email = note = None  # type: ignore[assignment]


class PasswordForm(forms.Form):
    """What cannot be taken back is confirmed with the password."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}, render_value=False),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        typed = self.cleaned_data["password"]
        if not self.user.check_password(typed):
            raise ValidationError(_("This is not your password."), code="password")
        return typed
