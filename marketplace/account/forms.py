"""Forms of a buyer's own room."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.checkout.forms import AddressForm, MobileField
from marketplace.core.models import User
from marketplace.core.notice_groups import GROUPS, MAIL, SMS, ways_of


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


class NoticesForm(forms.Form):
    """How each group of notices comes; with nothing chosen they stand on the page of messages only."""

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        open_ways = [(MAIL, _("by mail"))] * bool(user.email) + [(SMS, _("by SMS"))] * bool(user.mobile)
        for group in GROUPS:
            if not group.is_always:
                self.fields[group.name] = forms.MultipleChoiceField(
                    label=group.label,
                    help_text=group.about,
                    choices=open_ways,
                    required=False,
                    initial=ways_of(user, group),
                    widget=forms.CheckboxSelectMultiple,
                )


class SettingsForm(forms.Form):
    """Name, the two ways to sign in, language and money unit. A new mail or mobile is confirmed with the password."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Mail"), required=False, widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"})
    )
    mobile = MobileField(
        label=_("Mobile"),
        max_length=24,
        required=False,
        widget=forms.TelInput(attrs={"dir": "ltr", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("fa", "فارسی"), ("en", "English")], widget=forms.RadioSelect
    )
    currency_unit = forms.ChoiceField(label=_("Prices in"), choices=User.Currency.choices, widget=forms.RadioSelect)
    password = forms.CharField(
        label=_("Your password"),
        required=False,
        strip=False,
        help_text=_("Only when you change your mail or mobile: with them you sign in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "dir": "ltr"}, render_value=False),
    )

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        typed = User.objects.normalize_email(self.cleaned_data["email"])
        if typed and User.objects.filter(email__iexact=typed).exclude(pk=self.user.pk).exists():
            raise ValidationError(self.taken(), code="contact_taken")
        return typed

    def clean_mobile(self) -> str | None:
        typed = self.cleaned_data["mobile"] or None
        if typed and User.objects.filter(mobile=typed).exclude(pk=self.user.pk).exists():
            raise ValidationError(self.taken(), code="contact_taken")
        return typed

    def clean(self) -> dict:
        typed = super().clean() or {}
        if self.errors:
            return typed
        if not typed["email"] and not typed["mobile"]:
            raise ValidationError(_("Keep a mail address or a mobile: with it you sign in."), code="no_contact")
        changed = (typed["email"], typed["mobile"]) != (self.user.email, self.user.mobile)
        if changed and not self.user.check_password(typed["password"]):
            self.add_error("password", ValidationError(_("This is not your password."), code="password"))
        return typed

    def save(self) -> None:
        """Store what was typed. Raises IntegrityError when somebody took the mobile meanwhile."""
        typed = self.cleaned_data
        columns = ("email", "mobile", "language", "currency_unit")
        self.user.first_name, self.user.last_name = typed["name"], ""
        if typed["mobile"] != self.user.mobile:
            self.user.mobile_verified_at = None
        for column in columns:
            setattr(self.user, column, typed[column])
        self.user.save(update_fields=["first_name", "last_name", "mobile_verified_at", *columns])

    @staticmethod
    def taken() -> str:
        """The one sentence for a contact that another account has."""
        return _("Another account has it.")
