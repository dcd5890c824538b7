"""Works kept for later: one's own list, a guest's wish, and the way into the basket."""

from django.urls import reverse

from marketplace.basket.kept import keep_work
from marketplace.basket.models import Line
from marketplace.core import clock
from marketplace.core.models import Refusal
from marketplace.listing.services import offer_in_venue, withdraw_offer
from marketplace.partner.models import StockRecord
from marketplace.wishlists.models import Line as KeptLine
from tests.cast import PASSWORD

KEPT = "/account/lists/"


def url(name: str, work) -> str:
    """The post of a work; those of a list go by its entry."""
    if name == "keep":
        return reverse("basket:keep", args=[work.pk])
    return reverse(f"account:{name}", args=[KeptLine.objects.get(product=work).pk])


def kept_by(user) -> list[int]:
    return list(KeptLine.objects.filter(wishlist__owner=user).values_list("product", flat=True))


def test_a_work_is_kept_once_and_shown_with_its_price(client, buyer, kilim):
    client.force_login(buyer)
    for _press in range(2):
        assert client.post(url("keep", kilim)).headers["Location"] == kilim.get_absolute_url()
    assert kept_by(buyer) == [kilim.pk]
    page = client.get(KEPT).content.decode()
    assert (kilim.title in page, "۱۸٬۰۰۰٬۰۰۰" in page, url("wish-to-basket", kilim) in page) == (True, True, True)
    assert KEPT in client.get(kilim.get_absolute_url()).content.decode()


def test_a_guest_signs_in_and_comes_back_with_the_work_kept(client, buyer, kilim):
    sign_in = client.post(url("keep", kilim)).headers["Location"]
    assert sign_in.startswith("/sign-in/?next=%2Fwork%2F")
    assert KeptLine.objects.count() == 0
    response = client.post(sign_in, {"username": buyer.email, "password": PASSWORD})
    assert (response.status_code, kept_by(buyer)) == (302, [kilim.pk])
    assert client.get(response.headers["Location"]).status_code == 200


def test_a_hidden_work_is_not_there_to_keep(client, buyer, kilim):
    type(kilim).objects.update(is_public=False)
    client.force_login(buyer)
    assert (client.post(url("keep", kilim)).status_code, KeptLine.objects.count()) == (404, 0)


def test_into_the_basket_and_off_the_list(client, buyer, kilim):
    keep_work(user=buyer, work=kilim)
    client.force_login(buyer)
    assert client.post(url("wish-to-basket", kilim)).headers["Location"] == "/basket/"
    assert (Line.objects.get().product, kept_by(buyer)) == (kilim, [])


def test_what_the_rule_refuses_stays_kept_is_said_and_recorded_once(client, buyer, kilim, bazaar):
    for offer in kilim.stockrecords.all():
        withdraw_offer(offer=offer, because="by_maker")
    offer_in_venue(work=kilim, venue=bazaar, price_rial=190_000_000, pieces=1)
    keep_work(user=buyer, work=kilim)
    client.force_login(buyer)
    clock.set_today(kilim.domestic_until)
    clock.set_today(clock.days_ahead(1))
    page = client.post(url("wish-to-basket", kilim), follow=True).content.decode()
    refusal = Refusal.objects.get()
    assert (refusal.door, refusal.user, refusal.sentence_fa in page) == ("wish_to_basket", buyer, True)
    assert (Line.objects.count(), kept_by(buyer)) == (0, [kilim.pk])


def test_a_work_that_nobody_offers_is_said(client, buyer, kilim):
    StockRecord.objects.all().delete()
    keep_work(user=buyer, work=kilim)
    client.force_login(buyer)
    assert len(list(client.post(url("wish-to-basket", kilim), follow=True).context["messages"])) == 1
    assert (Line.objects.count(), kept_by(buyer)) == (0, [kilim.pk])


def test_another_persons_list_is_out_of_reach(client, buyer, artisan, kilim):
    keep_work(user=artisan, work=kilim)
    client.force_login(buyer)
    assert kilim.title not in client.get(KEPT).content.decode()
    for name in ("wish-remove", "wish-to-basket"):
        assert client.post(url(name, kilim)).status_code == 404
    assert (kept_by(artisan), Line.objects.count()) == ([kilim.pk], 0)


def test_a_work_is_removed(client, buyer, kilim):
    keep_work(user=buyer, work=kilim)
    client.force_login(buyer)
    assert client.post(url("wish-remove", kilim)).headers["Location"] == KEPT
    assert kept_by(buyer) == []


def test_a_stranger_is_asked_to_sign_in(client, day):
    assert client.get(KEPT).headers["Location"] == f"/sign-in/?next={KEPT}"


def test_queries_do_not_grow_with_what_is_kept(
    client, buyer, kilim, foreign_tray, unproven_tray, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(buyer)
    keep_work(user=buyer, work=kilim)
    with django_assert_max_num_queries(12) as one:
        client.get(KEPT)
    for work in (foreign_tray, unproven_tray):
        keep_work(user=buyer, work=work)
    with django_assert_num_queries(len(one)):
        client.get(KEPT)
