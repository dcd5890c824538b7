"""The form of a saved search."""

from django import forms

from marketplace.saved.models import SavedSearch


class SavedSearchForm(forms.ModelForm):
    class Meta:
        model = SavedSearch
        fields = ("name", "often")
        widgets = {"often": forms.RadioSelect, "name": forms.TextInput(attrs={"dir": "auto"})}
