"""Holders hear of a licence's end 90, 60, 30 and 7 days before, once each, and once when it is over."""

from datetime import date, timedelta

import pytest

from marketplace.core.clock import set_today
from marketplace.core.models import Notice
from marketplace.listing.reminders import remind_of_licences
from marketplace.makers.models import ProductionLicence

VENUE_ENDS = date(2028, 1, 1)
MAKER_ENDS = date(2027, 6, 1)


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user, kind="licence_due").order_by("pk").values_list("text_en", flat=True))


@pytest.mark.parametrize("left", [90, 60, 30, 7])
def test_the_manager_hears_once_at_each_step(bazaar, manager, left):
    set_today(VENUE_ENDS - timedelta(days=left))
    assert (remind_of_licences(), remind_of_licences()) == (1, 0)
    assert [text[:59] for text in told(manager)] == ["The licence of Qaleh Mahmoud bazaar ends on 1 January 2028."]
    assert Notice.objects.get(user=manager).link == "/desk/venues/qaleh-mahmoud/licence/"


def test_far_from_its_end_nobody_hears(bazaar, licence, manager):
    assert remind_of_licences() == 0


def test_steps_that_were_slept_through_are_not_made_up_for(bazaar, manager):
    set_today(VENUE_ENDS - timedelta(days=12))
    assert remind_of_licences() == 1
    set_today(VENUE_ENDS)
    assert remind_of_licences() == 1
    set_today(VENUE_ENDS + timedelta(days=1))
    assert remind_of_licences() == 1
    assert told(manager)[-1].startswith(
        "The licence of Qaleh Mahmoud bazaar ended on 1 January 2028, and nothing can be sold"
    )


def test_a_licence_that_ended_long_ago_stays_quiet(bazaar):
    set_today(VENUE_ENDS + timedelta(days=31))
    assert remind_of_licences() == 0


def test_the_maker_hears_in_the_own_language(licence, artisan):
    set_today(MAKER_ENDS - timedelta(days=7))
    assert remind_of_licences() == 1
    notice = Notice.objects.get(user=artisan)
    assert "۱۱ خرداد ۱۴۰۶" in notice.text_fa
    assert "T-1 ends on 1 June 2027" in notice.text_en


def test_a_licence_that_is_followed_by_another_is_nobodys_worry(licence, weaver, flatweave):
    ProductionLicence.objects.create(
        maker=weaver, craft_group=flatweave, number="T-2", issued_on=date(2027, 5, 1), expires_on=date(2029, 5, 1)
    )
    set_today(MAKER_ENDS - timedelta(days=7))
    assert remind_of_licences() == 0
