"""`audit_money` over a sale, a cancellation and a return: clean, and each thing that does not add up is named."""

import pytest

from marketplace.core.registry import MONEY, audits
from marketplace.ledger.models import CommissionRule
from marketplace.ledger.queries import balance
from marketplace.order.models import Line, MoneyBack, Order
from marketplace.order.returns import accept_return, ask_return, received_back
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt, Refund
from tests.offer.discounts import a_range, an_offer
from tests.order.sold import arrived, line_of, paid


def said() -> list[str]:
    return [sentence for walk in audits(MONEY).values() for sentence in walk()]


@pytest.fixture
def busy(sold, artisan, buyer):
    """A sale of three pieces: one cancelled, one returned, one kept."""
    cancel_pieces(part=sold, pieces={line_of(sold).pk: 1}, who=BUYER, by=buyer)
    arrived(sold, artisan)
    given = ask_return(part=sold, pieces={line_of(sold).pk: 1}, reason="withdrawal")
    accept_return(given=given, by=artisan)
    received_back(given=given, by=artisan)
    return sold


def test_a_sale_with_all_that_can_happen_adds_up(busy):
    assert said() == []


@pytest.mark.parametrize(
    ("rows", "change", "names"),
    [
        (Order, {"total_incl_tax": 1}, "Order "),
        (PaymentAttempt, {"state": "failed"}, "Payment "),
        (MoneyBack, {"amount_rial": 5}, "Money back "),
        (Refund, {"state": "given"}, "Refund "),
        (Line, {"returned": 0}, "Order "),
        (StockRecord, {"num_allocated": 2, "num_in_stock": 1}, "Offer "),
    ],
)
def test_what_does_not_add_up_is_named(busy, rows, change, names):
    rows.objects.update(**change)
    sentences = said()
    assert sentences
    assert any(sentence.startswith(names) for sentence in sentences), sentences


def test_the_market_pays_for_its_own_discount_and_a_return_gives_back_what_was_paid(
    kilim, workshop_offer, contact, buyer
):
    an_offer(a_range(kilim), value=10)
    part = paid(workshop_offer, contact, 3, user=buyer).seller_orders.get()
    assert {code: balance(code) for code in ("clearing:sandbox", "discounts", f"payable:{part.seller_id}")} == {
        "clearing:sandbox": 486_000_000,
        "discounts": 54_000_000,
        f"payable:{part.seller_id}": -540_000_000,
    }
    back = cancel_pieces(part=part, pieces={line_of(part).pk: 1}, who=BUYER, by=buyer)
    assert back.amount_rial == 162_000_000
    assert (balance("refunds"), balance("discounts")) == (-162_000_000, 36_000_000)
    assert said() == []


def test_commission_is_frozen_on_the_line_and_goes_back_with_it(workshop_offer, contact, buyer):
    rule = CommissionRule.objects.create(position=1, share_bp=500, valid_from="2026-01-01")
    part = paid(workshop_offer, contact, 3, user=buyer).seller_orders.get()
    rule.delete()
    line = line_of(part)
    assert (line.commission_share_bp, line.commission_rial, balance("commission")) == (500, 27_000_000, -27_000_000)
    cancel_pieces(part=part, pieces={line.pk: 3}, who=BUYER, by=buyer)
    assert (balance("commission"), balance(f"payable:{part.seller_id}")) == (0, 0)
    assert said() == []
