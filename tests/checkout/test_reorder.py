"""Ordering again: what can be had today goes into the basket, the rest is said; only by who may see the order."""

from django.urls import reverse

from marketplace.basket.models import Line
from marketplace.checkout.placing import place_order
from marketplace.core import clock
from marketplace.core.models import Refusal
from marketplace.listing.services import offer_in_venue, withdraw_offer
from marketplace.order.models import Order
from marketplace.partner.models import StockRecord
from tests.checkout.sale import purchase_of


def bought(offer, contact, buyer) -> str:
    return place_order(purchase_of(offer, contact, user=buyer)).number


def again(number: str) -> str:
    return reverse("checkout:reorder", args=[number])


def test_an_order_is_put_into_the_basket_again_at_todays_price(client, buyer, workshop_offer, contact):
    number = bought(workshop_offer, contact, buyer)
    StockRecord.objects.update(price=200_000_000)
    client.force_login(buyer)
    assert again(number) in client.get(reverse("checkout:order", args=[number])).content.decode()
    assert client.post(again(number)).headers["Location"] == "/basket/"
    line = Line.objects.get(basket__owner=buyer, basket__status="Open")
    assert (line.stockrecord, line.quantity, line.price_incl_tax) == (workshop_offer, 1, 200_000_000)


def test_what_is_withdrawn_by_now_is_said_and_left_out(client, buyer, workshop_offer, contact, kilim):
    number = bought(workshop_offer, contact, buyer)
    withdraw_offer(offer=workshop_offer, because="by_maker")
    client.force_login(buyer)
    page = client.post(again(number), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["warning"]
    assert kilim.title in page.content.decode()
    assert Line.objects.filter(basket__owner=buyer, basket__status="Open").count() == 0


def test_what_the_rule_refuses_by_now_is_recorded_with_its_door(client, buyer, kilim, bazaar, contact):
    number = bought(offer_in_venue(work=kilim, venue=bazaar, price_rial=9_000_000, pieces=2), contact, buyer)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    client.force_login(buyer)
    client.post(again(number))
    assert (Refusal.objects.get().door, Refusal.objects.get().user) == ("reorder", buyer)
    assert Line.objects.filter(basket__owner=buyer, basket__status="Open").count() == 0


def test_anothers_order_does_not_exist_here(client, buyer, artisan, workshop_offer, contact):
    number = bought(workshop_offer, contact, buyer)
    client.force_login(artisan)
    assert client.post(again(number)).status_code == 404
    assert (Line.objects.filter(basket__owner=artisan).count(), Order.objects.count()) == (0, 1)
    assert client.get(again(number)).status_code == 405
