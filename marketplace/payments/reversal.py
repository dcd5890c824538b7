"""Giving money back: what was paid for and may not be handed over any more.

A licence or an origin can change while a buyer pays, so a payment that is verified can be refused by a rule. Then its money goes
back: the attempt becomes REVERSING in the transaction that lets go of what was held, the gateway is asked outside any transaction, and
its answer makes it REVERSED once, or SUSPENSE for a person when it cannot be reversed. No answer leaves it REVERSING, for the sweeper.

Why the rules are not asked before verifying, so that nothing need be reversed: Zarinpal's manual says that an unverified payment
goes back to its payer only where verifying is left to the shop, a setting in the merchant's own account, and at a time it does not
name. What was never verified would be money of which nobody knows. A verified payment is known, is reversed within thirty minutes of
paying without a fee, and the answer says so (the manual's "session validation" and "reverse", https://www.zarinpal.com/docs/).

Guarantees: nothing is reversed that was handed over; a payment is handed over, or given back, or shown to a person with the reason.
"""

import logging
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from marketplace.core.registry import finisher
from marketplace.payments import gateways, told
from marketplace.payments.models import PaymentAttempt, reason_of
from marketplace.payments.rules import AMOUNT_MISMATCH
from marketplace.payments.states import move

log = logging.getLogger(__name__)
State = PaymentAttempt.State

#: The sweeper leaves a reversal that was just asked for alone, so that two do not ask at once.
ASK_AGAIN_AFTER = timedelta(minutes=1)
STOP_ASKING_AFTER = timedelta(days=2)


def refuse(attempt: PaymentAttempt, error: ValidationError, *, froms: tuple[str, ...], **facts: Any) -> bool:
    """Write down why an attempt is not handed over, and let go of what was held, in one transaction; whether this call did it.

    Another amount than ours waits for a person; everything else is to be given back.
    """
    to = State.SUSPENSE if getattr(error, "code", None) == AMOUNT_MISMATCH else State.REVERSING
    with transaction.atomic():
        moved = move(attempt, froms, to, **reason_of(error), **facts)
        if moved:
            finisher(attempt.payable_kind).refuse(attempt.payable_id, attempt, error)
            (told.in_suspense if to == State.SUSPENSE else told.refused)(attempt)
    if moved:
        log.error("payment %s is refused (%s) and %s", attempt.number, attempt.reason_code, attempt.state)
    return moved


def give_money_back(attempt: PaymentAttempt) -> None:
    """Ask the gateway to reverse an attempt that is REVERSING. Call it outside any transaction; no answer changes nothing.

    A gateway that is not configured any more, or breaks in any way, has not answered. After two days a person is asked.
    """
    if attempt.state != State.REVERSING:
        return
    try:
        answer = gateways.by_name(attempt.gateway).reverse(attempt)
    except Exception as error:
        log.warning("payment %s is not reversed yet: %s: %s", attempt.number, error.__class__.__name__, error)
        if attempt.created_at <= timezone.now() - STOP_ASKING_AFTER:
            with transaction.atomic():
                if move(attempt, (State.REVERSING,), State.SUSPENSE, code="down"):
                    told.in_suspense(attempt)
        return
    if not answer.done:
        log.error("payment %s cannot be reversed (%s) and waits for a person", attempt.number, answer.code)
    with transaction.atomic():
        to = State.REVERSED if answer.done else State.SUSPENSE
        if move(attempt, (State.REVERSING,), to, code=answer.code):
            (told.reversed_ if answer.done else told.in_suspense)(attempt)


def reverse_again() -> int:
    """Ask anew for every reversal that was not answered; how many reached an end. Of several sweepers one asks."""
    waiting = PaymentAttempt.objects.filter(state=State.REVERSING)
    ended = 0
    for attempt in waiting.filter(updated_at__lte=timezone.now() - ASK_AGAIN_AFTER).order_by("pk"):
        try:
            ended += _reversed_again(attempt)
        except Exception as error:  # one that fails must not stop the others
            log.warning("payment %s is not reversed: %s: %s", attempt.number, error.__class__.__name__, error)
    return ended


def _reversed_again(attempt: PaymentAttempt) -> bool:
    mine = PaymentAttempt.objects.filter(pk=attempt.pk, state=State.REVERSING, updated_at=attempt.updated_at)
    if not mine.update(updated_at=timezone.now()):
        return False
    give_money_back(attempt)
    return attempt.state != State.REVERSING
