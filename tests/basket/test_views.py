"""The basket's pages: few queries, post-redirect-get, any keyboard's digits."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.basket.kept import is_kept
from marketplace.basket.models import Line
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.core import clock
from marketplace.core.models import Refusal
from marketplace.listing.origins import dispute_origin
from marketplace.listing.services import create_work, offer_in_venue, withdraw_offer
from marketplace.partner.models import StockRecord

SUMMARY = "/basket/"


def test_an_empty_basket_helps_on(client, day):
    page = client.get(SUMMARY)
    assert page.status_code == 200
    assert reverse("shop:search") in page.content.decode()


def test_a_guest_adds_changes_and_takes_out(client, kilim):
    offer = kilim.stockrecords.get()
    answer = client.post(reverse("basket:add"), {"offer": offer.pk, "quantity": "۲"})
    assert (answer.status_code, answer.headers["location"]) == (302, SUMMARY)
    line = Line.objects.get()
    assert line.quantity == 2
    client.post(reverse("basket:change"), {"line": line.pk, "quantity": "٣"})
    assert Line.objects.get().quantity == 3
    client.post(reverse("basket:change"), {"line": line.pk, "quantity": "0"})
    assert Line.objects.count() == 0


def test_more_than_there_are_is_said_and_changes_nothing(client, kilim):
    client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get().pk})
    line = Line.objects.get()
    page = client.post(reverse("basket:change"), {"line": line.pk, "quantity": "4"}, follow=True)
    assert kilim.title in page.content.decode()
    assert Line.objects.get().quantity == 1


def test_nobody_changes_anothers_line(client, kilim):
    client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get().pk})
    line = Line.objects.get()
    client.cookies.clear()
    assert client.post(reverse("basket:change"), {"line": line.pk, "quantity": "0"}).status_code == 404
    assert Line.objects.count() == 1


def test_nonsense_is_answered_with_a_sentence(client, kilim):
    page = client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get().pk, "quantity": "many"}, follow=True)
    assert page.status_code == 200
    assert len(list(page.context["messages"])) == 1
    assert client.post(reverse("basket:add"), {"offer": 10**9}).status_code == 404
    assert Line.objects.count() == 0


def test_a_sold_out_line_is_said_and_cannot_be_paid_for(client, kilim):
    client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get().pk})
    StockRecord.objects.update(num_in_stock=0)
    page = client.get(SUMMARY)
    assert page.context["basket_page"].payable is False
    assert reverse("checkout:address") not in page.content.decode()
    assert client.get(reverse("checkout:address")).headers["location"] == SUMMARY


def test_signing_in_brings_the_guests_basket_along(client, buyer, kilim):
    client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get().pk, "quantity": 2})
    client.force_login(buyer)
    assert client.get(SUMMARY).context["basket_page"].pieces == 2
    assert Line.objects.get().basket.owner == buyer


def test_queries_of_the_basket_do_not_grow_with_its_lines(
    client, buyer, kilim, weaver, kilim_craft, foreign_tray, django_assert_max_num_queries
):
    client.force_login(buyer)
    more = [
        create_work(maker=weaver, craft=kilim_craft, title_fa=f"گلیم {n}", price_rial=10_000_000 + n, pieces=2)
        for n in range(6)
    ]
    posted = {"offer": kilim.stockrecords.get().pk}
    with django_assert_max_num_queries(12):
        client.post(reverse("basket:add"), posted)
    with django_assert_max_num_queries(15) as few:
        client.get(SUMMARY)
    basket = Line.objects.get().basket
    for work in [*more, foreign_tray]:
        add_to_basket(basket=basket, offer=offer_to_sell(work.stockrecords.get().pk))
    with django_assert_max_num_queries(len(few) + 1):  # the import permits, where there are any
        page = client.get(SUMMARY)
    assert [len(group.lines) for group in page.context["basket_page"].groups] == [7, 1]
    with django_assert_max_num_queries(12):
        client.post(reverse("basket:add"), posted)


def test_a_withdrawn_line_says_why_and_offers_the_same_work_elsewhere_to_a_guest(client, kilim, free_shop):
    workshop = kilim.stockrecords.get()
    elsewhere = offer_in_venue(work=kilim, venue=free_shop, price_rial=175_000_000, pieces=1)
    client.post(reverse("basket:add"), {"offer": workshop.pk, "quantity": 2})
    withdraw_offer(offer=workshop, because="by_maker")
    page = client.get("/en/basket/")
    shown = page.context["basket_page"].groups[0].lines[0]
    assert (shown.instead, shown.why) == (elsewhere, "Its maker took the offer back.")
    assert (shown.why in page.content.decode(), page.context["basket_page"].payable) == (True, False)
    line = Line.objects.get()
    answer = client.post("/basket/swap/", {"line": line.pk, "offer": elsewhere.pk})
    assert (answer.status_code, answer.headers["location"]) == (302, SUMMARY)
    swapped = Line.objects.get()
    assert (swapped.stockrecord, swapped.quantity, swapped.price_incl_tax) == (elsewhere, 1, 175_000_000)
    assert client.get(SUMMARY).context["basket_page"].payable is True


def test_an_origin_that_changed_is_the_reason_a_line_gives(client, kilim, bazaar, officer):
    there = offer_in_venue(work=kilim, venue=bazaar, price_rial=175_000_000, pieces=1)
    client.post(reverse("basket:add"), {"offer": there.pk})
    dispute_origin(work=kilim, by=officer, reason="در کارگاه ندیدیم")
    shown = client.get("/en/basket/").context["basket_page"].groups[0].lines[0]
    assert "disputed" in shown.problem
    assert shown.why.startswith("Its Iranian origin is not established any more")
    assert shown.instead == kilim.stockrecords.get(venue=None)


def test_a_line_is_swapped_for_the_same_work_only_and_by_its_owner_only(client, kilim, foreign_tray):
    client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get().pk})
    line, other = Line.objects.get(), foreign_tray.stockrecords.get()
    client.post(reverse("basket:swap"), {"line": line.pk, "offer": other.pk})
    assert list(Line.objects.values_list("pk", "stockrecord")) == [(line.pk, kilim.stockrecords.get().pk)]
    client.cookies.clear()
    for name in ("swap", "later"):
        sent = {"line": line.pk, "offer": line.stockrecord_id}
        assert client.post(reverse(f"basket:{name}"), sent).status_code == 404
    assert Line.objects.count() == 1


def test_a_refused_swap_is_recorded_and_leaves_the_line(client, kilim, bazaar):
    there = offer_in_venue(work=kilim, venue=bazaar, price_rial=175_000_000, pieces=1)
    client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get(venue=None).pk})
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    line = Line.objects.get()
    client.post(reverse("basket:swap"), {"line": line.pk, "offer": there.pk})
    assert (Refusal.objects.get().door, Line.objects.get().pk) == ("basket_add", line.pk)


def test_a_line_is_kept_for_later(client, buyer, kilim):
    client.force_login(buyer)
    client.post(reverse("basket:add"), {"offer": kilim.stockrecords.get().pk})
    client.post(reverse("basket:later"), {"line": Line.objects.get().pk})
    assert (Line.objects.count(), is_kept(buyer, kilim)) == (0, True)


def test_problem_lines_take_one_query_whatever_their_number(
    client, buyer, kilim, weaver, kilim_craft, django_assert_num_queries
):
    works = [create_work(maker=weaver, craft=kilim_craft, title_fa=f"گلیم {n}", price_rial=9_000_000) for n in range(5)]
    client.force_login(buyer)
    for work in works:
        client.post(reverse("basket:add"), {"offer": work.stockrecords.get().pk})
    withdraw_offer(offer=works[0].stockrecords.get(), because="by_maker")
    client.get(SUMMARY)
    with CaptureQueriesContext(connection) as one:
        client.get(SUMMARY)
    for work in works[1:4]:
        withdraw_offer(offer=work.stockrecords.get(), because="by_maker")
    with django_assert_num_queries(len(one)):
        client.get(SUMMARY)
