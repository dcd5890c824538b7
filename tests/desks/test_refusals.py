"""How to mend: a maker's refusals by work and reason, with the steps that mend each."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalogue.models import Product
from marketplace.bazaars.models import Inspection
from marketplace.core import clock
from marketplace.core.models import Refusal
from marketplace.desks.mending import MENDINGS, mending_of
from marketplace.listing.licences import record_production_licence
from marketplace.listing.services import create_work, offer_in_venue
from marketplace.partner.models import StockRecord
from tests.desks.conftest import studio
from tests.desks.test_offers import offer

PAGE = "/desk/refusals/"


def test_each_reason_has_its_steps_with_links(at_copper_desk, unproven_tray, foreign_tray, bazaar):
    for work in (unproven_tray, foreign_tray, foreign_tray):
        offer(at_copper_desk, work, bazaar.pk)
    response = at_copper_desk.get(PAGE)
    groups = response.context["groups"]
    assert [(group.work, group.times, group.mended) for group in groups] == [
        (foreign_tray, 2, False),
        (unproven_tray, 1, False),
    ]
    assert [group.mending for group in groups] == [
        MENDINGS["foreign_goods:foreign"],
        MENDINGS["foreign_goods:unproven"],
    ]
    assert [step["url"] for step in groups[1].steps] == [
        "/desk/licences/new/",
        f"/desk/works/{unproven_tray.pk}/origin/",
        f"/desk/works/{unproven_tray.pk}/#offer",
    ]
    page = response.content.decode()
    assert (bazaar.name in page, groups[0].latest.sentence in page) == (True, True)


def bowls(maker, craft, number: int) -> list[Product]:
    return [create_work(maker=maker, craft=craft, title_fa=f"کاسه {n}") for n in range(number)]


def test_three_tries_are_counted_and_the_open_inspection_is_said(
    at_copper_desk, foreign_tray, coppersmith, copper_craft, bazaar
):
    for work in (foreign_tray, foreign_tray, *bowls(coppersmith, copper_craft, 2)):
        offer(at_copper_desk, work, bazaar.pk)
    response = at_copper_desk.get(PAGE)
    assert (Refusal.objects.count(), response.context["tried"], response.context["limit"]) == (4, 3, 3)
    assert response.context["inspections"] == list(Inspection.objects.all())
    assert len(response.context["inspections"]) == 1


def test_tries_older_than_thirty_days_are_not_counted(at_copper_desk, foreign_tray, bazaar):
    offer(at_copper_desk, foreign_tray, bazaar.pk)
    Refusal.objects.update(at=timezone.now() - timedelta(days=31))
    response = at_copper_desk.get(PAGE)
    assert (response.context["tried"], len(response.context["groups"])) == (0, 1)


def test_what_was_mended_says_so(at_copper_desk, unproven_tray, coppersmith, metal, bazaar):
    offer(at_copper_desk, unproven_tray, bazaar.pk)
    record_production_licence(
        maker=coppersmith, craft_group=metal, number="T-2", issued_on=date(2026, 1, 1), expires_on=date(2028, 1, 1)
    )
    assert [group.mended for group in at_copper_desk.get(PAGE).context["groups"]] == [True]
    assert offer(at_copper_desk, unproven_tray, bazaar.pk).status_code == 302


def test_a_work_that_was_refused_on_its_listing_has_steps_too(at_desk, work_form):
    at_desk.post(studio(), work_form(origin_country="TR"))
    group = at_desk.get(PAGE).context["groups"][0]
    assert (group.work, group.mending) == (None, MENDINGS["no_import_permit"])


def test_a_work_listed_later_under_the_number_of_a_refused_one_is_not_blamed(at_desk, work_form):
    at_desk.post(studio(), work_form(origin_country="TR"))
    at_desk.post(studio(), work_form())
    assert (Refusal.objects.get().subject, at_desk.get(PAGE).context["groups"][0].work) == ("", None)


def test_another_makers_refusals_are_not_shown(at_copper_desk, foreign_tray, bazaar, client, artisan, weaver):
    offer(at_copper_desk, foreign_tray, bazaar.pk)
    client.force_login(artisan)
    response = client.get(PAGE)
    assert (response.context["groups"], response.context["tried"]) == ([], 0)
    assert foreign_tray.title not in response.content.decode()


@pytest.mark.parametrize("key", sorted(MENDINGS))
def test_every_row_of_the_table_has_a_title_a_source_and_a_step(key):
    mending = mending_of(*key.split(":"))
    assert all((str(mending.title), str(mending.why), str(mending.source), mending.steps))


def test_queries_do_not_grow_with_refusals(at_copper_desk, foreign_tray, bazaar, django_assert_num_queries):
    offer(at_copper_desk, foreign_tray, bazaar.pk)
    at_copper_desk.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        at_copper_desk.get(PAGE)
    first = Refusal.objects.get()
    for _each in range(60):
        first.pk = None
        first.save()
    assert len(one) <= 20
    with django_assert_num_queries(len(one)):
        at_copper_desk.get(PAGE)


def asked_of(client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


def test_a_page_of_groups_asks_no_more_of_many_works_than_of_one(at_copper_desk, coppersmith, copper_craft, bazaar):
    offer(at_copper_desk, bowls(coppersmith, copper_craft, 1)[0], bazaar.pk)
    at_copper_desk.get(PAGE)
    one = asked_of(at_copper_desk, PAGE)
    for work in bowls(coppersmith, copper_craft, 19):
        offer(at_copper_desk, work, bazaar.pk)
    at_copper_desk.get(PAGE)
    # an inspection is open by now: the page asks for it either way
    assert (len(at_copper_desk.get(PAGE).context["groups"]), asked_of(at_copper_desk, PAGE)) == (10, one)


def test_a_home_of_lapsed_works_asks_no_more_of_many_than_of_one(at_desk, kilim, weaver, kilim_craft, bazaar):
    works = [kilim, *bowls(weaver, kilim_craft, 19)]
    for work in works:
        offer_in_venue(work=work, venue=bazaar, price_rial=10**8, pieces=1)
    clock.set_today(date(2027, 12, 1))
    page = at_desk.get("/desk/")
    many = asked_of(at_desk, "/desk/")
    assert [offer.hindrance != "" for row in page.context["rows"] for offer in row.offers if offer.offer.venue] == [
        True
    ] * len(page.context["rows"])
    StockRecord.objects.exclude(product=kilim).delete()
    Product.objects.exclude(pk=kilim.pk).delete()
    assert (len(page.context["rows"]) > 1, asked_of(at_desk, "/desk/")) == (True, many)
