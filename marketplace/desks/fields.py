"""Form parts of the desks: choices in groups, lengths in centimetres."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.measures import MM_PER_CM
from marketplace.core.persian import DECIMAL_POINT, to_latin_digits
from marketplace.ui.forms import DigitsInput
from marketplace.ui.templatetags.rasteh import digits


class CentimetresField(forms.Field):
    """A length typed in centimetres, in any digits and with any decimal mark; cleaned to whole millimetres."""

    widget = DigitsInput

    def __init__(self, *, longest_cm: float = 5_000, **kwargs) -> None:
        super().__init__(**kwargs)
        self.longest_cm = longest_cm

    def to_python(self, value: str | None) -> int | None:
        if value in self.empty_values:
            return None
        typed = to_latin_digits(value).strip().replace(DECIMAL_POINT, ".").replace("/", ".").replace(",", ".")
        try:
            length = Decimal(typed)
        except InvalidOperation:
            raise ValidationError(
                _("Write a length in centimetres, such as %(example)s."),
                code="invalid",
                params={"example": digits(120)},
            )
        if not length.is_finite() or not 0 < length <= self.longest_cm:
            raise ValidationError(_("This length cannot be right; it is in centimetres."), code="length")
        return max(1, round(length * MM_PER_CM))

    def prepare_value(self, value: str | int | None) -> str | None:
        """Whole millimetres (an initial value) as centimetres; what was typed stays as typed."""
        return digits(f"{Decimal(value) / MM_PER_CM:f}") if isinstance(value, int) else value


def grouped(things: Iterable, group_of) -> list[tuple[str, list[tuple[str, str]]]]:
    """Choices in groups, for <optgroup>: the things must come in the order of their groups."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for thing in things:
        groups.setdefault(str(group_of(thing)), []).append((str(thing.pk), thing.name))
    return list(groups.items())
