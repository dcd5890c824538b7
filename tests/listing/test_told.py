"""Three refusals of a seller's own acts within thirty days open an inspection, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from marketplace.bazaars.models import Inspection
from marketplace.core.models import Notice, Refusal
from marketplace.listing.services import offer_in_venue
from tests.cast import DAY

pytestmark = pytest.mark.django_db


def try_times(number: int, work, venue) -> None:
    for _nth in range(number):
        with pytest.raises(ValidationError):
            offer_in_venue(work=work, venue=venue, price_rial=40_000_000, pieces=1)


def test_two_refusals_open_nothing_and_the_third_opens_one(foreign_tray, bazaar, coppersmith, manager, other_artisan):
    try_times(2, foreign_tray, bazaar)
    assert Inspection.objects.count() == 0
    try_times(1, foreign_tray, bazaar)
    inspection = Inspection.objects.get()
    assert (inspection.venue, inspection.maker, inspection.because) == (bazaar, coppersmith, "refusals")
    assert (inspection.opened_on, inspection.closed_on) == (DAY, None)
    assert {notice.user for notice in Notice.objects.filter(kind="inspection_opened")} == {manager, other_artisan}
    try_times(2, foreign_tray, bazaar)
    assert (Inspection.objects.count(), Refusal.objects.count()) == (1, 5)


def test_refusals_older_than_thirty_days_do_not_count(foreign_tray, bazaar):
    try_times(2, foreign_tray, bazaar)
    Refusal.objects.update(at=timezone.now() - timedelta(days=30, minutes=1))
    try_times(1, foreign_tray, bazaar)
    assert Inspection.objects.count() == 0


def test_a_closed_inspection_is_followed_by_another(foreign_tray, bazaar):
    try_times(3, foreign_tray, bazaar)
    Inspection.objects.update(closed_on=DAY)
    try_times(1, foreign_tray, bazaar)
    assert Inspection.objects.filter(closed_on=None).count() == 1


def test_what_buyers_were_refused_is_not_counted_against_the_seller(foreign_tray, bazaar):
    try_times(2, foreign_tray, bazaar)
    Refusal.objects.update(by_seller=False)
    try_times(1, foreign_tray, bazaar)
    assert Inspection.objects.count() == 0
