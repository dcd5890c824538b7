from datetime import date

from marketplace.core.workdays import is_working_day, working_days_after


def test_fridays_and_nowruz_are_no_working_days():
    assert not is_working_day(date(2026, 11, 27))
    assert not is_working_day(date(2027, 3, 21))
    assert is_working_day(date(2026, 11, 26))


def test_seven_working_days_pass_over_a_friday():
    assert working_days_after(date(2026, 11, 22), 7) == date(2026, 11, 30)


def test_the_day_itself_does_not_count():
    assert working_days_after(date(2026, 11, 22), 1) == date(2026, 11, 23)
