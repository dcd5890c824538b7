"""Forms of rounds and of the ladder: a finding, a warning, a closure, an appeal, a lifting."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import today
from marketplace.rounds.models import About
from marketplace.ui.forms import DayField, WholeNumberField
from marketplace.ui.templatetags.rasteh import jalali_brief


def _words(label: Any, *, rows: int = 4, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=2_000, required=required, help_text=help_text, widget=forms.Textarea({"rows": rows})
    )


class FindingForm(forms.Form):
    """What was found at a stall."""

    about = forms.ChoiceField(label=_("What is it about?"), choices=[("", "—"), *About.choices])
    text = _words(_("What was found"), help_text=_("The tenant reads it: what, how many, where at the stall."))


class WarnForm(forms.Form):
    """What must be mended, and in how many days."""

    must_mend = _words(_("What must be mended"), rows=3)
    days = WholeNumberField(label=_("Days to mend"), min_value=1, max_value=60, initial=7)


class CloseForm(forms.Form):
    """From when until when a stall is closed, and why."""

    starts_on = DayField(label=_("First day of the closure"))
    ends_on = DayField(label=_("Last day of the closure"))
    because = _words(_("Why?"), rows=3, help_text=_("The tenant reads it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = today()
        self.fields["ends_on"].initial = today() + timedelta(days=6)
        for name in ("starts_on", "ends_on"):
            self.fields[name].help_text = _("Year/month/day, such as %(example)s.") % {"example": jalali_brief(today())}


class MendedForm(forms.Form):
    """What was seen when it was mended; may be left out."""

    text = _words(_("What you saw"), rows=2, required=False)


class LiftForm(forms.Form):
    """Why a closure is lifted before its last day."""

    because = _words(_("Why?"), rows=2, help_text=_("The tenant reads it."))


class AppealForm(forms.Form):
    """The tenant's word against a warning or a closure."""

    text = _words(_("Why it is wrong"), help_text=_("Other eyes than the manager's read it: an officer of the market."))
