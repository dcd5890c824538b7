"""A maker's break, as its maker tells it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.makers.holidays import Way
from marketplace.ui.forms import DayField


class HolidayForm(forms.Form):
    """The days are typed in Jalali; `marketplace.makers.rules` says which are taken."""

    first = DayField(label=_("First day of the break"), help_text=_("Today or later, as year/month/day."))
    last = DayField(label=_("Last day of the break"), help_text=_("This day is still part of it."))
    way = forms.ChoiceField(
        label=_("Orders meanwhile"), choices=Way.choices, initial=Way.CLOSED, widget=forms.RadioSelect
    )
    words_fa = forms.CharField(
        label=_("A sentence for buyers, in Persian"),
        max_length=200,
        help_text=_("Why you rest, or what you want to say to buyers. Everybody can read it."),
    )
    words_en = forms.CharField(label=_("The same in English"), max_length=200, required=False)
    in_venues = forms.BooleanField(
        label=_("What I offer in venues rests too"),
        required=False,
        help_text=_("Otherwise venues go on selling it, because it leaves from there."),
    )
