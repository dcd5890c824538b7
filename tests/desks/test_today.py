"""A manager's day: each figure is what its list holds, in as many queries for few rows as for many."""

import re
from datetime import date, timedelta

import pytest

from marketplace.bazaars.models import Inspection, Venue
from marketplace.core.clock import set_today
from marketplace.core.models import Refusal
from marketplace.core.refusals import name_of
from marketplace.desks.floor import floor_of
from marketplace.desks.today import counts_of, today_of
from marketplace.makers.models import Maker
from marketplace.rents.models import Rent
from marketplace.stalls.models import Lease, Stall
from tests.cast import DAY
from tests.checkout.sale import contact  # noqa: F401
from tests.payments.sandbox import gateway  # noqa: F401
from tests.seasons.market import market  # noqa: F401
from tests.stalls.floor import LAST, RENT, lease, next_stall, stall, stall_at  # noqa: F401

#: Statements of the page of a venue.
QUERIES = 20


@pytest.fixture
def at_desk(client, manager, bazaar):
    client.force_login(manager)
    return client


def tiles_of(venue: Venue, on: date) -> dict[str, tuple]:
    managed = Venue.objects.get(pk=venue.pk)
    managed.offer_count = 0
    tiles, _steps = today_of(managed, on=on)
    return {tile.key: (tile.shown, tile.presses) for tile in tiles}


def crowd(venue: Venue, maker: Maker, since: int, until: int) -> None:
    """Stalls that are let until soon with late rent, refusals and an inspection for each number."""
    numbers = range(since, until)
    stalls = Stall.objects.bulk_create(stall_at(venue, f"C{n}", front=10_000 + 300 * n) for n in numbers)
    leases = Lease.objects.bulk_create(
        Lease(
            stall=one, tenant=maker, starts_on=DAY, agreed_until=DAY + timedelta(days=30),
            last_on=DAY + timedelta(days=30), rent_rial=RENT,
        )
        for one in stalls
    )  # fmt: skip
    Rent.objects.bulk_create(
        Rent(lease=one, month=DAY, due_on=DAY - timedelta(days=1), amount_rial=RENT) for one in leases
    )
    Refusal.objects.bulk_create(
        Refusal(rule="forbid_foreign_goods", code="foreign_goods", place=name_of(venue), seller=name_of(maker))
        for _n in numbers
    )


def test_each_figure_is_what_its_list_holds(at_desk, bazaar, lease, next_stall, coppersmith):  # noqa: F811
    crowd(bazaar, coppersmith, 0, 7)
    Inspection.objects.create(venue=bazaar, maker=coppersmith, because="person", opened_on=DAY)
    floor = floor_of(bazaar, on=DAY)
    counts = counts_of(bazaar, on=DAY)
    for only, there in (("free", 1), ("ending", 7), ("late", 7)):
        assert counts[only] == len(floor.listed(only, on=DAY)) == there
        html = at_desk.get("/en/desk/venues/qaleh-mahmoud/stalls/", {"only": only}).content.decode()
        assert html.split("<tbody>")[1].count("<tr>") == there
    assert (counts["due"], counts["refusals"], counts["stalls_there"]) == (1, 7, 9)


def test_a_lease_that_is_followed_by_another_does_not_end(bazaar, lease, weaver):  # noqa: F811
    on = LAST - timedelta(days=60)
    assert (counts_of(bazaar, on=on)["ending"], counts_of(bazaar, on=on - timedelta(days=1))["ending"]) == (1, 0)
    Lease.objects.create(
        stall=lease.stall, tenant=weaver, starts_on=LAST + timedelta(days=1), rent_rial=0,
        agreed_until=LAST + timedelta(days=90), last_on=LAST + timedelta(days=90),
    )  # fmt: skip
    assert counts_of(bazaar, on=on)["ending"] == len(floor_of(bazaar, on=on).listed("ending", on=on)) == 0


def test_what_another_venue_has_is_not_counted(bazaar, free_shop, coppersmith):
    crowd(free_shop, coppersmith, 0, 3)
    Inspection.objects.create(venue=free_shop, maker=coppersmith, because="person", opened_on=DAY)
    assert set(counts_of(bazaar, on=DAY).values()) == {0}


def test_sales_of_the_day_and_of_the_month(market):  # noqa: F811
    set_today(DAY)
    market.sell(jug=2)
    set_today(DAY + timedelta(days=1))
    market.sell(jug=1)
    market.sell(elsewhere=1)
    managed = Venue.objects.get(pk=market.bazaar.pk)
    managed.offer_count = 2
    tiles = {tile.key: tile for tile in today_of(managed, on=DAY + timedelta(days=1))[0]}
    assert (tiles["today"].rial, tiles["month"].rial) == (70_001, 210_003)


@pytest.mark.parametrize(("left", "presses"), [(91, False), (90, True), (0, True)])
def test_a_licence_presses_in_its_last_ninety_days(bazaar, left, presses):
    shown, pressed = tiles_of(bazaar, bazaar.open_until - timedelta(days=left))["licence"]
    assert (re.sub(r"\D", "", shown), pressed) == ("".join("۰۱۲۳۴۵۶۷۸۹"[int(digit)] for digit in str(left)), presses)


def test_every_tile_leads_to_a_place_that_is_there(at_desk, bazaar):
    html = at_desk.get("/en/desk/venues/").content.decode()
    links = re.findall(r'<a href="([^"]+)"><span class="today-label"', html)
    assert len(links) == 8
    for link in links:
        address, anchor = link.replace("&amp;", "&").split("#")
        page = at_desk.get(address)
        assert page.status_code == 200
        if "/stalls/" not in address:  # an empty plan says so in place of its table
            assert f'id="{anchor}"' in page.content.decode()


def test_an_empty_venue_says_what_to_do_first(client, manager, free_shop):
    free_shop.managers.add(manager)
    client.force_login(manager)
    html = client.get("/en/desk/venues/?place=free-shop").content.decode()
    assert "Do this first" in html
    assert "/en/desk/venues/free-shop/licence/" in html
    assert "/en/desk/venues/free-shop/stalls/new/" in html


def test_a_venue_that_has_all_is_told_nothing_to_do_first(at_desk, market, lease):  # noqa: F811
    assert "Do this first" not in at_desk.get("/en/desk/venues/").content.decode()


def test_it_costs_the_same_at_fifty_rows_and_at_many(
    at_desk,
    market,  # noqa: F811
    lease,  # noqa: F811
    coppersmith,
    django_assert_max_num_queries,
):
    set_today(DAY)
    crowd(market.bazaar, coppersmith, 0, 50)
    at_desk.get("/en/desk/venues/")
    with django_assert_max_num_queries(QUERIES) as few:
        at_desk.get("/en/desk/venues/")
    crowd(market.bazaar, coppersmith, 50, 600)
    with django_assert_max_num_queries(QUERIES) as many:
        at_desk.get("/en/desk/venues/")
    assert len(few) == len(many)
