"""The times of a plan: by its rules, within its span, with what is called off."""

from datetime import date, time, timedelta

import jdatetime

from cms.events.plan import Hours, Plan, once
from marketplace.bookings.recurrence import EachWeekday, EachYear, EveryMonths

MORNING = Hours(time(9), time(12))


def gregorian(year: int, month: int, day: int) -> date:
    return jdatetime.date(year, month, day).togregorian()


def test_what_takes_place_once_has_one_time_with_all_its_days():
    plan = Plan(((once(date(2026, 12, 1)), MORNING),), date(2026, 12, 1), date(2026, 12, 1), length=3)
    (found,) = plan.between(date(2026, 12, 3), date(2027, 12, 3))
    assert (found.day, found.last_day) == (date(2026, 12, 1), date(2026, 12, 3))
    assert (found.starts.isoformat(), found.ends.isoformat()) == (
        "2026-12-01T09:00:00+03:30",
        "2026-12-03T12:00:00+03:30",
    )
    assert plan.next_from(date(2026, 12, 4), 3) == []
    assert plan.last_before(date(2026, 12, 4)) == found
    assert plan.last_before(date(2026, 12, 3)) is None


def test_thirty_esfand_is_found_from_one_leap_year_to_the_next():
    plan = Plan(((EachYear(12, 30), Hours()),), gregorian(1403, 12, 30))
    found = plan.next_from(gregorian(1404, 1, 1), 2)
    assert [time.day for time in found] == [gregorian(1408, 12, 30)] == [date(2030, 3, 20)]


def test_a_day_that_is_called_off_is_said_with_its_reason_and_the_others_stay():
    off = {gregorian(1405, 1, 15): "Rain"}
    plan = Plan(((EveryMonths(1, gregorian(1404, 12, 15)), MORNING),), gregorian(1404, 12, 15), called_off=off)
    found = plan.next_from(gregorian(1404, 12, 1), 3)
    assert [(time.is_called_off, time.called_off) for time in found] == [(False, None), (True, "Rain"), (False, None)]


def test_what_is_called_off_as_a_whole_is_off_on_each_day():
    plan = Plan(((EachWeekday(4), MORNING),), date(2026, 11, 1), date(2026, 11, 30), all_off=True)
    assert [time.called_off for time in plan.between(date(2026, 11, 1), date(2026, 11, 30))] == [""] * 4


def test_two_lessons_of_a_day_stand_in_the_order_of_their_hours():
    evening = Hours(time(17), time(19))
    plan = Plan(((EachWeekday(5), evening), (EachWeekday(5), MORNING)), date(2026, 11, 22), date(2026, 12, 5))
    found = list(plan.between(date(2026, 11, 1), date(2027, 1, 1)))
    assert [(time.day.day, time.hours, time.nth) for time in found] == [
        *((28, MORNING, 0), (28, evening, 1)),
        *((5, MORNING, 0), (5, evening, 1)),
    ]


def test_the_time_without_an_hour_starts_at_midnight_and_has_no_end():
    plan = Plan(((once(date(2026, 12, 1)), Hours()),), date(2026, 12, 1), date(2026, 12, 1))
    (found,) = plan.next_from(date(2026, 12, 1), 2)
    assert (found.starts.hour, found.ends, found.last_day - found.day) == (0, None, timedelta())
