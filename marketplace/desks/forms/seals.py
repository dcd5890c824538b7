"""Forms of a maker who asks for a seal: what is asked for, and papers, each with a word whether it names the maker."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from authenticity.models import SealScheme
from authenticity.queries import schemes_given
from catalogue.models import ProductLine
from marketplace.core.clock import today
from marketplace.desks.forms.base import OnceForm
from marketplace.desks.forms.papers import PaperForm
from marketplace.desks.papers import require_blind
from marketplace.makers.models import Maker
from marketplace.ui.templatetags.rasteh import digits

PAPERS = 6
_HELP = _("A PDF or a photo, up to 10 MB. Read by officers, and by the jury where it names nobody.")


class SealPapersForm(OnceForm, PaperForm):
    """Papers of an application, up to six: also what is sent again after a return."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, PAPERS + 1):
            words = {"number": digits(number)}
            self.fields[f"title_{number}"] = forms.CharField(
                label=_("What paper %(number)s is") % words, required=False, max_length=160
            )
            self.fields[f"names_{number}"] = forms.BooleanField(
                label=_("This names me or my workshop"), required=False, initial=True
            )
            self.add_paper(
                f"paper_{number}",
                label=_("Paper %(number)s") % words,
                folder="seals",
                needed=False,
                help_text=_HELP,
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for number in self._sent():
            if not self.cleaned_data.get(f"title_{number}"):
                error = ValidationError(_("Say what this document is."), code="no_document_title")
                self.add_error(f"title_{number}", error)
            if not self.cleaned_data.get(f"names_{number}"):
                self._require_blind(f"paper_{number}")
        return cleaned

    def _require_blind(self, name: str) -> None:
        try:
            require_blind(self.papers[name])
        except ValidationError as error:
            self.add_error(name, error)

    def _sent(self) -> list[int]:
        return [number for number in range(1, PAPERS + 1) if f"paper_{number}" in self.papers]

    def paper_rows(self) -> list[dict[str, Any]]:
        """Each paper's fields."""
        return [
            self.paper_row(f"paper_{number}")
            | {"title": self[f"title_{number}"], "names": self[f"names_{number}"], "open": number == 1}
            for number in range(1, PAPERS + 1)
        ]

    def sent_papers(self) -> list[tuple[str, str, bool]]:
        """(title, stored name, whether it names the maker) of each."""
        return [
            (
                self.cleaned_data[f"title_{number}"],
                self.papers[f"paper_{number}"].name,
                self.cleaned_data[f"names_{number}"],
            )
            for number in self._sent()
        ]


class SealForm(SealPapersForm):
    """An application: one's own product line asks for a seal that is given today."""

    scheme = forms.ModelChoiceField(label=_("Seal"), queryset=SealScheme.objects.none(), empty_label=_("Choose"))
    line = forms.ModelChoiceField(label=_("Product line"), queryset=ProductLine.objects.none(), empty_label=_("Choose"))
    text = forms.CharField(
        label=_("What the officers should know"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Officers read it; jurors do not."),
    )

    def __init__(self, *args, maker: Maker, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, found in (
            ("scheme", schemes_given(today().year)),
            ("line", ProductLine.objects.filter(maker=maker).select_related("craft")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = found
