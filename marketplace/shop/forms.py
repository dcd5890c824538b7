"""Forms of the public pages: the two doors."""

import secrets

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from marketplace.core.backends import normal_mobile
from marketplace.core.models import User


class SignInForm(AuthenticationForm):
    """Django's, asking for a mobile or a mail address."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("The mobile number, the mail address or the password is not right. Please look again."),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("Mobile number or mail address")
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none", "dir": "auto"}
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs["dir"] = "ltr"


class SignUpForm(forms.Form):
    """A new account: by mobile or by mail, whichever was typed."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("Mobile number or mail address"),
        max_length=254,
        help_text=_("You sign in with it, and we tell you about your orders there."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "dir": "auto"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least nine characters, and not only digits. A short sentence is good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}, render_value=False),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("fa", "فارسی"), ("en", "English")], widget=forms.RadioSelect
    )

    def clean_contact(self) -> dict[str, str]:
        """{"mobile": …} or {"email": …}; refused when it is neither, or already has an account."""
        typed = self.cleaned_data["contact"].strip()
        if "@" in typed:
            validate_email(typed)
            found = {"email": User.objects.normalize_email(typed)}
            taken = User.objects.filter(email__iexact=typed).exists()
        else:
            mobile = normal_mobile(typed)
            if mobile is None:
                raise ValidationError(
                    _("Enter a mobile number such as 0912 345 6789, or a mail address."), code="contact_kind"
                )
            found = {"mobile": mobile}
            taken = User.objects.filter(mobile=mobile).exists()
        if taken:
            raise ValidationError(self.taken(), code="contact_taken")
        return found

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if "password" in cleaned and "contact" in cleaned:
            try:
                validate_password(cleaned["password"], self._user())
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def save(self) -> User:
        """Store the account. Two forms sent at once make one: the other is refused by the unique mobile."""
        user = self._user()
        user.set_password(self.cleaned_data["password"])
        with transaction.atomic():
            user.save()
        return user

    def _user(self) -> User:
        data = self.cleaned_data
        return User(
            username=f"u{secrets.token_hex(8)}",
            first_name=data.get("name", ""),
            language=data.get("language", "fa"),
            **data["contact"],
        )

    @staticmethod
    def taken() -> str:
        """The one sentence for a contact that has an account."""
        return _("There is an account with this mobile number or mail address. Sign in instead.")
