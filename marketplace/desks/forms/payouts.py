"""Forms of whoever pays for the operator."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.ui.forms import DigitsInput


class LineForm(forms.Form):
    """What the bank said of a line of a file."""

    PAID, FAILED = "paid", "failed"
    act = forms.ChoiceField(
        label=_("What did the bank do?"),
        choices=[(PAID, _("It sent the money")), (FAILED, _("It did not send it, or the money came back"))],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label=_("Why it failed, in the bank's words"), max_length=200, required=False)

    def clean(self) -> dict:
        found = super().clean() or {}
        if found.get("act") == self.FAILED and not found.get("because"):
            self.add_error("because", _("Say in a sentence why."))
        return found


class PaidByHandForm(forms.Form):
    """A refund that a person paid to the buyer's account."""

    iban = forms.CharField(
        label=_("Sheba number it was paid to"), max_length=40, widget=DigitsInput(attrs={"dir": "ltr"})
    )
    holder = forms.CharField(label=_("Holder of the account"), max_length=120)
    reference = forms.CharField(
        label=_("The bank's number of the payment"), max_length=80, widget=DigitsInput(attrs={"dir": "ltr"})
    )


class FoundForm(forms.Form):
    """What a person found at the gateway about an unclear refund."""

    found = forms.ChoiceField(
        label=_("What does the gateway's own page say?"),
        choices=[("given", _("It was given back")), ("not_given", _("It was not: it is paid by hand"))],
        widget=forms.RadioSelect,
    )
