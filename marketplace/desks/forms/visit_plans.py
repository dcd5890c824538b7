"""Forms of a host: the week of a visit, one more date, and what may change of a date."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from marketplace.bookings.models import Session
from marketplace.bookings.plans import Plan, WeekTime
from marketplace.bookings.words import LANGUAGES
from marketplace.core.clock import TEHRAN
from marketplace.core.persian import to_latin_digits
from marketplace.ui.forms import DayField, DigitsInput, TomanField, WholeNumberField
from marketplace.ui.templatetags.rasteh import digits

#: Places that one date may have; a larger gathering is an event.
MOST_PLACES = 500
#: Times of a week that a plan may have, and empty rows under those it has.
MOST_TIMES, EMPTY_ROWS = 14, 2
_HOUR = re.compile(r"(\d{1,2})[:٫.](\d{2})")
_WEEK = (5, 6, 0, 1, 2, 3, 4)  # as it runs in Iran, by Python's numbers


class HourField(forms.Field):
    """An hour of the day, such as ۱۶:۳۰, in Persian, Arabic or Latin digits."""

    widget = DigitsInput(attrs={"dir": "ltr"})
    default_error_messages = {"invalid": _("Write the hour as hour:minutes, such as %(example)s.")}

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or isinstance(value, time):
            return value or None
        found = _HOUR.fullmatch(to_latin_digits(str(value)).strip())
        try:
            return time(int(found[1]), int(found[2])) if found else self._refuse()
        except ValueError:
            return self._refuse()

    def _refuse(self) -> None:
        raise ValidationError(self.error_messages["invalid"], code="invalid", params={"example": digits("16:30")})

    def prepare_value(self, value: Any) -> Any:
        return digits(f"{value:%H:%M}") if isinstance(value, time) else value


def _places(**more: Any) -> WholeNumberField:
    return WholeNumberField(label=_("Places"), min_value=1, max_value=MOST_PLACES, **more)


def _price() -> TomanField:
    return TomanField(label=_("Price of a place (toman)"), min_value=0, help_text=_("0: free of charge."))


def _languages() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple)


class WeekForm(forms.Form):
    """What holds for every date of the week's plan."""

    price_rial = _price()
    languages = _languages()


class TimeForm(forms.Form):
    """One row of the plan: a day, an hour, places. An empty row is none."""

    weekday = forms.TypedChoiceField(
        label=_("Day of the week"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "—"), *((day, WEEKDAYS[day]) for day in _WEEK)],
    )
    starts = HourField(label=_("From"), required=False)
    places = _places(required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if self.errors or (not any(told.values()) and told.get("weekday") is None):
            return told
        for name in ("weekday", "starts", "places"):
            if told.get(name) is None:
                self.add_error(name, ValidationError(_("Fill the whole row, or leave it empty."), code="half_row"))
        return told


class _Times(forms.BaseFormSet):
    def told(self) -> list[WeekTime]:
        """The rows that were filled."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("weekday") is not None]
        return [WeekTime(row["weekday"], row["starts"], row["places"]) for row in rows]


_Rows = forms.formset_factory(
    TimeForm, formset=_Times, extra=EMPTY_ROWS, max_num=MOST_TIMES, absolute_max=MOST_TIMES, validate_max=True
)


def times_of(plan: Plan, *posted: Any) -> _Times:
    """The rows of a plan as it stands, or as they were typed."""
    there = [{"weekday": one.weekday, "starts": one.starts, "places": one.places} for one in plan.times]
    rows = _Rows(*posted, prefix="times") if posted else _Rows(initial=there, prefix="times")
    assert isinstance(rows, _Times)
    return rows


class DateForm(forms.Form):
    """One more date of a visit."""

    day = DayField(label=_("Day"), help_text=_("As year/month/day."))
    hour = HourField(label=_("Hour"))
    places = _places()

    @property
    def starts_at(self) -> datetime:
        """The moment that was typed, in Tehran."""
        day: date = self.cleaned_data["day"]
        return datetime.combine(day, self.cleaned_data["hour"], TEHRAN)


class ChangeForm(forms.Form):
    """What a host changes of one date; where somebody booked, the places alone."""

    places = _places()
    price_rial = _price()
    languages = _languages()

    def __init__(self, *posted: Any, session: Session) -> None:
        self.session = session
        now = {"places": session.places, "price_rial": int(session.price_rial), "languages": session.languages}
        super().__init__(*posted, initial=now)
        if session.taken:
            for name in ("price_rial", "languages"):
                self.fields[name].disabled = True
            self.fields["places"].help_text = _("Visitors have booked: places can be added.")
