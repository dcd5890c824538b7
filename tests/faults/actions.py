"""What a child process of a fault's test does."""

from datetime import date

from django.test import Client

from marketplace.checkout.sweeper import sweep
from marketplace.core import clock
from marketplace.core.models import Clock
from marketplace.ledger import payouts
from marketplace.payments.models import Refund
from marketplace.payments.refunds import ask_for
from marketplace.payments.services import finish_attempt


def live_on_the_day() -> None:
    """A test's day is in the database; a new process takes it over."""
    kept = Clock.objects.filter(pk=1).first()
    clock._set_day = kept.today if kept else None


def finish(number: str) -> str:
    return finish_attempt(number).state


def call_back(path: str) -> str:
    return Client().get(path, headers={"host": "testserver"}).headers["location"]


def give(number: str) -> str:
    return ask_for(Refund.objects.get(number=number)).state


def pay_makers(day: str) -> str:
    return payouts.prepare(on=date.fromisoformat(day)).payout.number


ACTIONS = {"finish": finish, "call back": call_back, "give": give, "pay makers": pay_makers, "sweep": lambda: sweep()}
