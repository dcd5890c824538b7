"""Forms by which a buyer cancels, or gives back."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.persian import to_persian_digits
from marketplace.core.pictures import read_picture, small_copy
from marketplace.order.models import Line, Return
from marketplace.order.queries import shown_title

PHOTOS = 3


class PiecesForm(forms.Form):
    """How many pieces of each line that still stands; all of them unless told."""

    def __init__(self, *args, lines: Sequence[Line], **more) -> None:
        super().__init__(*args, **more)
        self.lines = [line for line in lines if line.standing]
        choosing = {}
        for line in self.lines:
            choosing[f"pieces_{line.pk}"] = forms.TypedChoiceField(
                label=_("Pieces of “%(work)s”") % {"work": title_of(line)},
                choices=[(count, _digits(count)) for count in range(line.standing + 1)],
                coerce=int,
                initial=line.standing,
            )
        self.fields = choosing | self.fields

    @property
    def pieces(self) -> dict[int, int]:
        """Line → pieces."""
        return {line.pk: self.cleaned_data[f"pieces_{line.pk}"] for line in self.lines}


def title_of(line: Line) -> str:
    """As it was sold, with the buyer's own text, by which two lines of one work are told apart."""
    return " · ".join(filter(None, (shown_title(line), line.personal_text)))


def _digits(count: int) -> str:
    return str(count) if (get_language() or "fa").startswith("en") else to_persian_digits(str(count))


class CancelForm(PiecesForm):
    reason = forms.CharField(label=_("Why?"), required=False, max_length=300)


class ReturnForm(PiecesForm):
    """A reason, words, and up to three photos, which are re-encoded."""

    reason = forms.ChoiceField(
        label=_("Why do you give it back?"), choices=Return.Reason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What happened?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, **more) -> None:
        super().__init__(*args, **more)
        for nth in range(1, PHOTOS + 1):
            self.fields[f"photo_{nth}"] = forms.FileField(
                label=_("Photo %(nth)s") % {"nth": _digits(nth)},
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/*"}),
            )

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        self.photos: list[bytes] = []
        for nth in range(1, PHOTOS + 1):
            upload = cleaned.get(f"photo_{nth}")
            try:
                if upload:
                    self.photos.append(small_copy(read_picture(upload)))
            except ValidationError as error:
                self.add_error(f"photo_{nth}", error)
        return cleaned

    @property
    def photos_lost(self) -> bool:
        """Whether photos came with what was refused: a browser does not send them again by itself."""
        return bool(self.errors and self.files)
