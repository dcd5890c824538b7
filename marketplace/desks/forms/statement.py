"""Forms of the statement: its days, and the account that money is sent to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.ui.forms import DayField, DigitsInput


class PeriodForm(forms.Form):
    """From one day to another, both included."""

    since = DayField(label=_("From"))
    until = DayField(label=_("To"))

    def clean(self) -> dict:
        found = super().clean() or {}
        if found.get("since") and found.get("until") and found["since"] > found["until"]:
            raise forms.ValidationError(_("The first day stands after the last."), code="days_not_in_order")
        return found


class IbanForm(forms.Form):
    """The seller's own account."""

    iban = forms.CharField(
        label=_("Sheba number"),
        max_length=40,
        widget=DigitsInput(attrs={"dir": "ltr"}),
        help_text=_("IR and 24 digits. Money is sent to it once we have compared it with its paper."),
    )
    owner = forms.CharField(label=_("Holder of the account"), max_length=120)
