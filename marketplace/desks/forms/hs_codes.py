"""Which HS code a person says a work has: one that is suggested, or another one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from marketplace.core.persian import DECIMAL_POINT, to_latin_digits
from marketplace.customs.hs import Suggestion, meaning_of
from marketplace.customs.rules import require_hs_form

OTHER = "other"
#: Letters of a code as it is typed, digits of any script and spaces around it included.
_LONGEST = 20


class HsCodeForm(forms.Form):
    """The suggestions as radio buttons, likeliest first, and room for any other code."""

    choice = forms.ChoiceField(label=_("The code of this work"), widget=forms.RadioSelect)
    other = forms.CharField(
        label=_("Another code"),
        required=False,
        max_length=_LONGEST,
        help_text=_("Four digits, then pairs after points, such as 5702.10; read it from the tariff or ask a broker."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "inputmode": "decimal"}),
    )

    def __init__(self, *posted: Any, suggested: list[Suggestion], known: tuple[str, ...] = (), **more: Any):
        """`known` are codes that were said before; they stand first, whether they are suggested or not."""
        super().__init__(*posted, **more)
        rows = {one.code.code: " ".join(str(reason) for reason in one.reasons) for one in suggested}
        first = dict.fromkeys(known, "")
        choices = [(code, _label(code, rows.get(code, ""))) for code in first | rows]
        self.fields["choice"].choices = [*choices, (OTHER, _("another code"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        """The code as it is kept, in `code`."""
        cleaned = super().clean()
        choice = self.cleaned_data.get("choice")
        typed = to_latin_digits(self.cleaned_data.get("other") or "").replace(DECIMAL_POINT, ".").strip()
        if choice == OTHER:
            try:
                require_hs_form(typed)
            except ValidationError as error:
                self.add_error("other", error)
        self.cleaned_data["code"] = typed if choice == OTHER else choice
        return cleaned


def _label(code: str, reasons: str) -> str:
    return format_html(
        '<span><bdi dir="ltr">{}</bdi> {}<br><span class="by">{}</span></span>', code, meaning_of(code), reasons
    )
