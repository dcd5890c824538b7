"""Forms of rounds and of the ladder: a finding, a warning, a closure, an appeal, a lifting."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import TEHRAN, today
from marketplace.rounds.models import About, Answer, Photo, Question, Visit
from marketplace.ui.forms import DayField, WholeNumberField
from marketplace.ui.templatetags.rasteh import digits, jalali_brief

#: Photos in one sending.
MOST_PHOTOS = 12


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


class ManyFiles(forms.FileInput):
    """Several files at once, from a phone's camera or its pictures."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photos, cleaned to a list of uploads."""

    widget = ManyFiles({"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if len(sent) > MOST_PHOTOS:
            raise ValidationError(_("Send twelve photos at once at most."), code="too_many_photos")
        clean = super().clean
        return [clean(one, initial) for one in sent]


class VisitForm(forms.Form):
    """A stall's checklist: an answer and a note for each question that is asked today, all of them may wait; photos beside them."""

    def __init__(self, *args: Any, questions: list[Question], visit: Visit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        kept = {answer.question_id: answer for answer in visit.answers.all()} if visit else {}
        for question in questions:
            was = kept.get(question.pk)
            self.fields[f"given_{question.pk}"] = forms.ChoiceField(
                label=question.text,
                choices=Answer.Is.choices,
                required=False,
                widget=forms.RadioSelect,
                initial=was.given if was else None,
            )
            self.fields[f"note_{question.pk}"] = forms.CharField(
                label=_("Note"), max_length=300, required=False, initial=was.note if was else ""
            )
        self.fields["note"] = _words(_("What else you saw"), rows=3, required=False)
        self.fields["note"].initial = visit.note if visit else ""
        self.fields["photos"] = PhotosField(
            label=_("Photos"),
            required=False,
            help_text=_("Twelve at once at most. What the camera wrote into them is taken out; only its time is kept."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not any(value for name, value in cleaned.items()) and not self.errors:
            raise ValidationError(_("Nothing was answered yet."), code="nothing_kept")
        return cleaned

    @property
    def photos_lost(self) -> bool:
        """Whether photos came with what was refused: a browser does not send them again by itself."""
        return bool(self.errors and self.files)

    def rows(self) -> list[tuple[Question, forms.BoundField, forms.BoundField]]:
        """Each question with its answer's field and its note's."""
        return [(one, self[f"given_{one.pk}"], self[f"note_{one.pk}"]) for one in self.questions]

    def answers(self) -> dict[Question, tuple[str, str]]:
        """What was answered; a question left open is left out."""
        told = self.cleaned_data
        return {
            one: (told[f"given_{one.pk}"], told[f"note_{one.pk}"]) for one in self.questions if told[f"given_{one.pk}"]
        }


class VisitFindingForm(FindingForm):
    """A finding of a visit, with the photos that show it."""

    photos = forms.ModelMultipleChoiceField(
        label=_("Photos that show it"),
        queryset=Photo.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["photos"]
        field.queryset = visit.photos.all()  # type: ignore[attr-defined]
        field.label_from_instance = photo_name  # type: ignore[attr-defined]


def photo_name(photo: Photo) -> str:
    """Such as «photo 12, received 10:40»."""
    return _("photo %(number)s, received %(at)s") % {
        "number": digits(photo.pk),
        "at": digits(photo.received_at.astimezone(TEHRAN).strftime("%H:%M")),
    }
