"""Returns: asked by the buyer, answered by the maker in days, judged by an officer where they disagree; money back once.

Guarantees: one return of a seller order is open at a time; silence of the maker past `answer_by` accepts it; a lost parcel and a
revoked seal need no piece sent back; what is given back is counted on the line and posted in the same transaction.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from authenticity.models import SealGrant
from marketplace.core.clock import now, today
from marketplace.core.numbers import random_number
from marketplace.core.workdays import working_days_after
from marketplace.order import rules
from marketplace.order.giving_back import give_back
from marketplace.order.models import Line, MoneyBack, Return, ReturnLine, ReturnPhoto, SellerOrder, SellerOrderStep
from marketplace.order.steps import locked, named, step, tell_maker
from marketplace.order.told import tell_buyer

State, Reason = Return.State, Return.Reason
#: Working days in which a maker answers.
ANSWER_DAYS = 3
#: Reasons for which nothing has to be sent back first.
NOTHING_SENT_BACK = (Reason.LOST, Reason.SEAL)


@transaction.atomic
def ask_return(
    *,
    part: SellerOrder,
    pieces: Mapping[int, int],
    reason: str,
    text: str = "",
    photos: Iterable[bytes] = (),
    by: Any = None,
) -> Return:
    """Open a return of pieces (line → count). `photos` are pictures re-encoded before. Raises ValidationError, changing nothing."""
    mine = locked(part)
    rules.require_returnable(mine, reason, on=today())
    rules.require_reason_text(reason, text)
    lines = {line.pk: line for line in mine.lines.select_for_update().order_by("pk")}
    rules.require_pieces(lines, pieces)
    chosen = [lines[line_id] for line_id, count in pieces.items() if count]
    rules.require_withdrawable(chosen, reason)
    if reason == Reason.SEAL:
        rules.require_revoked_seal(all(has_revoked_seal(line) for line in chosen))
    rules.forbid_second_return(mine.returns.filter(ended_at__isnull=True).exists())
    asked = Return.objects.create(
        number=random_number("RET"),
        seller_order=mine,
        reason=reason,
        text=text,
        answer_by=working_days_after(today(), ANSWER_DAYS),
    )
    ReturnLine.objects.bulk_create(ReturnLine(of_return=asked, line=line, pieces=pieces[line.pk]) for line in chosen)
    for nth, photo in enumerate(photos, start=1):
        ReturnPhoto(of_return=asked).file.save(f"{asked.number}-{nth}.webp", ContentFile(photo))
    _note(mine, by, _("A return was asked: %(reason)s"), reason=asked.get_reason_display())
    tell_maker(mine, _("The buyer of %(number)s asks to give something back. Please answer within three working days."))
    return asked


def has_revoked_seal(line: Line) -> bool:
    """Whether a seal under which a line was sold was revoked since."""
    numbers = [seal["number"] for seal in line.snapshot.get("seals") or []]
    return bool(numbers) and SealGrant.objects.filter(number__in=numbers, revoked_on__isnull=False).exists()


@transaction.atomic
def accept_return(*, given: Return, by: Any, answer: str = "") -> Return:
    """The maker agrees; the money follows when the piece is back, at once where none is sent back. Raises code `wrong_step`."""
    mine = _held(given, State.ASKED, State.REFUSED, State.DISPUTED)
    mine.answer = answer or mine.answer
    if mine.reason in NOTHING_SENT_BACK:
        _pay_back(mine, by)
        return mine
    _to(mine, State.ACCEPTED)
    tell_buyer(
        mine.seller_order.order,
        _("%(maker)s accepts your return of %(number)s. Send the piece back; the money follows when it has arrived."),
        named(mine.seller_order),
    )
    return mine


@transaction.atomic
def refuse_return(*, given: Return, by: Any, answer: str) -> Return:
    """The maker disagrees and says why; the buyer may ask an officer. Raises code `wrong_step` or `answer_required`."""
    rules.require_answer(answer)
    mine = _held(given, State.ASKED)
    mine.answer = answer
    _to(mine, State.REFUSED)
    tell_buyer(
        mine.seller_order.order,
        _("%(maker)s does not accept your return of %(number)s: %(answer)s You can ask an officer to decide."),
        {**named(mine.seller_order), "answer": answer},
    )
    return mine


@transaction.atomic
def received_back(*, given: Return, by: Any) -> MoneyBack:
    """The piece is back at the maker's: the money goes back the way it came. Raises code `wrong_step`."""
    return _pay_back(_held(given, State.ACCEPTED), by)


@transaction.atomic
def dispute_return(*, given: Return, by: Any = None) -> Return:
    """The buyer asks an officer about a refusal. Raises code `wrong_step`."""
    mine = _held(given, State.REFUSED)
    _to(mine, State.DISPUTED)
    return mine


@transaction.atomic
def close_return(*, given: Return, by: Any, answer: str = "") -> Return:
    """End it without money: the buyer gives it up, or an officer finds for the maker. Raises code `wrong_step`."""
    mine = _held(given, State.ASKED, State.ACCEPTED, State.REFUSED, State.DISPUTED)
    mine.answer, mine.ended_at = answer or mine.answer, now()
    _to(mine, State.CLOSED)
    return mine


def _held(given: Return, *states: str) -> Return:
    """The return as it is now, with its seller order's row held first: everybody locks in this order."""
    locked(SellerOrder.objects.get(pk=given.seller_order_id))
    mine = (
        Return.objects.select_for_update(of=("self",)).select_related("seller_order__order__payment").get(pk=given.pk)
    )
    rules.require_return_at(mine, *states)
    return mine


def _to(given: Return, state: str) -> None:
    given.state = state
    given.save()


def _pay_back(given: Return, by: Any) -> MoneyBack:
    """Count the pieces as returned and promise their money."""
    part = locked(given.seller_order)
    lines = {line.pk: line for line in part.lines.select_for_update().order_by("pk")}
    pieces = dict(given.lines.values_list("line_id", "pieces"))
    rules.require_pieces(lines, pieces)
    back = give_back(part, lines, pieces, column="returned", of_return=given)
    given.ended_at = now()
    _to(given, State.GIVEN_BACK)
    whole = not any(line.standing for line in lines.values())
    step(part, SellerOrder.State.RETURNED if whole else part.state, by=by, note=given.number)
    tell_buyer(part.order, _("Your return of %(number)s is settled. The money goes back the way it came."), named(part))
    return back


def _note(part: SellerOrder, by: Any, sentence: Any, **params: Any) -> None:
    SellerOrderStep.objects.create(seller_order=part, state=part.state, by=by, note=(str(sentence) % params)[:500])


def accept_unanswered() -> int:
    """Returns whose maker kept silent past the day count as accepted; how many there were."""
    late = Return.objects.filter(state=State.ASKED, answer_by__lt=today()).order_by("pk")
    return sum(bool(accept_return(given=given, by=None)) for given in late)


def offer_return_for_revoked_seal(grant: SealGrant) -> int:
    """Tell buyers of the last year that a seal their piece was sold under was revoked, so the money can be had back; how many."""
    if grant.revoked_on is None:
        return 0
    since = now() - timedelta(days=rules.SEAL_DAYS)
    sold = Line.objects.filter(
        product__product_line=grant.product_line_id, seller_order__delivered_at__gte=since
    ).select_related("order", "seller_order__seller__maker")
    told = 0
    for line in sold.order_by("pk"):
        if line.standing and grant.number in [seal["number"] for seal in line.snapshot.get("seals") or []]:
            tell_buyer(
                line.order,
                _(
                    "The seal %(seal)s under which “%(work)s” was sold to you was revoked. You can give it back for a full refund."
                ),
                {"seal": grant.number, "work": line.title},
            )
            told += 1
    return told
