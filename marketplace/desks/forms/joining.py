"""The steps of a joining as forms: each is kept by itself, so that the checklist can be left and resumed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.desks.forms.makers import BecomeMakerForm
from marketplace.desks.forms.papers import PaperForm
from marketplace.desks.forms.statement import IbanForm
from marketplace.desks.papers import PDF
from marketplace.joining import services
from marketplace.joining.models import Joining
from marketplace.joining.rules import require_national_code
from marketplace.joining.steps import Step
from marketplace.listing.oscar_parts import seller_of
from marketplace.makers.models import Maker
from marketplace.ui.forms import DigitsInput

PICTURE_HELP = _("A photo, up to 10 MB. Only you and officers of Cultural Heritage see it.")


class IdentityForm(forms.Form):
    """Who the maker is."""

    legal_name = forms.CharField(label=_("Your name as on the national card"), max_length=120)
    code = forms.CharField(
        label=_("National code"),
        max_length=24,
        widget=DigitsInput(attrs={"dir": "ltr"}),
        help_text=_("Ten digits. We keep its last three and a print that cannot be read back, never the code itself."),
    )

    def __init__(self, *args, maker: Maker, joining: Joining, user: Any, **kwargs) -> None:
        super().__init__(*args, initial={"legal_name": joining.legal_name}, **kwargs)
        self.maker = maker

    def clean_code(self) -> str:
        return require_national_code(self.cleaned_data["code"])

    def keep(self) -> None:
        """Call it after `is_valid()`. Raises ValidationError."""
        services.tell_identity(maker=self.maker, **self.cleaned_data)


class WorkshopForm(BecomeMakerForm):
    """How, where and what the maker makes."""

    def __init__(self, *args, maker: Maker, joining: Joining, user: Any, **kwargs) -> None:
        now = {name: getattr(maker, name) for name in ("name_fa", "name_en", "kind")}
        crafts = [str(pk) for pk in maker.crafts.values_list("pk", flat=True)]
        super().__init__(*args, initial={**now, "city": str(maker.city_id), "crafts": crafts}, **kwargs)
        self.maker = maker

    def keep(self) -> None:
        """Call it after `is_valid()`. Raises ValidationError."""
        services.tell_workshop(maker=self.maker, **self.cleaned_data)


class AccountForm(IbanForm):
    """Where the maker's money is sent."""

    def __init__(self, *args, maker: Maker, joining: Joining, user: Any, **kwargs) -> None:
        seller = seller_of(maker)
        super().__init__(*args, initial={"iban": seller.iban, "owner": seller.iban_owner}, **kwargs)
        self.maker = maker

    def keep(self) -> None:
        """Call it after `is_valid()`. Raises ValidationError."""
        services.tell_account(maker=self.maker, **self.cleaned_data)


class PicturesForm(PaperForm):
    """A portrait and the workshop; one that is kept already need not come again."""

    def __init__(self, *args, maker: Maker, joining: Joining, user: Any, **kwargs) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.maker = maker
        for name, label in (("portrait", _("Portrait")), ("workshop", _("The workshop"))):
            needed = not getattr(joining, name)
            self.add_paper(name, label=label, folder="joining", needed=needed, help_text=PICTURE_HELP)
            self.fields[name].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,image/heic,image/heif"

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in [name for name, paper in self.papers.items() if paper.name.endswith(f".{PDF}")]:
            del self.papers[name]
            self.add_error(name, ValidationError(_("Send a photo: JPEG, PNG, WebP or HEIC."), code="paper_kind"))
        return cleaned

    def paper_rows(self) -> list[dict[str, Any]]:
        """Both pictures, as they are kept."""
        return [self.paper_row(name) for name in ("portrait", "workshop")]

    def keep(self) -> None:
        """Call it after `is_valid()`. Raises ValidationError."""
        services.tell_pictures(maker=self.maker, **{name: paper.name for name, paper in self.papers.items()})


#: The form of each step; the licence has its own page.
FORMS: dict[str, Any] = {
    Step.IDENTITY: IdentityForm,
    Step.WORKSHOP: WorkshopForm,
    Step.ACCOUNT: AccountForm,
    Step.PICTURES: PicturesForm,
}


class ReturnForm(forms.Form):
    """A reason for each step that an officer returns."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, prefix="return", **kwargs)
        for step in Step:
            self.fields[step.value] = forms.CharField(
                label=step.label, required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
            )


class StateForm(forms.Form):
    """Suspend, reopen or close a maker."""

    act = forms.ChoiceField(label=_("What is done"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}), help_text=_("The maker reads it.")
    )

    def __init__(self, *args, state: str, **kwargs) -> None:
        super().__init__(*args, prefix="state", **kwargs)
        acts = {
            "suspend": (_("Suspend: its offers are withdrawn until it is opened again"), ("active",)),
            "reopen": (_("Open again: what may be sold today is offered again"), ("suspended", "closed")),
            "close": (_("Close: its offers are withdrawn, orders and books stay"), ("active", "suspended")),
        }
        self.fields["act"].choices = [(code, label) for code, (label, states) in acts.items() if state in states]
