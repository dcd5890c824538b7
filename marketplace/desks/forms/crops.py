"""How much of a picture is cut from each side."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.drafts.pictures import WHOLE, Crop

#: Hundredths that may be cut from one side: a tenth is left when both sides give all they can.
MOST = 45
PER_CENT = 10  # thousandths in a hundredth


class Slider(forms.NumberInput):
    """A slider, by pointer or arrow keys."""

    input_type = "range"

    def use_required_attribute(self, initial: object) -> bool:
        """A slider always has a value; HTML knows no required one."""
        return False


def _side(label) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, initial=0, widget=Slider)


class CropForm(forms.Form):
    """What is cut from each side, in hundredths of the picture."""

    top = _side(_("Cut from the top (%)"))
    right = _side(_("Cut from the right (%)"))
    bottom = _side(_("Cut from the bottom (%)"))
    left = _side(_("Cut from the left (%)"))

    @staticmethod
    def initial_of(crop: list[int] | None) -> dict[str, int]:
        """The sliders as the picture is cropped now."""
        left, top, right, bottom = crop or WHOLE
        cut = {"left": left, "top": top, "right": WHOLE[2] - right, "bottom": WHOLE[3] - bottom}
        return {side: min(MOST, round(thousandths / PER_CENT)) for side, thousandths in cut.items()}

    def crop(self) -> Crop:
        """As `crop_picture` takes it."""
        cut = {side: self.cleaned_data[side] * PER_CENT for side in self.fields}
        return cut["left"], cut["top"], WHOLE[2] - cut["right"], WHOLE[3] - cut["bottom"]
