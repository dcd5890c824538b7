"""Rules of a break: its days, what is not sold while it lasts, and from when days count."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from marketplace.makers import rules
from marketplace.makers.models import Holiday
from tests.cast import DAY
from tests.makers.resting import rest

LONGEST = rules.LONGEST_HOLIDAY


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (0, 0, None),
        (0, LONGEST - 1, None),
        (-1, 3, "begins_before_today"),
        (3, 2, "ends_before_it_begins"),
        (0, LONGEST, "too_long"),
    ],
)
def test_require_days_of_holiday(first, last, code):
    days = [DAY + timedelta(days=number) for number in (first, last)]
    if code is None:
        return rules.require_days_of_holiday(*days, on=DAY)
    with pytest.raises(ValidationError) as refused:
        rules.require_days_of_holiday(*days, on=DAY)
    assert refused.value.code == code


@pytest.mark.parametrize(("first", "last", "clash"), [(1, 4, False), (1, 5, True), (9, 12, True), (10, 12, False)])
def test_require_own_days(first, last, clash):
    other = Holiday(first=date(2026, 12, 5), last=date(2026, 12, 9))
    days = (date(2026, 12, first), date(2026, 12, last))
    if not clash:
        return rules.require_own_days(*days, [other])
    with pytest.raises(ValidationError) as refused:
        rules.require_own_days(*days, [other])
    assert refused.value.code == "overlaps"


@pytest.mark.parametrize(
    ("way", "in_venues", "on", "in_venue", "sold"),
    [
        ("closed", False, 0, False, False),
        ("closed", False, 9, False, False),
        ("closed", False, 10, False, True),
        ("closed", False, -1, False, True),
        ("closed", False, 0, True, True),
        ("closed", True, 0, True, False),
        ("later", True, 0, False, True),
    ],
)
def test_require_maker_at_work(weaver, way, in_venues, on, in_venue, sold):
    rest(weaver, way=way, in_venues=in_venues)
    day = DAY + timedelta(days=on)
    if sold:
        return rules.require_maker_at_work(weaver, on=day, in_venue=in_venue)
    with pytest.raises(ValidationError) as refused:
        rules.require_maker_at_work(weaver, on=day, in_venue=in_venue)
    assert refused.value.code == "maker_rests"


def test_the_sentence_is_read_in_the_readers_language(weaver):
    rest(weaver)
    with pytest.raises(ValidationError) as refused:
        rules.require_maker_at_work(weaver, on=DAY, in_venue=False)
    with override("en"):
        assert refused.value.messages == [
            "“Kilim workshop” rests from 22 November 2026 to 1 December 2026. Its works can be bought again after that."
        ]
    with override("fa"):
        [sentence] = refused.value.messages
    assert all(part in sentence for part in ("کارگاه گلیم", "۱ آذر ۱۴۰۵", "۱۰ آذر ۱۴۰۵"))


def test_days_count_from_the_day_after_breaks_that_follow_each_other(weaver):
    rest(weaver, days=5)
    rest(weaver, days=3, begins_in=5, way="later")
    assert weaver.back_at_work(DAY) == DAY + timedelta(days=8)
    assert weaver.back_at_work(DAY, in_venue=True) == DAY
    assert weaver.back_at_work(DAY + timedelta(days=8)) == DAY + timedelta(days=8)
