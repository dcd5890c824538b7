"""A payable of no kind at all, and who finishes it: payments know nothing of orders."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.core import registry
from marketplace.payments.gateways.base import Payer
from marketplace.payments.models import PaymentAttempt
from marketplace.payments.services import start_attempt


class Finisher:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple] = []
        self.refusal: Exception | None = None

    def finish(self, payable_id, attempt):
        if self.refusal:
            raise self.refusal
        self.told.append(("finish", payable_id))

    def refuse(self, payable_id, attempt, error):
        self.told.append(("refuse", payable_id, error.code))

    def give_up(self, payable_id):
        self.told.append(("give_up", payable_id))


@pytest.fixture
def finisher(monkeypatch, db) -> Finisher:
    finisher = Finisher()
    monkeypatch.setitem(registry._finishers, "thing", finisher)
    return finisher


def start(amount_rial: int = 50_000, **more):
    return start_attempt(
        payable_kind="thing",
        payable_id=7,
        amount_rial=amount_rial,
        callback_url="http://testserver/{attempt}",
        description="A thing",
        payer=Payer(),
        **more,
    )


def attempt() -> PaymentAttempt:
    return PaymentAttempt.objects.get()


def age(**by) -> None:
    PaymentAttempt.objects.update(updated_at=timezone.now() - timedelta(**by))
