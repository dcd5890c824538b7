"""Gift wrap is frozen money of its line: in the seller's part, the books, what goes back, and the audits."""

import pytest
from django.core.exceptions import ValidationError

from marketplace.basket.gifts import PLAIN, Gift
from marketplace.basket.services import add_to_basket
from marketplace.checkout.models import Purchase
from marketplace.checkout.services import give_back, start_purchase
from marketplace.core.registry import MONEY, audits
from marketplace.ledger.models import CommissionRule, Posting
from marketplace.order.models import Line, Return, SellerOrder
from marketplace.order.returns import accept_return, ask_return, received_back
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from tests.basket.giftwrap import WORDS, WRAP
from tests.checkout.sale import allocated, basket_of
from tests.order.sold import arrived, line_of, paid

pytestmark = pytest.mark.django_db
PRICE = 180_000_000


@pytest.fixture
def wrapped(gift_offer, contact, buyer) -> SellerOrder:
    """Three kilims, wrapped, with the buyer's text."""
    return paid(gift_offer, contact, 3, user=buyer, gift=WORDS).seller_orders.get()


def named_by_audits() -> list[str]:
    return [sentence for walk in audits(MONEY).values() for sentence in walk()]


def posted(what: str) -> list[int]:
    return [-posting.amount_rial for posting in Posting.objects.filter(what=what).order_by("pk")]


def test_the_line_freezes_words_and_price_and_the_books_have_it_in_the_makers_part(wrapped, kilim):
    kilim.maker.gift_wrap_rial = 9 * WRAP
    kilim.maker.save()
    line = line_of(wrapped)
    assert (Gift.of(line), line.wrap_rial, int(line.line_price_incl_tax)) == (WORDS, 3 * WRAP, 3 * PRICE)
    assert (line.snapshot["personalised"], line.snapshot["made_to_order"]) == (True, True)
    assert wrapped.total_rial == int(wrapped.order.total_incl_tax) == 3 * (PRICE + WRAP)
    assert (posted("goods"), posted("wrap"), named_by_audits()) == ([3 * PRICE], [3 * WRAP], [])


def test_a_commission_is_taken_of_the_work_and_not_of_its_wrapping(gift_offer, contact):
    CommissionRule.objects.create(position=1, share_bp=1000, valid_from="2026-01-01")
    line = line_of(paid(gift_offer, contact, gift=Gift(wrap=True)).seller_orders.get())
    assert (line.commission_rial, line.wrap_rial) == (PRICE // 10, WRAP)


def test_what_is_cancelled_takes_its_wrapping_along(wrapped, buyer):
    line = line_of(wrapped)
    first = cancel_pieces(part=wrapped, pieces={line.pk: 1}, who=BUYER, by=buyer)
    rest = cancel_pieces(part=wrapped, pieces={line.pk: 2}, who=BUYER, by=buyer)
    assert (first.amount_rial, rest.amount_rial) == (PRICE + WRAP, 2 * (PRICE + WRAP))
    assert (sum(posted("goods")), posted("wrap")) == (0, [3 * WRAP, -WRAP, -2 * WRAP])
    assert (named_by_audits(), allocated(line.stockrecord)) == ([], 0)


def test_a_fault_gives_the_wrapping_back_too_and_a_change_of_mind_does_not_end_a_sale_with_ones_own_text(
    wrapped, artisan
):
    arrived(wrapped, artisan)
    pieces = {line_of(wrapped).pk: 1}
    with pytest.raises(ValidationError) as refused:
        ask_return(part=wrapped, pieces=pieces, reason=Return.Reason.WITHDRAWAL, text="")
    assert (refused.value.code, Return.objects.count()) == ("made_to_order", 0)
    given = ask_return(part=wrapped, pieces=pieces, reason=Return.Reason.BROKEN, text="شکسته")
    accept_return(given=given, by=artisan)
    assert (received_back(given=given, by=artisan).amount_rial, named_by_audits()) == (PRICE + WRAP, [])


def test_two_lines_of_one_offer_are_held_let_go_sold_and_cancelled_apart(gift_offer, contact, buyer):
    basket = basket_of(gift_offer, 1)
    add_to_basket(basket=basket, offer=gift_offer, quantity=2, gift=WORDS)
    purchase = start_purchase(basket=basket, user=None, contact=contact)
    assert (purchase.held, allocated(gift_offer)) == ([[gift_offer.pk, 3]], 3)
    assert purchase.total_rial == 3 * PRICE + 2 * WRAP
    give_back(purchase, Purchase.State.RELEASED)
    assert allocated(gift_offer) == 0
    basket = basket_of(gift_offer, 1)
    add_to_basket(basket=basket, offer=gift_offer, quantity=2, gift=WORDS)
    part = paid(gift_offer, contact, basket=basket).seller_orders.get()
    plain, worded = part.lines.order_by("pk")
    assert (Gift.of(plain), Gift.of(worded), part.total_rial) == (PLAIN, WORDS, 3 * PRICE + 2 * WRAP)
    cancel_pieces(part=part, pieces={plain.pk: 1, worded.pk: 1}, who=BUYER, by=buyer)
    assert (allocated(gift_offer), named_by_audits()) == (1, [])


def test_wrapping_that_its_maker_gave_up_holds_nothing(gift_offer, contact, kilim):
    basket = basket_of(gift_offer, gift=Gift(wrap=True))
    kilim.maker.gift_wrap_rial = None
    kilim.maker.save()
    with pytest.raises(ValidationError) as refused:
        start_purchase(basket=basket, user=None, contact=contact)
    assert (refused.value.code, allocated(gift_offer), Purchase.objects.count()) == ("no_wrapping", 0, 0)


def test_a_wrapping_of_another_price_than_was_seen_is_refused(gift_offer, contact):
    basket = basket_of(gift_offer, gift=Gift(wrap=True))
    with pytest.raises(ValidationError) as refused:
        start_purchase(basket=basket, user=None, contact=contact, seen_rial=PRICE)
    assert (refused.value.code, allocated(gift_offer)) == ("total_changed", 0)


def test_an_audit_names_a_part_that_is_not_the_sum_of_its_lines(wrapped):
    Line.objects.update(wrap_rial=0)
    said = f"Seller order {wrapped.number}: its total is {3 * (PRICE + WRAP)} rial, its lines come to {3 * PRICE}."
    assert said in named_by_audits()
