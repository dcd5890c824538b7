"""Forms of the labels: which work, how many, how they are laid out; why one is void."""

from django import forms
from django.utils.translation import gettext_lazy as _

from authenticity.models import LabelSheet
from authenticity.rules import MOST_LABELS
from catalogue.models import Product
from marketplace.core.clock import today
from marketplace.core.persian import to_latin_digits
from marketplace.desks.forms.base import OnceForm, reader_language
from marketplace.makers.models import Maker
from marketplace.ui.forms import DigitsInput, WholeNumberField


class LabelsForm(OnceForm):
    """Labels for one own work whose Iranian origin holds today."""

    work = forms.ModelChoiceField(label=_("Work"), queryset=Product.objects.none(), empty_label=_("Choose"))
    count = WholeNumberField(label=_("How many labels"), min_value=1, max_value=MOST_LABELS)
    layout = forms.ChoiceField(label=_("Layout"), choices=LabelSheet.Layout.choices, initial=LabelSheet.Layout.MEDIUM)
    language = forms.ChoiceField(
        label=_("Language of the labels"), choices=[("fa", _("Persian")), ("en", _("English"))]
    )
    gtin = forms.CharField(
        label=_("GTIN"),
        required=False,
        max_length=20,
        widget=DigitsInput,
        help_text=_("Only your own, from GS1; leave it empty if you have none."),
    )

    def __init__(self, *args, maker: Maker, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["work"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Product.objects.filter(maker=maker, parent=None).domestic_on(today()).order_by("-pk")
        field.label_from_instance = lambda work: work.name  # type: ignore[method-assign]
        self.fields["language"].initial = reader_language()

    def clean_gtin(self) -> str:
        return to_latin_digits(self.cleaned_data["gtin"]).replace(" ", "").replace("-", "")


class VoidForm(forms.Form):
    """Why a label is void."""

    because = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Such as: torn, printed badly. Who looks the label up reads it, and it stands in the public log."),
    )
