"""An offer and a suspension at once, on PostgreSQL; and the proof that the race is real: the same without the maker's lock."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from marketplace.joining.audits import makers_states_are_kept
from marketplace.joining.services import suspend
from marketplace.listing import services
from marketplace.makers.rules import require_active_maker
from marketplace.partner.models import StockRecord
from tests.checkout.crowd import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _on_postgresql(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time and cannot show the race")


def offered_beside_a_suspension(kilim, bazaar, officer, monkeypatch) -> None:
    """The offer has asked for its maker's state when the suspension comes; it goes on when that is over, or waits for it."""
    asked, over = Barrier(2), Barrier(2)
    look = services.forbid_foreign_goods

    def look_and_wait(*args, **facts) -> None:
        look(*args, **facts)
        with suppress(BrokenBarrierError):
            asked.wait(5)
            over.wait(2)

    monkeypatch.setattr(services, "forbid_foreign_goods", look_and_wait)

    def offering() -> None:
        with suppress(ValidationError):
            services.offer_in_venue(work=kilim, venue=bazaar, price_rial=180_000_000, pieces=1)

    def suspending() -> None:
        asked.wait(5)
        suspend(maker=kilim.maker, by=officer, reason="شکایت")
        with suppress(BrokenBarrierError):
            over.wait(2)

    at_once(offering, suspending)


def test_nothing_of_a_suspended_maker_stays_on_sale(kilim, bazaar, officer, monkeypatch):
    offered_beside_a_suspension(kilim, bazaar, officer, monkeypatch)
    assert (StockRecord.objects.active().count(), list(makers_states_are_kept())) == (0, [])


def test_without_the_lock_an_offer_slips_by_and_the_audit_names_it(kilim, bazaar, officer, monkeypatch):
    monkeypatch.setattr(services, "hold_active_maker", require_active_maker)
    offered_beside_a_suspension(kilim, bazaar, officer, monkeypatch)
    slipped = StockRecord.objects.active().get()
    assert list(makers_states_are_kept()) == [
        f"Offer {slipped.pk}: it is on sale while its maker weaver is not active."
    ]
