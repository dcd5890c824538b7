"""The officer's forms."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from catalogue.rules import HOME_COUNTRY
from marketplace.bazaars.models import LicenceEvent, VenueLicence
from marketplace.core.clock import today
from marketplace.core.models import User
from marketplace.desks.countries import countries
from marketplace.desks.forms.base import reader_language
from marketplace.desks.officer.access import officer_name
from marketplace.makers.models import ProductionLicence
from marketplace.matters.kinds import Kind
from marketplace.ui.forms import DayField

_ROWS = forms.Textarea({"rows": 3})
#: Which field a rule's no belongs to.
_FIELD_OF = {
    "reason_needed": "reason",
    "unknown_decision": "decision",
    "future_event": "on",
    "licence_dates": "expires_on",
    "new_end": "expires_on",
    "origin_country": "country",
    "origin_ended": "until",
}


def say(form: forms.Form, error: ValidationError) -> None:
    """Put a rule's no at the field it is about, or above the form."""
    field = _FIELD_OF.get(getattr(error, "code", None) or "")
    form.add_error(field if field in form.fields else None, error)


class NoteForm(forms.Form):
    """A remark for officers."""

    text = forms.CharField(
        label=_("Note"), widget=_ROWS, max_length=2000, help_text=_("Officers read it, nobody else.")
    )


class AskForm(forms.Form):
    """A question to the maker."""

    text = forms.CharField(
        label=_("Question"),
        widget=_ROWS,
        max_length=2000,
        help_text=_("It is sent as a message; the answer comes here."),
    )


class AssignForm(forms.Form):
    """Who sees to a matter."""

    to = forms.ChoiceField(label=_("Who sees to it"), required=False)

    def __init__(self, *args, officers: Iterable[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in officers}
        nobody = [("", _("nobody: open to all"))]
        self.fields["to"].choices = nobody + [(pk, officer_name(user)) for pk, user in self.people.items()]

    def clean_to(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])


class DecideForm(forms.Form):
    """A decision and its reason; whether the reason may be left out is the rule's to say."""

    decision = forms.ChoiceField(label=_("Decision"), widget=forms.RadioSelect, required=False)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea({"rows": 4}), required=False, max_length=4000)

    def __init__(self, *args, kind: Kind, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decision"].choices = [(one.code, one.label) for one in kind.decisions]
        free = [str(one.label) for one in kind.decisions if not one.needs_reason]
        self.fields["reason"].help_text = (
            _("The maker reads it. It may be left out for “%(decision)s”.") % {"decision": "، ".join(free)}
            if free
            else _("The maker reads it, and may appeal.")
        )


class EventForm(forms.Form):
    """What happened to a venue's licence."""

    licence = forms.ChoiceField(label=_("Licence"))
    kind = forms.ChoiceField(label=_("What happened"), choices=[("", _("Choose")), *LicenceEvent.Kind.choices])
    on = DayField(label=_("On which day"), help_text=_("Not a day to come."))
    expires_on = DayField(label=_("New end of the licence"), required=False, help_text=_("For a renewal only."))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args, licences: Iterable[VenueLicence], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.licences = {str(licence.pk): licence for licence in licences}
        self.fields["licence"].choices = [(pk, licence.number) for pk, licence in self.licences.items()]
        self.fields["on"].initial = today()

    def clean_licence(self) -> VenueLicence:
        return self.licences[self.cleaned_data["licence"]]


class GrantForm(forms.Form):
    """A licence of a venue, as it stands on the paper."""

    number = forms.CharField(label=_("Number"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind of licence"), choices=VenueLicence.Kind.choices)
    issuer_fa = forms.CharField(label=_("Issuing directorate"), max_length=160)
    issued_on = DayField(label=_("Issued on"))
    expires_on = DayField(label=_("Good until"))


class OriginForm(forms.Form):
    """An officer's word on a work's origin."""

    state = forms.ChoiceField(label=_("Origin"), choices=Product.Origin.choices, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("Country of origin"), required=False)
    place = forms.CharField(label=_("Place of origin"), max_length=120, required=False)
    until = DayField(
        label=_("Iranian origin holds until"),
        required=False,
        help_text=_("Empty: without an end. For Iranian origin only."),
    )
    reason = forms.CharField(label=_("Reason"), widget=_ROWS, max_length=2000, help_text=_("The maker reads it."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("not known")), *countries(reader_language())]

    @classmethod
    def of(cls, work: Product) -> "OriginForm":
        """The form of a work, as its origin stands now; the reason is always new."""
        return cls(
            initial={
                "state": work.origin_state,
                "country": work.origin_country or HOME_COUNTRY,
                "place": work.origin_place,
            }
        )


class LicenceChangeForm(forms.Form):
    """Renew or revoke a production licence."""

    RENEW, REVOKE = "renew", "revoke"

    licence = forms.ChoiceField(label=_("Licence"))
    act = forms.ChoiceField(
        label=_("What to do"),
        widget=forms.RadioSelect,
        initial=RENEW,
        choices=[(RENEW, _("Renew it until this day")), (REVOKE, _("Revoke it from this day"))],
    )
    on = DayField(label=_("Day"), help_text=_("The new end, or the day of the revocation (not a day to come)."))
    reason = forms.CharField(label=_("Reason"), widget=_ROWS, max_length=2000, help_text=_("The maker reads it."))

    def __init__(self, *args, licences: Iterable[ProductionLicence], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.licences = {str(licence.pk): licence for licence in licences if licence.revoked_on is None}
        self.fields["licence"].choices = [
            (pk, f"{licence.number} · {licence.craft_group.name}") for pk, licence in self.licences.items()
        ]

    def clean_licence(self) -> ProductionLicence:
        return self.licences[self.cleaned_data["licence"]]

    def change(self) -> dict[str, Any]:
        """What `change_licence` is told."""
        data = self.cleaned_data
        day = "revoked_on" if data["act"] == self.REVOKE else "expires_on"
        return {"licence": data["licence"], day: data["on"], "reason": data["reason"]}
