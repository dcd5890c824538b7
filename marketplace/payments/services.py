"""Payments: an attempt is stored before its gateway is asked, no gateway is asked inside a transaction, and each ends once.

Guarantees: a state changes by a conditional update, so of callback, sweeper and a second callback one wins; an attempt that
was paid ends as FINISHED together with its payable, in one transaction, or is given back (see `reversal`), or waits for a person.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core.clock import today
from marketplace.core.numbers import random_number
from marketplace.core.registry import finisher
from marketplace.payments import gateways, told
from marketplace.payments.foreign import priced
from marketplace.payments.gateways.base import GatewayDown, GatewayRefused, Outcome, Part, Payer, Redirect, Verdict
from marketplace.payments.models import PaymentAttempt, reason_of
from marketplace.payments.refunds import sweep_refunds
from marketplace.payments.reversal import STOP_ASKING_AFTER, give_money_back, refuse, reverse_again
from marketplace.payments.rules import (
    another_amount,
    held_by_database,
    never_handed_over,
    require_possible_split,
)
from marketplace.payments.states import move

log = logging.getLogger(__name__)
State = PaymentAttempt.State

#: Attempts that a gateway may still turn into money: a failed one too, if its buyer goes back and pays after all.
OPEN = (State.SENT, State.FAILED)
ENDS = (State.FINISHED, State.REVERSED, State.SUSPENSE, State.FAILED)
ASK_AFTER = timedelta(minutes=15)


def start_attempt(
    *,
    payable_kind: str,
    payable_id: int,
    amount_rial: int,
    callback_url: str,
    description: str,
    payer: Payer,
    split: Sequence[Part] = (),
    gateway_name: str = "",
    currency: str = "IRR",
    buyer: str = "iran",
) -> Redirect:
    """Store an attempt, then ask a gateway for a payment of `amount_rial`. `callback_url` may hold `{attempt}`.

    `split` are the parts that the gateway sends straight to IBANs; the rest stays with the merchant. `gateway_name` is the buyer's
    choice among those offered. For another currency than the rial the operator's rate of today is stored on the attempt.
    Call it outside any transaction. Raises GatewayDown or GatewayRefused (the attempt is kept as failed), and ValidationError
    (`no_rate`, `split_not_possible`: nothing is stored).
    """
    gateway = gateways.chosen(gateway_name, currency=currency, buyer=buyer)
    require_possible_split([part.amount_rial for part in split], amount_rial, gateway.terms)
    attempt = _store(
        gateway=gateway.name,
        payable_kind=payable_kind,
        payable_id=payable_id,
        amount_rial=amount_rial,
        split=[part.as_dict() for part in split],
        **priced(amount_rial, currency, on=today()),
    )
    address = callback_url.replace("{attempt}", attempt.number)
    try:
        answer = gateway.request(attempt, callback_url=address, description=description, payer=payer)
    except (GatewayDown, GatewayRefused) as error:
        code = str(getattr(error, "code", "down"))
        PaymentAttempt.objects.filter(pk=attempt.pk, state=State.STORED).update(
            state=State.FAILED, code=code, updated_at=timezone.now()
        )
        raise
    move(attempt, (State.STORED,), State.SENT, authority=answer.authority)
    return answer


@transaction.atomic(durable=True)
def _store(**facts: Any) -> PaymentAttempt:
    return PaymentAttempt.objects.create(number=random_number("PAY"), **facts)


def finish_attempt(number: str) -> PaymentAttempt:
    """Bring an attempt to its end: ask its gateway, then hand over, let go, or keep the money in suspense.

    Safe to call any number of times, at once too. Raises PaymentAttempt.DoesNotExist, and GatewayDown (nothing changed).
    """
    attempt = PaymentAttempt.objects.get(number=number)
    if attempt.state in OPEN and attempt.authority:
        _take(attempt, gateways.by_name(attempt.gateway).verify(attempt))
    if attempt.state == State.PAID:
        _hand_over(attempt)
    return attempt


def _take(attempt: PaymentAttempt, verdict: Verdict) -> None:
    """Write a gateway's verdict down."""
    facts: dict[str, Any] = {
        "code": verdict.code,
        "reference": verdict.reference,
        "paid_rial": verdict.paid_rial or None,
    }
    if verdict.outcome is Outcome.PAID and verdict.paid_rial in (None, attempt.amount_rial):
        move(attempt, OPEN, State.PAID, **facts, paid_at=timezone.now())
    elif verdict.outcome is Outcome.UNPAID:
        if move(attempt, (State.SENT,), State.FAILED, code=verdict.code):
            finisher(attempt.payable_kind).give_up(attempt.payable_id)  # type: ignore[attr-defined]
    else:
        refuse(attempt, another_amount(), froms=OPEN, **facts, paid_at=timezone.now())


def _hand_over(attempt: PaymentAttempt) -> None:
    """Finish what was paid for, once; what may not be handed over any more is given back."""
    refused = _finished(attempt)
    if refused is not None and refuse(attempt, refused, froms=(State.PAID,)):
        give_money_back(attempt)


def _finished(attempt: PaymentAttempt) -> ValidationError | None:
    """The refusal, if there is one. The row of the attempt is the lock, and its new state commits with the payable's."""
    for _nth in range(2):
        try:
            with transaction.atomic():
                if move(attempt, (State.PAID,), State.FINISHED):
                    finisher(attempt.payable_kind).finish(attempt.payable_id, attempt)  # type: ignore[attr-defined]
            return None
        except ValidationError as error:
            return error
        except IntegrityError as error:  # the database's own rule came first; asked again, ours says it in words
            log.warning("payment %s: %s", attempt.number, error)
    return held_by_database()


def page_of(attempt: PaymentAttempt) -> str:
    """Where the buyer reads what became of an attempt, in the active language."""
    return finisher(attempt.payable_kind).page(attempt.payable_id)  # type: ignore[attr-defined]


def sweep_attempts() -> int:
    """Bring home what no callback finished: paid but not handed over, paid by the gateway's own list, sent long ago, or not given back.

    What was paid is never too old: handed over, or, when that failed for two days, shown to a person.
    """
    now = timezone.now()
    recent = PaymentAttempt.objects.filter(created_at__gte=now - STOP_ASKING_AFTER)
    numbers = set(PaymentAttempt.objects.filter(state=State.PAID).values_list("number", flat=True))
    numbers |= set(recent.filter(state=State.SENT, updated_at__lte=now - ASK_AFTER).values_list("number", flat=True))
    for name in recent.filter(state__in=OPEN).exclude(authority="").values_list("gateway", flat=True).distinct():
        numbers |= _paid_by_list(name, recent)
    return sum(_swept(number) for number in sorted(numbers)) + reverse_again() + sweep_refunds()


def _paid_by_list(gateway: str, recent) -> set[str]:
    try:
        paid = gateways.by_name(gateway).unverified()
    except Exception as error:  # down, or not configured any more: its attempts are asked for one by one
        log.warning("gateway %s does not list its payments: %s: %s", gateway, error.__class__.__name__, error)
        return set()
    found = recent.filter(gateway=gateway, state__in=OPEN, authority__in=paid)
    return set(found.values_list("number", flat=True))


def _swept(number: str) -> int:
    """1 when the attempt reached an end; one that fails in any way must not stop the others."""
    return _safely(_ended, number) or _safely(_shown_to_a_person, number)


def _safely(act: Callable[[str], bool], number: str) -> int:
    try:
        return int(act(number))
    except Exception as error:
        log.warning("payment %s: %s: %s", number, error.__class__.__name__, error)
        return 0


def _ended(number: str) -> bool:
    return finish_attempt(number).state in ENDS


def _shown_to_a_person(number: str) -> bool:
    """What was paid two days ago and could not be handed over is set aside, with the reason."""
    late = PaymentAttempt.objects.filter(
        number=number, state=State.PAID, created_at__lte=timezone.now() - STOP_ASKING_AFTER
    ).first()
    if late is None:
        return False
    with transaction.atomic():
        if not move(late, (State.PAID,), State.SUSPENSE, **reason_of(never_handed_over())):
            return False
        told.in_suspense(late)
    log.error("payment %s could not be handed over and waits for a person", number)
    return True
