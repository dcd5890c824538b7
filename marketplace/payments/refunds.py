"""Refunds: money of a payment given back, in whole or in parts.

A refund is stored in the transaction that decides it, together with the attempt's count of what is promised back; only then, outside
any transaction, is the gateway asked. Refunds of one attempt are asked for one after another, because a gateway that takes no key of
ours is looked into before it is asked again, and two at once could not be told apart. What the gateway cannot give back any more
waits for a person, who pays it to the buyer's IBAN; what is unclear waits for a person who looks first.

Guarantees: refunds of an attempt together are never more than was paid (a conditional update, and the database's own rules); what
asked for a refund gets one, however often it asks; each is given once.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from marketplace.core.models import User
from marketplace.core.numbers import random_number
from marketplace.partner.rules import require_iban
from marketplace.payments import gateways, told
from marketplace.payments.disputes import lost_rial
from marketplace.payments.foreign import part_in_hundredths
from marketplace.payments.gateways.base import Given, RefundAnswer, RefundOrder
from marketplace.payments.models import PaymentAttempt, Refund
from marketplace.payments.rules import (
    REFUNDABLE,
    refund_too_much,
    require_refundable,
    require_same_refund,
    require_waiting_for_a_person,
)
from marketplace.payments.states import move

log = logging.getLogger(__name__)
State = Refund.State
OPEN = (State.STORED, State.SENT)
ASK_AGAIN_AFTER = timedelta(minutes=1)
STOP_ASKING_AFTER = timedelta(days=2)


@transaction.atomic
def store_refund(*, attempt: PaymentAttempt, amount_rial: int, source: str) -> Refund:
    """Promise a part of a payment back, in rial. `source` names what asked (such as "return:12"): asked again it gets the first one.

    Safe inside the caller's transaction; call `ask_for` after it, or leave that to the sweeper. Raises ValidationError:
    `refund_amount`, `not_refundable`, `refund_too_much`, `refund_changed`.
    """
    paid = PaymentAttempt.objects.select_for_update().get(pk=attempt.pk)
    before = Refund.objects.filter(source=source).first()
    if before is not None:
        require_same_refund(before.amount_rial, amount_rial)
        return before
    lost = lost_rial(paid)
    require_refundable(paid, amount_rial, lost_rial=lost)
    if not _count(paid, amount_rial, lost):
        raise refund_too_much()
    refund = Refund.objects.create(
        number=random_number("REF"),
        attempt=paid,
        source=source,
        amount_rial=amount_rial,
        before_rial=paid.refunded_rial,
        amount_minor=_minor(paid, amount_rial),
    )
    told.refund_stored(refund)
    return refund


def _count(paid: PaymentAttempt, amount_rial: int, lost: int) -> bool:
    """Count a refund on its attempt, if what was paid and no bank took still covers it."""
    room = Coalesce("paid_rial", "amount_rial") - amount_rial - lost
    mine = PaymentAttempt.objects.filter(pk=paid.pk, state__in=REFUNDABLE, refunded_rial__lte=room)
    return bool(mine.update(refunded_rial=F("refunded_rial") + amount_rial))


def _minor(paid: PaymentAttempt, amount_rial: int) -> int | None:
    if paid.amount_minor is None:
        return None
    return part_in_hundredths(amount_rial, paid.refunded_rial, paid.amount_rial, paid.amount_minor)


def ask_for(refund: Refund) -> Refund:
    """Ask the gateway for a refund. Call it outside any transaction; safe to repeat. No answer leaves it for the sweeper."""
    again = refund.state == State.SENT
    if not _claim(refund):
        return refund
    try:
        answer = gateways.by_name(refund.attempt.gateway).refund(refund.attempt, _order(refund, again=again))
    except Exception as error:
        log.warning("refund %s is not given yet: %s: %s", refund.number, error.__class__.__name__, error)
        if refund.created_at <= timezone.now() - STOP_ASKING_AFTER:
            _end(refund, State.SUSPENSE, RefundAnswer(Given.UNCLEAR, "down"))
        return refund
    _take(refund, answer)
    return refund


def _claim(refund: Refund) -> bool:
    """Take a refund on to ask for it; false when another process did, or when an earlier refund of the attempt is still open."""
    with transaction.atomic():
        PaymentAttempt.objects.select_for_update().get(pk=refund.attempt_id)
        if Refund.objects.filter(attempt=refund.attempt_id, state__in=OPEN, pk__lt=refund.pk).exists():
            return False
        mine = Refund.objects.filter(pk=refund.pk, state=refund.state, updated_at=refund.updated_at)
        claimed = refund.state in OPEN and mine.update(state=State.SENT, updated_at=timezone.now())
    refund.refresh_from_db()
    return bool(claimed)


def _order(refund: Refund, *, again: bool) -> RefundOrder:
    return RefundOrder(
        number=refund.number,
        amount_rial=refund.amount_rial,
        before_rial=_given_before(refund),
        again=again,
        amount_minor=refund.amount_minor,
        reference=refund.reference,
    )


def _given_before(refund: Refund) -> int:
    """What the gateway itself gave back of the attempt so far, in rial."""
    given = Refund.objects.filter(attempt=refund.attempt_id, state=State.GIVEN, iban="").exclude(pk=refund.pk)
    return sum(given.values_list("amount_rial", flat=True))


ENDS = {
    Given.GIVEN: State.GIVEN,
    Given.CANNOT: State.BY_HAND,
    Given.UNCLEAR: State.SUSPENSE,
    Given.ON_ITS_WAY: State.SENT,
}


def _take(refund: Refund, answer: RefundAnswer) -> None:
    """Write a gateway's answer down."""
    _end(refund, ENDS[answer.given], answer)
    if refund.state in (State.BY_HAND, State.SUSPENSE):
        log.error("refund %s waits for a person (%s, %s)", refund.number, refund.state, refund.code)


def _end(refund: Refund, to: str, answer: RefundAnswer) -> None:
    facts = {"code": answer.code, "reference": answer.reference or refund.reference}
    with transaction.atomic():
        if to == State.GIVEN:
            _given(refund, (State.SENT,), **facts)
        elif move(refund, (State.SENT,), to, **facts) and to != State.SENT:
            told.refund_waits(refund)


def _given(refund: Refund, froms: tuple[str, ...], **facts: object) -> bool:
    moved = move(refund, froms, State.GIVEN, given_at=timezone.now(), **facts)
    if moved:
        told.refund_given(refund)
    return moved


@transaction.atomic
def record_given_by_hand(*, refund: Refund, iban: str, holder: str, reference: str, by: User) -> Refund:
    """A person paid a refund to the buyer's IBAN. Raises ValidationError: `refund_closed`, `bad_iban`."""
    iban = require_iban(iban)
    if not _given(refund, (State.BY_HAND,), iban=iban, holder=holder, reference=reference, by=by):
        require_waiting_for_a_person(refund.state, State.BY_HAND)
    return refund


@transaction.atomic
def record_found(*, refund: Refund, given: bool, by: User) -> Refund:
    """A person looked at the gateway: an unclear refund was given, or was not and is to be paid by hand. Raises `refund_closed`."""
    if given:
        moved = _given(refund, (State.SUSPENSE,), by=by)
    else:
        moved = move(refund, (State.SUSPENSE,), State.BY_HAND, by=by)
    if not moved:
        require_waiting_for_a_person(refund.state, State.SUSPENSE)
    return refund


def sweep_refunds() -> int:
    """Ask for every refund that nobody asked for, and again where no answer came; how many reached an end. Of several sweepers one asks."""
    unanswered = Q(state=State.SENT, updated_at__lte=timezone.now() - ASK_AGAIN_AFTER)
    waiting = Refund.objects.filter(Q(state=State.STORED) | unanswered)
    ended = 0
    for refund in waiting.select_related("attempt").order_by("pk"):
        try:
            ended += ask_for(refund).state not in OPEN
        except Exception as error:  # one that fails must not stop the others
            log.warning("refund %s is not given: %s: %s", refund.number, error.__class__.__name__, error)
    return ended
