"""Returns: asked, answered, disputed, and paid back once."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.core import clock
from marketplace.matters.models import Matter
from marketplace.matters.services import decide
from marketplace.order.disputes import ask_officer
from marketplace.order.models import Letter, MoneyBack, Return, SellerOrder
from marketplace.order.returns import (
    accept_return,
    accept_unanswered,
    ask_return,
    close_return,
    received_back,
    refuse_return,
)
from tests.order.sold import arrived, line_of, sent

State, Reason = Return.State, Return.Reason


def refused(act, **more) -> str:
    with pytest.raises(ValidationError) as error:
        act(**more)
    return error.value.code


@pytest.fixture
def delivered(sold, artisan) -> SellerOrder:
    return arrived(sold, artisan)


def asked(part: SellerOrder, pieces: int = 1, reason: str = Reason.WITHDRAWAL, text: str = "") -> Return:
    return ask_return(part=part, pieces={line_of(part).pk: pieces}, reason=reason, text=text)


def test_a_return_is_answered_received_and_paid_back_once(delivered, artisan):
    given = asked(delivered, 2)
    assert (given.state, str(given.answer_by)) == (State.ASKED, "2026-11-25")
    accept_return(given=given, by=artisan)
    back = received_back(given=given, by=artisan)
    assert (back.amount_rial, back.pieces) == (360_000_000, {str(line_of(delivered).pk): 2})
    assert refused(received_back, given=given, by=artisan) == "wrong_step"
    delivered.refresh_from_db()
    assert (delivered.state, line_of(delivered).returned, MoneyBack.objects.count()) == ("delivered", 2, 1)


def test_when_all_is_returned_the_order_says_so(delivered, artisan):
    given = asked(delivered, 3)
    accept_return(given=given, by=artisan)
    received_back(given=given, by=artisan)
    delivered.refresh_from_db()
    assert delivered.state == SellerOrder.State.RETURNED


def test_one_return_is_open_at_a_time(delivered):
    asked(delivered)
    assert refused(asked, part=delivered) == "return_is_open"
    assert Return.objects.count() == 1


def test_what_has_not_arrived_is_not_given_back(sold, artisan):
    assert refused(asked, part=sold) == "not_sent"
    sent(sold, artisan)
    assert refused(asked, part=sold) == "not_arrived"
    assert Return.objects.count() == 0


def test_a_maker_refuses_with_a_reason(delivered, artisan):
    given = asked(delivered, reason=Reason.BROKEN, text="ریشه‌اش پاره است")
    assert refused(refuse_return, given=given, by=artisan, answer=" ") == "answer_required"
    refuse_return(given=given, by=artisan, answer="سالم فرستاده شد.")
    given.refresh_from_db()
    assert (given.state, MoneyBack.objects.count()) == (State.REFUSED, 0)
    assert "سالم فرستاده شد" in Letter.objects.order_by("-pk").first().text_fa


def test_an_officer_finds_for_the_buyer(delivered, artisan, officer):
    given = asked(delivered, reason=Reason.BROKEN, text="پاره است")
    refuse_return(given=given, by=artisan, answer="نه")
    matter = ask_officer(given=given)
    decide(matter=matter, decision="buyer", by=officer, reason="عکس‌ها پارگی را نشان می‌دهند.")
    given.refresh_from_db()
    assert given.state == State.ACCEPTED


def test_an_officer_finds_for_the_maker(delivered, artisan, officer):
    given = asked(delivered, reason=Reason.BROKEN, text="پاره است")
    refuse_return(given=given, by=artisan, answer="نه")
    decide(matter=ask_officer(given=given), decision="maker", by=officer, reason="پارگی کهنه نیست.")
    given.refresh_from_db()
    assert (given.state, given.ended_at is not None, MoneyBack.objects.count()) == (State.CLOSED, True, 0)


def test_only_a_refused_return_goes_to_an_officer(delivered):
    given = asked(delivered)
    assert refused(ask_officer, given=given) == "wrong_step"
    assert Matter.objects.count() == 0


def test_a_makers_silence_accepts(delivered, day):
    given = asked(delivered)
    clock.set_today(given.answer_by)
    assert accept_unanswered() == 0
    clock.set_today(given.answer_by.replace(day=26))
    assert accept_unanswered() == 1
    given.refresh_from_db()
    assert given.state == State.ACCEPTED


def test_a_lost_parcel_is_paid_back_when_it_is_accepted(sold, artisan, day):
    sent(sold, artisan)
    clock.set_today(day.replace(month=12, day=6))
    accept_return(given=asked(sold, 3, Reason.LOST), by=artisan)
    assert MoneyBack.objects.get().amount_rial == 540_000_000


def test_a_seal_that_stands_gives_no_money_back(delivered):
    assert refused(asked, part=delivered, reason=Reason.SEAL) == "seal_stands"
    assert Return.objects.count() == 0


def test_a_buyer_may_keep_it_after_all(delivered, artisan):
    given = asked(delivered)
    close_return(given=given, by=None)
    assert refused(accept_return, given=given, by=artisan) == "wrong_step"
    assert asked(delivered).state == State.ASKED
