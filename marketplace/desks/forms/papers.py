"""Forms that send papers in: a maker's or a venue's licence, documents of an origin. A paper once sent is kept, whatever else is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.dates import is_taken_back
from marketplace.bazaars.models import Venue, VenueLicence
from marketplace.bazaars.rules import require_happened, require_proper_licence
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.crafts.models import CraftGroup
from marketplace.desks.forms.base import OnceForm
from marketplace.desks.papers import ACCEPT, StoredPaper, keep_paper, paper_of_word, word_for
from marketplace.makers.models import Maker, ProductionLicence
from marketplace.ui.forms import DayField, WholeNumberField
from marketplace.ui.templatetags.rasteh import digits, jalali_brief

PAPER_HELP = _("A PDF or a photo, up to 10 MB. Only you and officers of Cultural Heritage can read it.")
DOCUMENTS = 3


class PaperForm(forms.Form):
    """A form with papers. `add_paper` adds one; after cleaning `papers` holds what is stored, by field name."""

    def __init__(self, *args, user: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.papers: dict[str, StoredPaper] = {}
        self.uploaded: list[StoredPaper] = []
        self._folders: dict[str, tuple[str, bool]] = {}

    def add_paper(self, name: str, *, label: Any, folder: str, needed: bool, help_text: Any = PAPER_HELP) -> None:
        """A field for a paper that is stored in a private folder; `needed` is asked at the end, when a kept one counts too."""
        self._folders[name] = (folder, needed)
        self.fields[name] = forms.FileField(
            label=label, required=False, help_text=help_text, widget=forms.FileInput({"accept": ACCEPT})
        )
        self.fields[f"kept_{name}"] = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, (folder, needed) in self._folders.items():
            self._clean_paper(name, folder)
            if needed and name not in self.papers and not self.has_error(name):
                self.add_error(name, ValidationError(_("Send the paper as a PDF or a photo."), code="no_paper"))
        return cleaned

    def _clean_paper(self, name: str, folder: str) -> None:
        try:
            if word := self.cleaned_data.get(f"kept_{name}"):
                self.papers[name] = paper_of_word(word, user=self.user)
            if upload := self.cleaned_data.get(name):
                self.papers[name] = keep_paper(upload, folder=folder)
                self.uploaded.append(self.papers[name])
        except ValidationError as error:
            self.add_error(name, error)

    def paper_row(self, name: str) -> dict[str, Any]:
        """A paper's field, with the kept file's name and its signed word."""
        paper = self.papers.get(name)
        return {
            "file": self[name],
            "needed": self._folders[name][1],
            "kept_name": self.add_prefix(f"kept_{name}"),
            "word": word_for(paper, user=self.user) if paper else "",
            "shown": paper.shown if paper else "",
        }


class LicenceDates(forms.Form):
    """Number and dates of a licence, as they stand on the paper."""

    number = forms.CharField(label=_("Number"), max_length=60, help_text=_("As it stands on the paper."))
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Good until"))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        example = {"example": jalali_brief(today())}
        self.fields["issued_on"].help_text = _("Year/month/day, such as %(example)s.") % example

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip()

    def clean_issued_on(self):
        require_happened(self.cleaned_data["issued_on"], on=today())
        return self.cleaned_data["issued_on"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        dates = {name: self.cleaned_data.get(name) for name in ("issued_on", "expires_on")}
        if all(dates.values()):
            try:
                require_proper_licence(**dates)
            except ValidationError as error:
                self.add_error("expires_on", error)
        return cleaned


class LicenceForm(OnceForm, LicenceDates, PaperForm):
    """A production licence, for one group of crafts."""

    kind = forms.ChoiceField(
        label=_("Kind of licence"), choices=ProductionLicence.Kind.choices, initial=ProductionLicence.Kind.INDIVIDUAL
    )
    craft_group = forms.ChoiceField(label=_("Group of crafts it covers"))
    pieces_a_year = WholeNumberField(
        label=_("Licensed capacity, pieces a year"), required=False, min_value=1, max_value=10_000_000
    )
    field_order = ("kind", "craft_group", "number", "issued_on", "expires_on", "pieces_a_year")

    def __init__(self, *args, maker: Maker, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        mine = set(maker.crafts.values_list("group", flat=True))
        self.groups = {str(group.pk): group for group in CraftGroup.objects.all()}
        ordered = sorted(self.groups.values(), key=lambda group: group.pk not in mine)
        self.fields["craft_group"].choices = [("", _("Choose")), *((str(group.pk), group.name) for group in ordered)]
        self.add_paper("scan", label=_("Scan of the licence"), folder="licences", needed=True)

    def clean_craft_group(self) -> CraftGroup:
        return self.groups[self.cleaned_data["craft_group"]]

    def scan_row(self) -> dict[str, Any]:
        """The scan, as it is kept."""
        return self.paper_row("scan")

    def facts(self) -> dict[str, Any]:
        """What `send_licence` asks for."""
        names = ("kind", "craft_group", "number", "issued_on", "expires_on", "pieces_a_year")
        return {name: self.cleaned_data[name] for name in names} | {"scan": self.papers["scan"].name}


class VenueLicenceForm(LicenceDates, PaperForm):
    """A venue's licence by Cultural Heritage, or the renewal of one."""

    renews = forms.ChoiceField(label=_("What you send"), required=False)
    kind = forms.ChoiceField(
        label=_("Kind of licence"), choices=VenueLicence.Kind.choices, initial=VenueLicence.Kind.SHOP
    )
    issuer_fa = forms.CharField(label=_("Issuing directorate, as on the paper"), max_length=160)
    field_order = ("renews", "kind", "number", "issuer_fa", "issued_on", "expires_on")

    def __init__(self, *args, venue: Venue, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = venue.licences.prefetch_related("events").order_by("-expires_on")
        self.licences = {str(one.pk): one for one in held if not is_taken_back(one.events.all())}
        renewals = [(pk, _("Renewal of licence %(number)s") % {"number": one}) for pk, one in self.licences.items()]
        self.fields["renews"].choices = [*renewals, ("", _("A licence that is not on record yet"))]
        self.add_paper("scan", label=_("Scan of the licence"), folder="venues", needed=True)

    def clean_renews(self) -> VenueLicence | None:
        return self.licences.get(self.cleaned_data["renews"])

    def scan_row(self) -> dict[str, Any]:
        """The scan, as it is kept."""
        return self.paper_row("scan")

    def facts(self) -> dict[str, Any]:
        """What `send_venue_licence` asks for."""
        names = ("renews", "kind", "number", "issuer_fa", "issued_on", "expires_on")
        return {name: self.cleaned_data[name] for name in names} | {"scan": self.papers["scan"].name}


class OriginForm(OnceForm, PaperForm):
    """Ask an officer to verify a work's origin, with what shows it."""

    text = forms.CharField(
        label=_("What shows that it is made in Iran?"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Who made it, where, when, from what; an officer reads it together with your documents."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, DOCUMENTS + 1):
            names = {"number": digits(number)}
            self.fields[f"title_{number}"] = forms.CharField(
                label=_("What document %(number)s is") % names, required=False, max_length=160
            )
            self.add_paper(f"document_{number}", label=_("Document %(number)s") % names, folder="origins", needed=False)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.papers and not any(self.has_error(f"document_{number}") for number in range(1, DOCUMENTS + 1)):
            self.add_error(
                "document_1",
                ValidationError(_("Send at least one document that shows the origin."), code="no_document"),
            )
        for number in range(1, DOCUMENTS + 1):
            if f"document_{number}" in self.papers and not self.cleaned_data.get(f"title_{number}"):
                self.add_error(
                    f"title_{number}", ValidationError(_("Say what this document is."), code="no_document_title")
                )
        return cleaned

    def document_rows(self) -> list[dict[str, Any]]:
        """Each document's fields."""
        return [
            self.paper_row(f"document_{number}") | {"title": self[f"title_{number}"]}
            for number in range(1, DOCUMENTS + 1)
        ]

    def documents(self) -> list[tuple[str, str]]:
        """(title, stored name) of each document."""
        return [
            (self.cleaned_data[f"title_{number}"], self.papers[f"document_{number}"].name)
            for number in range(1, DOCUMENTS + 1)
            if f"document_{number}" in self.papers
        ]
