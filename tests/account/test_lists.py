"""The pages of a person's lists: one's own only, the shared one for whoever has its link, and what is said of each work."""

import re

import pytest
from django.urls import reverse

from marketplace.basket.models import Line as BasketLine
from marketplace.listing.services import withdraw_offer
from marketplace.wishlists.models import Gift, Line, WishList
from marketplace.wishlists.services import kept_list, make_list, put_on_list, share
from tests.wishlists.test_services import gift_of, ordered, wish  # noqa: F401

LISTS = "/account/lists/"


@pytest.fixture
def yalda(buyer, kilim) -> WishList:
    """The buyer's shared list with a kilim."""
    mine = make_list(user=buyer, name="Gifts of Yalda", note="we are two")
    put_on_list(wishes=mine, work=kilim)
    share(wishes=mine)
    mine.refresh_from_db()
    return mine


def page_of(wishes: WishList) -> str:
    return f"/en/list/{wishes.share_code}/"


def test_a_list_is_made_changed_and_removed(client, buyer):
    client.force_login(buyer)
    there = client.post(LISTS + "new/", {"name": "Yalda", "note": ""}).headers["Location"]
    mine = WishList.objects.get(is_kept=False)
    assert (there, mine.owner, mine.share_code) == (f"{LISTS}{mine.pk}/", buyer, None)
    client.post(f"{there}change/", {"name": "Nowruz", "note": "soon"})
    mine.refresh_from_db()
    assert (mine.name, mine.note, "Nowruz" in client.get(there).content.decode()) == ("Nowruz", "soon", True)
    client.post(f"{there}remove/")
    assert list(WishList.objects.filter(owner=buyer, is_kept=False)) == []


def test_a_list_without_a_name_is_not_made(client, buyer):
    client.force_login(buyer)
    assert client.post(LISTS + "new/", {"name": ""}).status_code == 422
    assert WishList.objects.filter(is_kept=False).count() == 0


def test_a_wish_is_changed_with_persian_digits_and_moved(client, buyer, wish, yalda):  # noqa: F811
    Line.objects.filter(wishlist=yalda).delete()
    client.force_login(buyer)
    client.post(f"{LISTS}works/{wish.pk}/", {"quantity": "۳", "note": "برای سفره", "to": str(yalda.pk)})
    wish.refresh_from_db()
    assert (wish.quantity, wish.note, wish.wishlist) == (3, "برای سفره", yalda)


def test_a_number_below_one_changes_nothing(client, buyer, wish):  # noqa: F811
    client.force_login(buyer)
    client.post(f"{LISTS}works/{wish.pk}/", {"quantity": "0", "note": "x"})
    wish.refresh_from_db()
    assert (wish.quantity, wish.note) == (1, "")


def test_another_persons_lists_are_not_found_and_stay(client, stranger, yalda):
    entry = yalda.lines.get()
    before = [list(WishList.objects.order_by("pk").values()), list(Line.objects.order_by("pk").values())]
    client.force_login(stranger)
    kept_list(stranger)
    pages = [
        client.get(f"{LISTS}{yalda.pk}/"),
        client.post(f"{LISTS}{yalda.pk}/change/", {"name": "mine"}),
        client.post(f"{LISTS}{yalda.pk}/share/", {"act": "withdraw"}),
        client.post(f"{LISTS}{yalda.pk}/remove/"),
        client.post(f"{LISTS}works/{entry.pk}/", {"quantity": "1", "note": "mine"}),
        client.post(f"{LISTS}works/{entry.pk}/remove/"),
        client.post(f"{LISTS}works/{entry.pk}/to-basket/"),
    ]
    assert {page.status_code for page in pages} == {404}
    mine = WishList.objects.exclude(owner=stranger).order_by("pk")
    assert [list(mine.values()), list(Line.objects.order_by("pk").values())] == before
    assert BasketLine.objects.count() == 0


def test_nobody_moves_a_wish_onto_anothers_list(client, stranger, yalda, kilim):
    own = put_on_list(wishes=kept_list(stranger), work=kilim)
    client.force_login(stranger)
    client.post(f"{LISTS}works/{own.pk}/", {"quantity": "1", "note": "", "to": str(yalda.pk)})
    own.refresh_from_db()
    assert own.wishlist == kept_list(stranger)


def test_a_link_opens_the_list_to_a_guest_and_to_no_search_engine(client, yalda, buyer):
    response = client.get(page_of(yalda))
    page = response.content.decode()
    assert ("Gifts of Yalda" in page, "we are two" in page, "Shiriki-pich kilim" in page) == (True, True, True)
    assert (response.headers["X-Robots-Tag"], 'content="noindex, nofollow"' in page) == ("noindex, nofollow", True)
    assert (response.headers["Referrer-Policy"], "no-store" in response.headers["Cache-Control"]) == (
        "same-origin",
        True,
    )
    assert (buyer.email in page, buyer.username in page) == (False, False)


def test_a_changed_or_withdrawn_link_leads_nowhere(client, buyer, yalda):
    old = page_of(yalda)
    client.force_login(buyer)
    client.post(f"{LISTS}{yalda.pk}/share/", {"act": "renew"})
    yalda.refresh_from_db()
    assert (client.get(old).status_code, client.get(page_of(yalda)).status_code) == (404, 200)
    client.post(f"{LISTS}{yalda.pk}/share/", {"act": "withdraw"})
    assert client.get(page_of(yalda)).status_code == 404
    assert client.get("/list/kept/").status_code == 404


def test_a_gift_is_bought_once_and_nobody_learns_by_whom(client, yalda, contact):
    entry = yalda.lines.get()
    give = reverse("shared-list:give", args=[yalda.share_code, entry.pk])
    assert client.post(give).headers["Location"] == "/basket/"
    assert Gift.objects.get().wish == entry
    ordered(BasketLine.objects.get().basket, contact)
    page = client.get(page_of(yalda)).content.decode()
    assert ("Already bought" in page, "Give this" in page) == (True, False)
    assert [one for one in (contact.name, contact.mobile, contact.email, contact.city) if one in page] == []
    pieces = BasketLine.objects.count()
    said = client.post(give, follow=True).context["messages"]
    assert (len(list(said)), BasketLine.objects.count(), Gift.objects.count()) == (1, pieces, 1)


def test_a_wish_of_another_list_is_not_given_through_this_link(client, yalda, wish):  # noqa: F811
    give = reverse("shared-list:give", args=[yalda.share_code, wish.pk])
    assert (client.post(give).status_code, BasketLine.objects.count()) == (404, 0)


def test_foreign_hidden_and_gone_works_are_shown_as_they_are(client, yalda, foreign_tray, unproven_tray, kilim):
    put_on_list(wishes=yalda, work=foreign_tray)
    put_on_list(wishes=yalda, work=unproven_tray)
    type(kilim).objects.filter(pk=unproven_tray.pk).update(is_public=False)
    for offer in kilim.stockrecords.all():
        withdraw_offer(offer=offer, because="by_maker")
    page = client.get(page_of(yalda)).content.decode()
    works = re.findall(r"<h2>(.*?)</li>", page.split('<ul class="works kept">')[1].split("</ul>\n")[0], re.S)
    assert len(works) == 3
    tray = next(one for one in works if "Copper tray" in one)
    sold_by_nobody = next(one for one in works if "Shiriki-pich" in one)
    assert ("Foreign origin" in tray, "Give this" in tray) == (True, True)
    assert ("Not on sale now" in sold_by_nobody, "Give this" in sold_by_nobody) == (True, False)
    assert page.count("does not show this work any more") == 1
    hidden = yalda.lines.get(product=unproven_tray)
    client.post(reverse("shared-list:give", args=[yalda.share_code, hidden.pk]))
    assert BasketLine.objects.count() == 0


def test_the_shared_page_asks_as_much_for_three_works_as_for_one(
    client, yalda, foreign_tray, unproven_tray, django_assert_num_queries, django_assert_max_num_queries
):
    client.get(page_of(yalda))
    with django_assert_max_num_queries(10) as one:
        client.get(page_of(yalda))
    for work in (foreign_tray, unproven_tray):
        put_on_list(wishes=yalda, work=work)
    with django_assert_num_queries(len(one)):
        client.get(page_of(yalda))
