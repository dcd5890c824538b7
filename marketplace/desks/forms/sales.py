"""Forms of a sale: sending it, cancelling pieces, answering a return."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from authenticity.codes import read_code
from authenticity.models import Passport
from marketplace.checkout.care_forms import PiecesForm
from marketplace.order.models import Line, SellerOrder


class DispatchForm(forms.Form):
    """Carrier, tracking number, and a label for each piece that has one: typed, pasted as an address, or read by a scanner."""

    carrier = forms.CharField(label=_("Carrier"), max_length=80, help_text=_("Such as the post, or a courier's name."))
    tracking = forms.CharField(
        label=_("Tracking number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def __init__(self, *args, part: SellerOrder, **more) -> None:
        super().__init__(*args, **more)
        self.part = part
        self.passports: list[tuple[Passport, Line]] = []
        for line in self.lines:
            self.fields[f"labels_{line.pk}"] = forms.CharField(
                label=_("Labels of “%(work)s”") % {"work": line.title},
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "dir": "ltr"}),
                help_text=_("One code or scanned address a line; leave it empty for a piece without a passport."),
            )

    @property
    def lines(self) -> list[Line]:
        """Lines that still stand."""
        return [line for line in self.part.lines.order_by("pk") if line.standing]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        for line in self.lines:
            for word in (cleaned.get(f"labels_{line.pk}") or "").split():
                passport = Passport.objects.filter(code=read_code(word)).first()
                if passport is None:
                    self.add_error(
                        f"labels_{line.pk}",
                        ValidationError(_("No label has the code “%(code)s”."), code="no_label", params={"code": word}),
                    )
                else:
                    self.passports.append((passport, line))
        return cleaned


class CancelForm(PiecesForm):
    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=_("The buyer reads it."))


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer to the buyer"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you do not agree."),
    )
