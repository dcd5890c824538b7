"""Forms of cartons: which carrier, which piece into which carton, under which number it left."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.export.models import ConsignmentLine, ForeignCarrier
from marketplace.export.packing import name_of
from marketplace.packing.model import Packing
from marketplace.ui.templatetags.rasteh import digits


class PackForm(forms.Form):
    """Whose limits the cartons are filled under."""

    carrier = forms.ModelChoiceField(
        label=_("Carrier"), queryset=ForeignCarrier.objects.filter(is_active=True).order_by("code")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.fields["carrier"].queryset.exists():  # type: ignore[attr-defined]
            self.fields["carrier"].help_text = _(
                "No carrier abroad is written down yet. Officers of the market do that; ask them."
            )


class MoveForm(forms.Form):
    """A piece, the carton it goes into, and the version of the packing that was seen."""

    piece = forms.ChoiceField(label=_("Piece"))
    to_carton = forms.ChoiceField(label=_("Into carton"))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, packing: Packing, lines: list[ConsignmentLine], seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"seen": seen}, auto_id="id_move_%s", **kwargs)
        self.fields["piece"].choices = [  # type: ignore[attr-defined]
            (
                each.piece.id,
                _("%(piece)s (now in carton %(carton)s)")
                % {"piece": name_of(lines, each.piece.id), "carton": digits(carton.number)},
            )
            for carton in packing.cartons
            for each in carton.placed
        ]
        self.fields["to_carton"].choices = [  # type: ignore[attr-defined]
            (str(carton.number), f"{digits(carton.number)} · {carton.kind.id}") for carton in packing.cartons
        ]


class DispatchForm(forms.Form):
    """The number under which the carrier took it."""

    tracking = forms.CharField(
        label=_("Tracking number"), max_length=60, widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"})
    )
