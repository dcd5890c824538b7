"""A buyer's first page: one's own orders, passports and messages, and nobody else's."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.core.notices import notify
from tests.order.sold import paid

HOME = "/account/"


def test_a_guest_signs_in_first(client, day):
    assert client.get(HOME).headers["Location"] == "/sign-in/?next=/account/"


def test_an_order_is_listed_with_its_makers_state_and_link(client, buyer, sold):
    client.force_login(buyer)
    page = client.get(HOME).content.decode()
    assert reverse("checkout:order", args=[sold.order.number]) in page
    assert (str(sold.seller.maker.name) in page, str(sold.get_state_display()) in page) == (True, True)


def test_a_stranger_sees_nothing_of_it(client, stranger, buyer, sold):
    notify(users=[buyer], kind="news", sentence="only for the buyer")
    client.force_login(stranger)
    page = client.get("/en/account/").content.decode()
    assert (sold.order.number in page, "only for the buyer" in page, "No order yet" in page) == (False, False, True)


def test_the_page_asks_as_much_for_two_orders_as_for_one(
    client, buyer, workshop_offer, contact, django_assert_num_queries
):
    paid(workshop_offer, contact, 1, user=buyer)
    client.force_login(buyer)
    client.get(HOME)
    with CaptureQueriesContext(connection) as one:
        client.get(HOME)
    paid(workshop_offer, contact, 1, user=buyer)
    with django_assert_num_queries(len(one)):
        assert len(client.get(HOME).context["orders"]) == 2
    assert len(one) == 13
