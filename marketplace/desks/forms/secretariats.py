"""Forms of secretariats: an officer appoints and ends terms; the secretary writes reports."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User
from marketplace.desks.forms.papers import PaperForm
from marketplace.secretariats.indicators import ASKED
from marketplace.secretariats.models import Appointment, Committee, Office, Report, Secretariat
from marketplace.ui.forms import DayField, WholeNumberField

_ROWS = forms.Textarea({"rows": 5})


class AppointForm(PaperForm):
    """An appointment as its decree says it."""

    role = forms.ChoiceField(label=_("Post"), choices=Appointment.Role.choices)
    person = forms.CharField(
        label=_("Person"),
        max_length=160,
        help_text=_("Mail address or mobile number of their account."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    office = forms.ChoiceField(label=_("Office they hold"), choices=Office.choices)
    committee = forms.ModelChoiceField(label=_("Committee"), queryset=Committee.objects.none(), required=False)
    proposed_by = forms.ChoiceField(label=_("Proposed by"), choices=Office.choices, initial=Office.DIRECTOR_GENERAL)
    decree_by = forms.ChoiceField(label=_("Decree by"), choices=Office.choices, initial=Office.DEPUTY_MINISTER)
    decree_number = forms.CharField(label=_("Number of the decree"), max_length=60, required=False)
    decree_on = DayField(label=_("Date of the decree"), required=False)
    since = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), required=False, help_text=_("Empty: without an end."))

    def __init__(self, *args: Any, secretariat: Secretariat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["committee"].queryset = secretariat.committees.all()  # type: ignore[attr-defined]
        self.add_paper(
            "scan",
            label=_("Scan of the decree"),
            folder="decrees",
            needed=False,
            help_text=_("A PDF or a photo, up to 10 MB. Only officers of Cultural Heritage can read it."),
        )

    def clean_person(self) -> User:
        typed = self.cleaned_data["person"].strip()
        found = User.objects.filter(Q(email__iexact=typed) | Q(mobile=typed) | Q(username=typed), is_active=True)
        if (user := found.first()) is None:
            raise ValidationError(_("Nobody has an account with this mail address or mobile number."), code="unknown")
        return user

    @property
    def facts(self) -> dict[str, Any]:
        """What `services.appoint` is told."""
        told = {name: self.cleaned_data[name] for name in self.DECREED}
        scan = self.papers.get("scan")
        return told | {"user": self.cleaned_data["person"], "decree_scan": scan.name if scan else ""}

    def scan_row(self) -> dict[str, Any]:
        """The scan, as it is kept."""
        return self.paper_row("scan")

    #: Fields that an appointment takes as they are.
    DECREED = (
        *("role", "office", "committee", "proposed_by", "decree_by", "decree_number", "decree_on"),
        *("since", "until"),
    )


class EndForm(forms.Form):
    """The end of a term before its last day."""

    on = DayField(label=_("Ended on"), help_text=_("From this day on the post gives no right."))
    because = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class RuleForm(forms.Form):
    """The day from which a waiting rule counts."""

    since = DayField(label=_("In force since"))


class BeginForm(forms.Form):
    """A new report."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Report.Kind.choices)
    year = WholeNumberField(label=_("Year (Jalali)"))


class ReportForm(forms.Form):
    """A report's words, and for each number that is asked for its value, source and date; a number may wait."""

    summary_fa = forms.CharField(label=_("Summary, Persian"), max_length=4000, required=False, widget=_ROWS)
    summary_en = forms.CharField(label=_("Summary, English"), max_length=4000, required=False, widget=_ROWS)

    def __init__(self, *args: Any, report: Report, **kwargs: Any) -> None:
        there = {figure.indicator: figure for figure in report.figures.all()}
        initial = {"summary_fa": report.summary_fa, "summary_en": report.summary_en}
        for code, figure in there.items():
            initial |= {f"{code}-{name}": getattr(figure, name) for name in self.PARTS}
        super().__init__(*args, initial=initial, **kwargs)
        for one in ASKED:
            self.fields[f"{one.code}-value"] = WholeNumberField(
                label=one.name, required=False, min_value=0, help_text=one.unit
            )
            self.fields[f"{one.code}-source_fa"] = forms.CharField(
                label=_("Source, Persian"), max_length=200, required=False
            )
            self.fields[f"{one.code}-source_en"] = forms.CharField(
                label=_("Source, English"), max_length=200, required=False
            )
            self.fields[f"{one.code}-source_day"] = DayField(label=_("Date of the source"), required=False)

    PARTS = ("value", "source_fa", "source_en", "source_day")

    def clean(self) -> dict[str, Any]:
        """A number needs its source and date, or all three stay empty."""
        data = super().clean() or {}
        for one in ASKED:
            has_value = data.get(f"{one.code}-value") is not None
            if has_value and not data.get(f"{one.code}-source_day"):
                self.add_error(f"{one.code}-source_day", _("Name the source of each number and its date."))
            if has_value and not data.get(f"{one.code}-source_fa"):
                self.add_error(f"{one.code}-source_fa", _("Name the source of each number and its date."))
        return data

    @property
    def summaries(self) -> dict[str, str]:
        return {language: self.cleaned_data[f"summary_{language}"] for language in ("fa", "en")}

    @property
    def figures(self) -> dict[str, dict[str, Any]]:
        """Code → value and source, of numbers that were given."""
        given = [one.code for one in ASKED if self.cleaned_data.get(f"{one.code}-value") is not None]
        return {code: {name: self.cleaned_data[f"{code}-{name}"] for name in self.PARTS} for code in given}
