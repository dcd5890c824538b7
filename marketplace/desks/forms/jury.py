"""A juror's form: points for each criterion, and a remark."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.desks.forms.base import reader_language
from marketplace.juries.models import Panel
from marketplace.ui.forms import WholeNumberField
from marketplace.ui.templatetags.rasteh import digits


class ScoresForm(forms.Form):
    """A field for each criterion of the panel."""

    def __init__(self, *args, panel: Panel, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {f"points_{number}": one for number, one in enumerate(panel.criteria)}
        language = reader_language()
        for name, one in self.criteria.items():
            self.fields[name] = WholeNumberField(
                label=one["name_fa"] if language == "fa" else one["name_en"],
                help_text=_("From %(lowest)s to %(highest)s")
                % {"lowest": digits(0), "highest": digits(one["highest"])},
                min_value=0,
                max_value=one["highest"],
            )
        self.fields["remark"] = forms.CharField(
            label=_("Remark"),
            required=False,
            max_length=2_000,
            widget=forms.Textarea({"rows": 3}),
            help_text=_("Other jurors do not read it."),
        )

    def points(self) -> dict[str, Any]:
        """Points by the criterion's code."""
        return {one["code"]: self.cleaned_data[name] for name, one in self.criteria.items()}
