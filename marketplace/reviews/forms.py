"""The forms of a review, and of what its maker or an officer says to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.reviews.models import Review
from marketplace.reviews.services import Words
from marketplace.ui.photos_form import PhotosForm

STARS = [(5, "★★★★★"), (4, "★★★★"), (3, "★★★"), (2, "★★"), (1, "★")]


class ReviewForm(PhotosForm):
    """Stars, words, how the writer is named, and up to three photos."""

    stars = forms.TypedChoiceField(label=_("Stars"), choices=STARS, coerce=int, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What do you say of it?"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )
    shown_as = forms.ChoiceField(
        label=_("How are you named?"),
        choices=Review.ShownAs.choices,
        initial=Review.ShownAs.BUYER,
        widget=forms.RadioSelect,
        help_text=_("Your mail and your mobile are never shown."),
    )
    name = forms.CharField(label=_("Name to show"), required=False, max_length=60)

    @property
    def words(self) -> Words:
        return Words(**{field: self.cleaned_data[field] for field in ("stars", "text", "shown_as", "name")})


class ReplyForm(forms.Form):
    """Words about a review: a maker's answer, or an officer's reason."""

    text = forms.CharField(label=_("Words"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
