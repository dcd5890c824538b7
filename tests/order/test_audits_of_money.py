"""`audit_money` over a sale, a cancellation and a return: clean, and each thing that does not add up is named."""

import pytest

from marketplace.core.registry import MONEY, audits
from marketplace.order.models import Line, MoneyBack, Order
from marketplace.order.returns import accept_return, ask_return, received_back
from marketplace.order.rules import BUYER
from marketplace.order.steps import cancel_pieces
from marketplace.partner.models import StockRecord
from marketplace.payments.models import PaymentAttempt, Refund
from tests.order.sold import arrived, line_of


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
