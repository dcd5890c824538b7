"""Three tries of a seller within thirty days open an inspection, once; withdrawn offers are told once a person and a place."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.bazaars.models import Inspection
from marketplace.core.clock import TEHRAN
from marketplace.core.models import Notice, Refusal
from marketplace.listing.licences import grant_venue_licence
from marketplace.listing.services import create_work, offer_in_venue
from tests.cast import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def trays(coppersmith, copper_craft):
    """Six unproven works of the coppersmith."""
    return [
        create_work(maker=coppersmith, craft=copper_craft, title_fa=f"سینی {n}", title_en=f"Tray {n}") for n in range(6)
    ]


def try_each(works, venue) -> None:
    for work in works:
        with pytest.raises(ValidationError):
            offer_in_venue(work=work, venue=venue, price_rial=40_000_000, pieces=1)


def days_ago(days: int):
    return timezone.now() - timedelta(days=days)


def test_two_refusals_open_nothing_and_the_third_opens_one(trays, bazaar, coppersmith, manager, other_artisan):
    try_each(trays[:2], bazaar)
    assert Inspection.objects.count() == 0
    try_each(trays[2:3], bazaar)
    inspection = Inspection.objects.get()
    assert (inspection.venue, inspection.maker, inspection.because) == (bazaar, coppersmith, "refusals")
    assert (inspection.opened_on, inspection.closed_on) == (DAY, None)
    assert {notice.user for notice in Notice.objects.filter(kind="inspection_opened")} == {manager, other_artisan}
    try_each(trays[3:5], bazaar)
    assert (Inspection.objects.count(), Refusal.objects.count()) == (1, 5)


def test_sending_one_page_again_is_one_try(foreign_tray, bazaar):
    try_each([foreign_tray] * 4, bazaar)
    assert (Inspection.objects.count(), Refusal.objects.count()) == (0, 4)


def test_one_work_tried_on_three_days_opens_one(foreign_tray, bazaar):
    for day in (2, 1):
        try_each([foreign_tray], bazaar)
        Refusal.objects.filter(pk=Refusal.objects.latest("pk").pk).update(at=days_ago(day))
    assert Inspection.objects.count() == 0
    try_each([foreign_tray], bazaar)
    assert Inspection.objects.count() == 1


def test_refusals_older_than_thirty_days_do_not_count(trays, bazaar):
    try_each(trays[:2], bazaar)
    Refusal.objects.update(at=timezone.now() - timedelta(days=30, minutes=1))
    try_each(trays[2:3], bazaar)
    assert Inspection.objects.count() == 0


def test_a_closed_inspection_is_followed_by_another_after_three_new_tries(trays, bazaar):
    try_each(trays[:3], bazaar)
    Refusal.objects.update(at=days_ago(2))
    Inspection.objects.update(closed_on=days_ago(1).astimezone(TEHRAN).date())
    try_each(trays[:2], bazaar)
    assert Inspection.objects.filter(closed_on=None).count() == 0
    try_each(trays[2:3], bazaar)
    assert Inspection.objects.filter(closed_on=None).count() == 1


def test_what_buyers_were_refused_is_not_counted_against_the_seller(trays, bazaar):
    try_each(trays[:2], bazaar)
    Refusal.objects.update(by_seller=False)
    try_each(trays[2:3], bazaar)
    assert Inspection.objects.count() == 0


def bind(venue) -> None:
    """A free place gets its licence: what is not Iranian there is withdrawn."""
    dates = {"issued_on": date(2026, 11, 1), "expires_on": date(2028, 11, 1)}
    grant_venue_licence(venue=venue, number="K-9", kind="shop", **dates)


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user, kind="offer_withdrawn").values_list("text_en", flat=True))


def offer_many(number: int, *, maker, craft, venue) -> None:
    for n in range(number):
        work = create_work(maker=maker, craft=craft, title_fa=f"کاسه {n}", title_en=f"Bowl {n}")
        offer_in_venue(work=work, venue=venue, price_rial=40_000_000, pieces=1)


def test_a_bound_venue_tells_each_maker_and_each_manager_once(
    coppersmith, copper_craft, weaver, kilim_craft, free_shop, manager, artisan, other_artisan
):
    free_shop.managers.add(manager)
    offer_many(4, maker=coppersmith, craft=copper_craft, venue=free_shop)
    offer_many(1, maker=weaver, craft=kilim_craft, venue=free_shop)
    bind(free_shop)
    assert told(other_artisan) == [
        "4 works of yours are no longer offered in Free shop: the place is now licensed by Cultural Heritage and sells "
        "Iranian handicrafts only. Among them: Bowl 0, Bowl 1, Bowl 2."
    ]
    assert told(artisan) == [
        "“Bowl 0” is no longer offered in Free shop: the place is now licensed by Cultural Heritage and sells Iranian handicrafts only."
    ]
    assert told(manager) == [
        "5 works were withdrawn from Free shop by the foreign-goods rule. Among them: Bowl 0, Bowl 1, Bowl 2."
    ]
    links = Notice.objects.filter(kind="offer_withdrawn").order_by("pk").values_list("link", flat=True)
    assert [links[0], links[2]] == ["/desk/", "/desk/venues/?place=free-shop"]


def test_binding_a_venue_asks_no_more_of_thirty_offers_than_of_two(coppersmith, copper_craft, kerman, manager):
    from marketplace.bazaars.models import Venue

    asked = []
    for number in (2, 30):  # more than 124 rows, four of each offer, go to SQLite in two statements
        venue = Venue.objects.create(slug=f"shop-{number}", name_fa="فروشگاه", name_en="Shop", kind="shop", city=kerman)
        venue.managers.add(manager)
        offer_many(number, maker=coppersmith, craft=copper_craft, venue=venue)
        with CaptureQueriesContext(connection) as queries:
            bind(venue)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 30
