import datetime

import pytest

from marketplace.core.jalali import jalali_long, jalali_short, parse_day

DAY = datetime.date(2026, 11, 3)


def test_day_is_written_out_in_persian():
    assert jalali_long(DAY) == "۱۲ آبان ۱۴۰۵"


def test_day_is_written_short_in_persian_digits():
    assert jalali_short(DAY) == "۱۴۰۵/۰۸/۱۲"


def test_leap_year_has_thirty_days_of_esfand():
    assert jalali_long(datetime.date(2025, 3, 20)) == "۳۰ اسفند ۱۴۰۳"


@pytest.mark.parametrize("typed", ["۱۴۰۵/۸/۱۲", "1405-08-12", "١٤٠٥.٠٨.١٢", " 2026-11-03 ", "۲۰۲۶/۱۱/۳"])
def test_typed_day_is_understood_in_both_calendars(typed):
    assert parse_day(typed) == DAY


@pytest.mark.parametrize("typed", ["", "دیروز", "۱۴۰۵/۱۳/۱", "۱۴۰۴/۱۲/۳۰", "2026-02-30", "12/8/1405"])
def test_day_that_does_not_exist_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011  the wording differs by library; the kind is the promise
        parse_day(typed)
