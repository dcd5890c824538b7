"""Up to three photos in a form; what is stored is encoded anew, whatever was sent."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.persian import group_digits
from marketplace.core.pictures import read_picture, small_copy

MOST_PHOTOS = 3


class PhotosForm(forms.Form):
    """After `is_valid()`, `photos` are the pictures sent, as WebP bytes."""

    def __init__(self, *args, **more) -> None:
        super().__init__(*args, **more)
        self.photos: list[bytes] = []
        language = (get_language() or "fa")[:2]
        for nth in range(1, MOST_PHOTOS + 1):
            self.fields[f"photo_{nth}"] = forms.FileField(
                label=_("Photo %(nth)s") % {"nth": group_digits(nth, language=language)},
                required=False,
                widget=forms.FileInput(attrs={"accept": "image/*"}),
            )

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        self.photos = []
        for nth in range(1, MOST_PHOTOS + 1):
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
