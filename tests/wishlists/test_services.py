"""Lists: how many there may be, what moves between them, and what counts as bought."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.basket.models import Basket
from marketplace.basket.services import put_back, wish_to_basket
from marketplace.checkout.placing import place_order
from marketplace.checkout.services import start_purchase
from marketplace.core.numbers import random_number
from marketplace.order.models import SellerOrder
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.payments.models import PaymentAttempt
from marketplace.wishlists import rules
from marketplace.wishlists.models import Gift, Line, WishList
from marketplace.wishlists.queries import bought, is_listed
from marketplace.wishlists.services import (
    carry_gifts,
    change_wish,
    kept_list,
    make_list,
    put_on_list,
    remember_gift,
    remove_list,
    require_gift_wanted,
    share,
    withdraw_link,
)


@pytest.fixture
def wish(buyer, kilim) -> Line:
    """One kilim on the buyer's list of works kept for later."""
    return put_on_list(wishes=kept_list(buyer), work=kilim)


def gift_of(wish, *, owner=None) -> Basket:
    """A giver's basket with the wished work."""
    basket = Basket(owner=owner)
    remember_gift(wish=wish, basket_line=wish_to_basket(basket=basket, work=wish.product))
    return basket


def ordered(basket, contact):
    purchase = start_purchase(basket=basket, user=None, contact=contact)
    attempt = PaymentAttempt.objects.create(
        number=random_number("PAY"),
        gateway="sandbox",
        payable_kind="purchase",
        payable_id=purchase.pk,
        amount_rial=purchase.total_rial,
        state=PaymentAttempt.State.FINISHED,
        authority=f"A-{purchase.pk}",
    )
    return place_order(purchase, attempt)


def test_a_person_has_one_list_of_what_is_kept(buyer):
    assert kept_list(buyer) == kept_list(buyer)
    assert WishList.objects.filter(owner=buyer, is_kept=True).count() == 1


def test_one_list_too_many_is_refused(buyer, monkeypatch):
    monkeypatch.setattr(rules, "MOST_LISTS", 1)
    make_list(user=buyer, name="first")
    with pytest.raises(ValidationError) as refused:
        make_list(user=buyer, name="second")
    assert (refused.value.code, WishList.objects.count()) == ("too_many_lists", 1)


def test_a_full_list_takes_no_work(buyer, wish, foreign_tray, monkeypatch):
    monkeypatch.setattr(rules, "MOST_WORKS", 1)
    with pytest.raises(ValidationError) as refused:
        put_on_list(wishes=kept_list(buyer), work=foreign_tray)
    assert (refused.value.code, Line.objects.count(), is_listed(buyer, foreign_tray)) == ("list_full", 1, False)


def test_the_kept_list_stays(buyer, wish):
    with pytest.raises(ValidationError) as refused:
        remove_list(wishes=kept_list(buyer))
    assert (refused.value.code, Line.objects.get()) == ("kept_list", wish)


def test_a_new_link_ends_the_old_and_a_withdrawn_one_leaves_none(buyer):
    mine = make_list(user=buyer, name="Yalda")
    first, second = share(wishes=mine), share(wishes=mine)
    mine.refresh_from_db()
    assert (first != second, len(first), mine.share_code, mine.visibility) == (True, 32, second, "Shared")
    withdraw_link(wishes=mine)
    mine.refresh_from_db()
    assert (mine.share_code, mine.visibility) == (None, "Private")


def test_a_wish_moves_and_two_of_one_work_become_one(buyer, wish, kilim):
    other = make_list(user=buyer, name="Yalda")
    put_on_list(wishes=other, work=kilim)
    change_wish(wish=wish, note="the red one", quantity=2, to=other)
    left = Line.objects.get()
    assert (left.wishlist, left.note, left.quantity) == (other, "the red one", 2)


def test_nothing_is_bought_until_the_order_stands(wish, contact):
    basket = gift_of(wish)
    assert bought(wish.wishlist) == {}
    require_gift_wanted(wish)
    ordered(basket, contact)
    assert bought(wish.wishlist) == {wish.pk: 1}
    with pytest.raises(ValidationError) as refused:
        require_gift_wanted(wish)
    assert refused.value.code == "already_given"


def test_what_is_cancelled_is_wished_for_again(wish, contact):
    part = ordered(gift_of(wish), contact).seller_orders.get()
    cancel_pieces(part=part, pieces={part.lines.get().pk: 1}, who=BUYER, by=None, reason="")
    assert (bought(wish.wishlist), SellerOrder.objects.get().state) == ({}, "cancelled")


def test_own_pieces_beside_the_gift_do_not_count(wish, contact):
    basket = gift_of(wish)
    wish_to_basket(basket=basket, work=wish.product)
    ordered(basket, contact)
    assert bought(wish.wishlist) == {wish.pk: 1}


def test_a_guests_gift_outlives_the_merge_with_an_own_line(wish, artisan, kilim):
    guest, own = gift_of(wish), Basket.objects.create(owner=artisan)
    wish_to_basket(basket=own, work=kilim)
    own.merge(guest)
    assert list(Gift.objects.values_list("basket_line__basket", "wish")) == [(own.pk, wish.pk)]


def test_a_gift_outlives_a_purchase_that_was_given_up(wish, buyer):
    frozen, again = gift_of(wish), Basket.objects.create(owner=buyer)
    assert put_back(into=again, frozen=frozen) == []
    assert sorted(Gift.objects.values_list("basket_line__basket", flat=True)) == sorted([frozen.pk, again.pk])


def test_a_basket_without_gifts_costs_one_query(wish, buyer, django_assert_num_queries):
    empty, other = Basket.objects.create(owner=buyer), Basket.objects.create(owner=buyer)
    with django_assert_num_queries(1):
        carry_gifts(out_of=empty, into=other)
