"""A file for the bank against money on its way back to a buyer, each in a process of its own."""

from collections.abc import Callable
from threading import Thread
from time import monotonic, sleep

import pytest
from django.db import connection

from marketplace.core import clock
from marketplace.ledger import payouts, queries
from marketplace.ledger.models import Payout
from marketplace.order.models import SellerOrder
from marketplace.order.rules import SELLER
from marketplace.order.steps import cancel_pieces
from marketplace.partner.ibans import set_iban, verify_iban
from tests.cast import DAY
from tests.faults.processes import Child
from tests.faults.test_killed import IBAN, PRICE
from tests.faults.test_races import sold_three

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def part(workshop_offer, contact, bank, buyer, day) -> SellerOrder:
    """Three kilims, paid for, whose maker's account is verified."""
    made = sold_three(workshop_offer, contact, bank, buyer)
    verify_iban(seller=set_iban(seller=workshop_offer.partner, iban=IBAN, owner="رضا کرمانی"), on=DAY)
    return made


def somebody_waits(seconds: float = 20) -> bool:
    until = monotonic() + seconds
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        sleep(0.05)
    return False


def beside(act: Callable[[], object]) -> tuple[Thread, list]:
    """An action in a thread and a connection of its own; what it returned or raised."""
    became: list[object] = []

    def run() -> None:
        try:
            became.append(act())
        except Exception as error:
            became.append(error)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread, became


def cancel_two(part: SellerOrder):
    return cancel_pieces(part=part, pieces={part.lines.get().pk: 2}, who=SELLER, by=None, reason="شکست")


def test_a_refund_waits_for_a_file_that_is_being_made_and_goes_on_when_its_maker_is_killed(part):
    maker_of_files = Child("pay makers", DAY.isoformat(), halt="payout begun, not committed")
    assert maker_of_files.process.stdout is not None
    assert maker_of_files.process.stdout.readline().strip() == "halted"
    thread, became = beside(lambda: int(cancel_two(part).amount_rial))
    try:
        assert somebody_waits()
        assert became == []
    finally:
        maker_of_files.process.kill()
        maker_of_files.process.communicate(timeout=30)
        thread.join(30)
    assert (became, Payout.objects.count()) == ([2 * PRICE], 0)
    assert queries.owed_to() == {part.seller_id: PRICE}
    payout = payouts.prepare(on=clock.today()).payout
    assert [item.amount_rial for item in payout.items.all()] == [PRICE]


def test_a_file_and_a_refund_of_two_processes_at_once_never_pay_what_went_back(part):
    """Whichever comes first: what the file holds and what the maker owes after it are together what was earned and kept."""
    files = [Child("pay makers", DAY.isoformat()) for _nth in range(2)]
    thread, became = beside(lambda: int(cancel_two(part).amount_rial))
    for one in files:
        one.process.communicate(timeout=60)
    thread.join(30)
    paid = sum(item.amount_rial for payout in Payout.objects.all() for item in payout.items.all())
    assert became == [2 * PRICE]
    assert paid in (PRICE, 3 * PRICE)
    assert queries.owed_by() == ({} if paid == PRICE else {part.seller_id: 2 * PRICE})
    assert queries.owed_to() == {}
