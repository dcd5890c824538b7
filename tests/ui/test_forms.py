import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from marketplace.ui.forms import DayField, TomanField, WholeNumberField

DAY = datetime.date(2026, 11, 3)


@pytest.mark.parametrize("typed", ["۱۸٬۰۰۰", "18,000", "١٨٠٠٠", " 18 000 "])
def test_number_is_read_in_any_digits(typed):
    assert WholeNumberField().clean(typed) == 18000


def test_word_is_no_number():
    with pytest.raises(ValidationError) as refused:
        WholeNumberField().clean("هجده")
    assert refused.value.error_list[0].code == "invalid"


def test_price_is_typed_in_toman_and_kept_in_rial():
    assert TomanField().clean("۱۸٬۰۰۰٬۰۰۰") == 180_000_000


def test_kept_price_is_shown_in_toman_again():
    class Price(forms.Form):
        price = TomanField(required=False)

    with override("fa"):
        assert 'value="۱۸۰۰۰"' in str(Price(initial={"price": 180_000})["price"])
    typed = Price({"price": "یک میلیون"})
    assert not typed.is_valid()
    assert 'value="یک میلیون"' in str(typed["price"])


@pytest.mark.parametrize("typed", ["۱۴۰۵/۸/۱۲", "2026-11-03"])
def test_day_is_typed_in_either_calendar(typed):
    assert DayField().clean(typed) == DAY


def test_kept_day_is_shown_in_the_reader_s_calendar():
    with override("fa"):
        assert DayField().prepare_value(DAY) == "۱۴۰۵/۰۸/۱۲"
    with override("en"):
        assert DayField().prepare_value(DAY) == "2026-11-03"


def test_no_such_day_is_refused_with_an_example():
    with override("en"):
        with pytest.raises(ValidationError) as refused:
            DayField().clean("1405/13/40")
        assert refused.value.messages == ["Write the day as year/month/day, such as 2026-11-03."]
