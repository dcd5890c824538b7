"""Forms of the label's pages: the code, the word under the scratch field, a doubt."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from authenticity.codes import read_code
from authenticity.reading import code_in_photo
from marketplace.core.pictures import read_picture


class CodeForm(forms.Form):
    """A code typed, or a photo of the label. The code that was read stands in `code` of the cleaned data."""

    code = forms.CharField(
        label=_("Code on the label"),
        required=False,
        max_length=200,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr", "spellcheck": "false"}
        ),
        help_text=_("26 letters and digits below the square pattern."),
    )
    photo = forms.FileField(
        label=_("Or a photo of the label"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )

    def clean(self) -> dict:
        cleaned = super().clean() or {}
        if cleaned.get("photo"):
            found = code_in_photo(read_picture(cleaned["photo"]))
            if not found:
                raise ValidationError(
                    _("No label could be read in this photo. Hold the phone closer and flat, or type the code."),
                    code="no_qr",
                )
            return {**cleaned, "code": found}
        typed = read_code(cleaned.get("code", ""))
        if not typed:
            raise ValidationError(
                _("This is not a whole code: it has 26 letters and digits. Look at the label again."), code="not_a_code"
            )
        return {**cleaned, "code": typed}


class ActivateForm(forms.Form):
    """The word under the scratch field."""

    scratch = forms.CharField(
        label=_("The word under the scratch field"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr", "spellcheck": "false"}
        ),
        help_text=_("10 letters and digits. It can be used once."),
    )


class DoubtForm(forms.Form):
    """What somebody saw, with a photo."""

    text = forms.CharField(label=_("What did you see?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    photo = forms.FileField(
        label=_("A photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    contact = forms.CharField(
        label=_("How can we reach you?"),
        required=False,
        max_length=120,
        help_text=_("Mail or mobile, if you want an answer. Only officers read it."),
    )

    def clean_photo(self):
        photo = self.cleaned_data.get("photo")
        return read_picture(photo) if photo else None
