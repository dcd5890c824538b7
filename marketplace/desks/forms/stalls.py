"""Forms of a venue's floor: a stall on the plan, a lease, its end, and the rent of a month."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.core.persian import to_latin_digits
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker
from marketplace.rents.models import Rent
from marketplace.stalls.models import Stall
from marketplace.ui.forms import DayField, TomanField, WholeNumberField
from marketplace.ui.templatetags.rasteh import jalali_brief


def _centimetres(label: Any, least: int, most: int, help_text: Any = "") -> WholeNumberField:
    return WholeNumberField(label=label, min_value=least, max_value=most, help_text=help_text)


class StallForm(forms.Form):
    """A stall and where it stands."""

    number = forms.CharField(label=_("Number"), max_length=12)
    from_right_cm = _centimetres(_("From the right wall (cm)"), 0, 50_000, _("As one stands at the entrance."))
    from_front_cm = _centimetres(_("From the entrance (cm)"), 0, 50_000)
    width_cm = _centimetres(_("Width (cm)"), 50, 5_000)
    depth_cm = _centimetres(_("Depth (cm)"), 50, 5_000)

    def __init__(self, *args: Any, venue: Venue, stall: Stall | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stall = stall or Stall(venue=venue)

    def clean_number(self) -> str:
        number = self.cleaned_data["number"].strip()
        others = self.stall.venue.stalls.filter(number=number).exclude(pk=self.stall.pk)
        if others.exists():
            raise ValidationError(_("Another stall has this number."), code="number_taken")
        return number

    def told(self) -> Stall:
        """The stall with what was typed; not stored."""
        for name, value in self.cleaned_data.items():
            setattr(self.stall, name, value)
        return self.stall


class TenantForm(forms.Form):
    """Who is to hold a stall."""

    tenant = forms.CharField(
        label=_("Workshop"),
        max_length=160,
        help_text=_("Mail address or mobile number of its account."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )

    def clean_tenant(self) -> Maker:
        typed = self.cleaned_data["tenant"].strip()
        owners = {"owner__email__iexact": typed} if "@" in typed else {"owner__mobile": _mobile(typed)}
        found = Maker.objects.filter(**owners, owner__is_active=True).first()
        if found is None:
            raise ValidationError(
                _("No workshop has an account with this mail address or mobile number."), code="unknown"
            )
        return found


def _mobile(typed: str) -> str:
    digits = "".join(each for each in to_latin_digits(typed) if each.isdigit())
    return f"+98{digits[-10:]}"


class LeaseForm(forms.Form):
    """A lease as it was agreed. Its trade is chosen of the workshop's own crafts."""

    crafts = forms.ModelMultipleChoiceField(
        label=_("Registered trade"),
        queryset=Craft.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Works of other crafts are refused at this stall."),
    )
    starts_on = DayField(label=_("First day"))
    agreed_until = DayField(label=_("Last day"))
    rent_rial = TomanField(label=_("Rent of a month (toman)"), min_value=0)
    due_day = WholeNumberField(label=_("Day of the month on which rent is due"), min_value=1, max_value=29, initial=5)

    def __init__(self, *args: Any, tenant: Maker, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "agreed_until"):
            self.fields[name].help_text = _("Year/month/day, such as %(example)s.") % {"example": jalali_brief(today())}
        self.fields["crafts"].queryset = tenant.crafts.all()  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of a lease, and why."""

    last_on = DayField(label=_("Last day"))
    because = forms.CharField(
        label=_("Why?"), max_length=300, help_text=_("The tenant reads it."), widget=forms.Textarea({"rows": 2})
    )


class PaymentForm(forms.Form):
    """How and when a month was paid to the venue."""

    way = forms.ChoiceField(label=_("How"), choices=Rent.Way.choices)
    paid_on = DayField(label=_("Paid on"), initial=today)
    note = forms.CharField(label=_("Number of the receipt"), max_length=80, required=False)
