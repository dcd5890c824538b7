"""A seller order on its way: each step kept and told, stock taken once, cancelled pieces free again and their money promised."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.core import clock
from marketplace.core.models import Notice
from marketplace.order.late import look_after
from marketplace.order.models import Letter, MoneyBack, SellerOrder
from marketplace.order.rules import BUYER, SELLER
from marketplace.order.steps import advance, cancel_pieces, dispatch
from marketplace.partner.models import StockRecord
from tests.order.sold import line_of, sent

State = SellerOrder.State


def stock(offer) -> tuple[int, int]:
    return StockRecord.objects.values_list("num_in_stock", "num_allocated").get(pk=offer.pk)


def refused(act, **more) -> str:
    with pytest.raises(ValidationError) as error:
        act(**more)
    return error.value.code


def test_promises_are_made_when_it_is_placed(sold):
    assert (str(sold.confirm_by), str(sold.dispatch_by)) == ("2026-11-24", "2026-11-24")


def test_each_step_is_kept_and_told_to_the_buyer_in_both_languages(sold, artisan):
    advance(part=sold, to=State.CONFIRMED, who=SELLER, by=artisan)
    advance(part=sold, to=State.READY, who=SELLER, by=artisan)
    sold.refresh_from_db()
    assert sold.state == State.READY
    assert list(sold.steps.values_list("state", "by__username")) == [("confirmed", "artisan"), ("ready", "artisan")]
    letter = Letter.objects.order_by("pk").first()
    assert letter.text_en == f"Kilim workshop confirmed your order {sold.number}."
    assert "کارگاه گلیم" in letter.text_fa


def test_a_step_out_of_turn_changes_nothing(sold, artisan):
    assert refused(advance, part=sold, to=State.READY, who=SELLER, by=artisan) == "wrong_step"
    assert refused(advance, part=sold, to=State.CONFIRMED, who=BUYER, by=None) == "wrong_step"
    sold.refresh_from_db()
    assert (sold.state, sold.steps.count(), Letter.objects.count()) == (State.PLACED, 0, 0)


def test_what_is_sent_leaves_the_stock_once(sold, workshop_offer, artisan):
    assert stock(workshop_offer) == (3, 3)
    sent(sold, artisan)
    assert stock(workshop_offer) == (0, 0)
    assert refused(dispatch, part=sold, by=artisan, carrier="پست") == "wrong_step"
    assert stock(workshop_offer) == (0, 0)
    sold.refresh_from_db()
    assert (sold.carrier, sold.tracking, sold.dispatched_at is not None) == ("پست", "12345", True)


def test_a_buyer_cancels_a_piece_before_it_is_made(sold, workshop_offer, buyer):
    back = cancel_pieces(part=sold, pieces={line_of(sold).pk: 1}, who=BUYER, by=buyer)
    assert back.amount_rial == 180_000_000
    assert stock(workshop_offer) == (3, 2)
    sold.refresh_from_db()
    assert (sold.state, line_of(sold).standing) == (State.PLACED, 2)
    assert Notice.objects.filter(user__username="artisan", kind="order").count() == 1


def test_the_last_piece_cancels_the_order_and_gives_delivery_back(sold, buyer):
    SellerOrder.objects.filter(pk=sold.pk).update(delivery_rial=0)
    cancel_pieces(part=sold, pieces={line_of(sold).pk: 1}, who=BUYER, by=buyer)
    cancel_pieces(part=sold, pieces={line_of(sold).pk: 2}, who=BUYER, by=buyer)
    sold.refresh_from_db()
    assert sold.state == State.CANCELLED
    assert list(MoneyBack.objects.values_list("amount_rial", flat=True)) == [180_000_000, 360_000_000]


def test_more_pieces_than_stand_are_not_cancelled(sold, workshop_offer, buyer):
    assert refused(cancel_pieces, part=sold, pieces={line_of(sold).pk: 4}, who=BUYER, by=buyer) == "too_many_pieces"
    assert (stock(workshop_offer), MoneyBack.objects.count()) == ((3, 3), 0)


def test_a_maker_cancels_with_a_reason_only(sold, artisan):
    assert refused(cancel_pieces, part=sold, pieces={line_of(sold).pk: 1}, who=SELLER, by=artisan) == "answer_required"
    assert MoneyBack.objects.count() == 0
    cancel_pieces(part=sold, pieces={line_of(sold).pk: 1}, who=SELLER, by=artisan, reason="آسیب دید.")
    assert "آسیب دید" in Letter.objects.get().text_fa


def test_a_buyer_cancels_what_is_being_made_once_it_is_late(sold, artisan, buyer, day):
    advance(part=sold, to=State.CONFIRMED, who=SELLER, by=artisan)
    advance(part=sold, to=State.MAKING, who=SELLER, by=artisan)
    assert refused(cancel_pieces, part=sold, pieces={line_of(sold).pk: 1}, who=BUYER, by=buyer) == "too_late"
    clock.set_today(sold.dispatch_by.replace(day=25))
    cancel_pieces(part=sold, pieces={line_of(sold).pk: 1}, who=BUYER, by=buyer)
    assert line_of(sold).standing == 2


def test_a_late_order_is_told_once_to_both(sold, day):
    clock.set_today(sold.confirm_by.replace(day=25))
    assert look_after()[0] == 1
    assert look_after()[0] == 0
    assert Letter.objects.count() == 1
    assert Notice.objects.filter(user__username="artisan", kind="order").count() == 1


def test_a_parcel_of_which_nobody_spoke_counts_as_arrived(sold, artisan, day):
    sent(sold, artisan)
    clock.set_today(day.replace(month=12, day=13))
    assert look_after()[1] == 0
    clock.set_today(day.replace(month=12, day=15))
    assert look_after()[1] == 1
    sold.refresh_from_db()
    assert sold.state == State.DELIVERED
