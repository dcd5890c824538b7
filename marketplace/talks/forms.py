"""The form of a message."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.ui.photos_form import PhotosForm


class MessageForm(PhotosForm):
    """Words, and up to three photos."""

    text = forms.CharField(
        label=_("Your message"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
