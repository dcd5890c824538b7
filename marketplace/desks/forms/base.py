"""What the forms share: the reader's language, and a token that makes pressing twice ask once."""

import uuid

from django import forms
from django.utils.translation import get_language


def reader_language() -> str:
    """fa or en."""
    return (get_language() or "fa")[:2]


class OnceForm(forms.Form):
    """A form with a token of its own, so that pressing twice asks once."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
