"""Form fields that take what a Persian reader types: digits of any script, toman, Jalali dates."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.core import money
from marketplace.core.jalali import parse_day
from marketplace.core.persian import THOUSANDS, to_latin_digits
from marketplace.ui.templatetags.rasteh import digits, jalali_brief

_SEPARATORS = str.maketrans("", "", f"{THOUSANDS}, \u00a0\u200c")


class DigitsInput(forms.TextInput):
    """A text input with a phone's number pad: <input type=number> refuses Persian digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", **(attrs or {})})


class WholeNumberField(forms.IntegerField):
    """A whole number in Persian, Arabic or Latin digits, with or without separators."""

    widget = DigitsInput

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = to_latin_digits(value).translate(_SEPARATORS)
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return digits(value) if isinstance(value, int) else value


class TomanField(WholeNumberField):
    """A price typed in toman and cleaned to rial; `initial` is rial too."""

    def to_python(self, value: Any) -> int | None:
        toman = super().to_python(value)
        if toman is None or not isinstance(value, str):
            return toman
        return money.to_rial(toman, money.TOMAN)

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(money.in_unit(value, money.TOMAN) if isinstance(value, int) else value)


class DayField(forms.DateField):
    """A day typed in Jalali (۱۴۰۵/۸/۱۲) or Gregorian (2026-11-03), cleaned to a Gregorian date."""

    widget = DigitsInput
    default_error_messages = {"invalid": _("Write the day as year/month/day, such as %(example)s.")}

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values or isinstance(value, datetime.date):
            return super().to_python(value)
        try:
            return parse_day(value)
        except ValueError as error:
            example = jalali_brief(datetime.date(2026, 11, 3))
            raise forms.ValidationError(
                self.error_messages["invalid"], code="invalid", params={"example": example}
            ) from error

    def prepare_value(self, value: Any) -> Any:
        return jalali_brief(value) if isinstance(value, datetime.date) else value
