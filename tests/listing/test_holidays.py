"""A break is told and ended: its row, the copy on the maker and the index go together."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.core import clock
from marketplace.core.models import OutboxEvent
from marketplace.listing.audits import makers_rest_as_they_told
from marketplace.listing.holidays import end_holiday
from marketplace.listing.withdrawals import WORK_CHANGED
from marketplace.makers.models import Holiday
from tests.cast import DAY
from tests.makers.resting import WORDS, rest


def days_of(maker) -> list[tuple]:
    return list(maker.holidays.values_list("first", "last"))


def test_a_break_stands_in_its_row_and_on_its_maker(weaver, kilim):
    OutboxEvent.objects.all().delete()
    holiday = rest(weaver, days=3, in_venues=True)
    assert weaver.breaks == [
        {
            "first": "2026-11-22",
            "last": "2026-11-24",
            "way": "closed",
            "in_venues": True,
            "words_fa": WORDS,
            "words_en": "",
        }
    ]
    assert weaver.break_today == holiday.rest
    assert list(OutboxEvent.objects.filter(topic=WORK_CHANGED).values_list("key", flat=True)) == [str(kilim.pk)]


def test_a_break_that_shares_a_day_with_another_changes_nothing(weaver):
    rest(weaver, days=3)
    before = weaver.breaks
    with pytest.raises(ValidationError) as refused:
        rest(weaver, begins_in=2)
    weaver.refresh_from_db()
    assert (refused.value.code, days_of(weaver), weaver.breaks) == (
        "overlaps",
        [(DAY, DAY + timedelta(days=2))],
        before,
    )


def test_another_makers_break_is_no_hindrance(weaver, coppersmith):
    rest(weaver)
    rest(coppersmith)
    assert Holiday.objects.count() == 2


def test_a_break_ended_early_ended_yesterday(weaver):
    holiday = rest(weaver)
    clock.set_today(DAY + timedelta(days=4))
    end_holiday(holiday)
    weaver.refresh_from_db()
    assert days_of(weaver) == [(DAY, DAY + timedelta(days=3))]
    assert (weaver.breaks, weaver.break_today) == ([], None)


def test_a_break_that_did_not_begin_before_today_goes(weaver):
    end_holiday(rest(weaver))
    end_holiday(rest(weaver, begins_in=5))
    weaver.refresh_from_db()
    assert (days_of(weaver), weaver.breaks) == ([], [])


def test_a_break_that_is_over_is_not_ended_again(weaver):
    holiday = rest(weaver, days=2)
    clock.set_today(DAY + timedelta(days=2))
    with pytest.raises(ValidationError) as refused:
        end_holiday(holiday)
    assert (refused.value.code, days_of(weaver)) == ("over", [(DAY, DAY + timedelta(days=1))])


def test_the_audit_names_a_maker_whose_copy_or_days_are_wrong(weaver):
    holiday = rest(weaver, days=3)
    assert list(makers_rest_as_they_told()) == []
    weaver.breaks = []
    weaver.save()
    wrong = "Maker weaver: sales do not read the breaks that were told."
    assert list(makers_rest_as_they_told()) == [wrong]
    Holiday.objects.create(maker=weaver, first=holiday.last, last=holiday.last, words_fa=WORDS)
    assert list(makers_rest_as_they_told()) == [wrong, "Maker weaver: two breaks share a day."]


def test_a_break_that_passed_is_no_breach(weaver):
    rest(weaver, days=3)
    clock.set_today(DAY + timedelta(days=3))
    assert list(makers_rest_as_they_told()) == []
