"""The officer's forms about seals: who sits, what happens to a grant, its certificate."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User
from marketplace.desks.officer.access import officer_name
from marketplace.desks.officer.seals import REINSTATE, REVOKE, SUSPEND, person_of


class JurorsForm(forms.Form):
    """People to call: from those who are known to sit, and one more by mail or mobile."""

    known = forms.MultipleChoiceField(
        label=_("People who sit on juries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    other = forms.CharField(
        label=_("Another person"),
        required=False,
        max_length=120,
        help_text=_("Mail address or mobile of somebody with an account."),
    )

    def __init__(self, *args, jurors: Iterable[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(one.pk): one for one in jurors}
        choices = self.fields["known"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(pk, officer_name(one)) for pk, one in self.people.items()]
        if not self.people:
            del self.fields["known"]

    def clean_other(self) -> User | None:
        typed = self.cleaned_data["other"]
        if not typed:
            return None
        found = person_of(typed)
        if found is None:
            raise ValidationError(_("Nobody has an account with this mail address or mobile."), code="unknown_person")
        return found

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and not self.chosen():
            raise ValidationError(_("Choose somebody to call."), code="nobody_chosen")
        return cleaned

    def chosen(self) -> list[User]:
        """Whom to call."""
        known = [self.people[pk] for pk in self.cleaned_data.get("known", [])]
        other = self.cleaned_data.get("other")
        return [*known, other] if other else known


class GrantForm(forms.Form):
    """What happens to a grant, and why."""

    act = forms.ChoiceField(
        label=_("What happens"),
        widget=forms.RadioSelect,
        choices=[
            (SUSPEND, _("Suspend it while a question is looked into")),
            (REINSTATE, _("End its suspension")),
            (REVOKE, _("Revoke it for good")),
        ],
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea({"rows": 3}),
        max_length=300,
        help_text=_("The maker reads it, and it stands in the public log: name nobody in it."),
    )

    def __init__(self, *args, suspended: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        act = self.fields["act"]
        assert isinstance(act, forms.ChoiceField)
        unfit = SUSPEND if suspended else REINSTATE
        act.choices = [(value, label) for value, label in act.choices if value != unfit]


class PassportForm(GrantForm):
    """What happens to the passport of a piece, and why."""

    def __init__(self, *args, suspended: bool, **kwargs) -> None:
        super().__init__(*args, suspended=suspended, **kwargs)
        self.fields["reason"].help_text = _(
            "The maker and whoever looks the label up read it, and it stands in the public log: name nobody in it."
        )


class CertificateForm(forms.Form):
    """The certificate as its body gave it."""

    file = forms.FileField(
        label=_("Certificate, PDF"),
        widget=forms.FileInput({"accept": "application/pdf"}),
        help_text=_("Kept byte for byte; its digest and today's date go into the credentials of pieces."),
    )
