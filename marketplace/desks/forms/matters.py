"""The maker's word in a matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

TEXT = forms.Textarea({"rows": 5})


class AnswerForm(forms.Form):
    """What the maker says before a decision."""

    text = forms.CharField(label=_("Your answer"), max_length=4_000, widget=TEXT)


class AppealForm(forms.Form):
    """Why another officer should look again."""

    text = forms.CharField(label=_("Why the decision is wrong"), max_length=4_000, widget=TEXT)
