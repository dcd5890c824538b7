"""The basket's pages: few queries, post-redirect-get, any keyboard's digits."""

from django.urls import reverse

from marketplace.basket.models import Line
from marketplace.basket.services import add_to_basket, offer_to_sell
from marketplace.listing.services import create_work
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
    with django_assert_max_num_queries(len(few)):
        page = client.get(SUMMARY)
    assert [len(group.lines) for group in page.context["basket_page"].groups] == [7, 1]
    with django_assert_max_num_queries(12):
        client.post(reverse("basket:add"), posted)
