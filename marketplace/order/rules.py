"""Rules of a seller order: which step follows which and who may take it, until when a buyer may cancel or give back."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import TEHRAN
from marketplace.core.dbrules import DatabaseRule, Guard, declare, grows_only
from marketplace.core.workdays import working_days_after
from marketplace.order.models import Line, Return, SellerOrder

_State, _Reason = SellerOrder.State, Return.Reason
#: Working days after delivery in which a buyer may withdraw (E-Commerce Act, art. 37).
WITHDRAWAL_DAYS = 7
#: Days after delivery in which a broken or other piece can be told; and in which a revoked seal gives the money back.
COMPLAINT_DAYS, SEAL_DAYS = 30, 365
#: Days after dispatch from which a piece may be called lost.
LOST_AFTER_DAYS = 14

SELLER, BUYER, CLOCK = "seller", "buyer", "clock"
#: Each step, and who may take it.
STEPS: dict[tuple[str, str], set[str]] = {
    (_State.PLACED, _State.CONFIRMED): {SELLER},
    (_State.CONFIRMED, _State.MAKING): {SELLER},
    (_State.CONFIRMED, _State.READY): {SELLER},
    (_State.MAKING, _State.READY): {SELLER},
    (_State.CONFIRMED, _State.DISPATCHED): {SELLER},
    (_State.READY, _State.DISPATCHED): {SELLER},
    (_State.DISPATCHED, _State.DELIVERED): {SELLER, BUYER, CLOCK},
}
BEFORE_DISPATCH = (_State.PLACED, _State.CONFIRMED, _State.MAKING, _State.READY)
#: A buyer cancels alone until the maker begins to work.
BUYER_CANCELS = (_State.PLACED, _State.CONFIRMED)
SENT = (_State.DISPATCHED, _State.DELIVERED)


SELLER_ORDER_STEPS_GROW_ONLY = declare(grows_only("seller_order_steps_grow_only", "order_sellerorderstep"))


def steps_from(state: str, who: str) -> list[str]:
    """The states that somebody may bring a seller order to, in the order of its way."""
    return [to for (was, to), may in STEPS.items() if was == state and who in may]


def require_step(part: SellerOrder, to: str, *, who: str) -> None:
    """Raises ValidationError with code `wrong_step`."""
    if who not in STEPS.get((part.state, to), ()):
        raise ValidationError(
            _("Order %(number)s is at “%(state)s”; this step does not follow."),
            code="wrong_step",
            params={"number": part.number, "state": part.get_state_display()},
        )


def is_late(part: SellerOrder, *, on: date) -> bool:
    """Whether the maker has let a promised day pass."""
    unconfirmed = part.state == _State.PLACED and part.confirm_by is not None and part.confirm_by < on
    return unconfirmed or (part.state in BEFORE_DISPATCH and part.dispatch_by is not None and part.dispatch_by < on)


def require_cancellable(part: SellerOrder, *, who: str, on: date) -> None:
    """A maker cancels until a piece has left, a buyer until it is being made, or whenever the maker is late. Code `too_late`."""
    may = part.state in (BEFORE_DISPATCH if who == SELLER else BUYER_CANCELS)
    if may or (who == BUYER and part.state in BEFORE_DISPATCH and is_late(part, on=on)):
        return
    raise ValidationError(
        _(
            "Order %(number)s is at “%(state)s” and cannot be cancelled any more. Once it has arrived it can be given back."
        ),
        code="too_late",
        params={"number": part.number, "state": part.get_state_display()},
    )


def require_pieces(lines: Mapping[int, Line], pieces: Mapping[int, int]) -> None:
    """Pieces by line that belong here and still stand. Raises ValidationError with code `no_pieces` or `too_many_pieces`."""
    if not any(pieces.values()):
        raise ValidationError(_("Choose at least one piece."), code="no_pieces")
    for line_id, count in pieces.items():
        line = lines.get(line_id)
        if line is None or count < 0 or count > line.standing:
            raise ValidationError(_("So many pieces are not left in this order."), code="too_many_pieces")


def last_day_to_return(part: SellerOrder, reason: str) -> date | None:
    """The last day of a reason; None while nothing arrived."""
    if part.delivered_at is None:
        return None
    arrived = _day(part.delivered_at)
    if reason == _Reason.WITHDRAWAL:
        return working_days_after(arrived, WITHDRAWAL_DAYS)
    return date.fromordinal(arrived.toordinal() + (SEAL_DAYS if reason == _Reason.SEAL else COMPLAINT_DAYS))


def require_returnable(part: SellerOrder, reason: str, *, on: date) -> None:
    """A piece is given back once it arrived, within the days of its reason; it is lost while it is on its way.

    Raises ValidationError with code `not_sent`, `not_arrived`, `not_lost_yet` or `return_too_late` (with `last`).
    """
    if part.state not in SENT:
        raise ValidationError(_("This order was not sent yet; it can be cancelled."), code="not_sent")
    if reason == _Reason.LOST:
        _require_lost(part, on)
        return
    last = last_day_to_return(part, reason)
    if last is None:
        raise ValidationError(_("Tell us first that it has arrived."), code="not_arrived")
    if on > last:
        raise ValidationError(
            _("The days for this reason are over; choose another reason if one fits."), code="return_too_late"
        )


def _require_lost(part: SellerOrder, on: date) -> None:
    sent = _day(part.dispatched_at) if part.dispatched_at else on
    if part.state != _State.DISPATCHED or (on - sent).days < LOST_AFTER_DAYS:
        raise ValidationError(
            _("A parcel counts as lost %(days)s days after it was sent."),
            code="not_lost_yet",
            params={"days": LOST_AFTER_DAYS},
        )


def require_withdrawable(lines: list[Line], reason: str) -> None:
    """What was made to the buyer's order, or with a text of theirs, is not taken back without a fault. Raises code `made_to_order`."""
    if reason == _Reason.WITHDRAWAL and any(line.is_made_to_order for line in lines):
        raise ValidationError(
            _("A work that was made to your order, or with your own text, cannot be given back without a fault in it."),
            code="made_to_order",
        )


def require_revoked_seal(revoked: bool) -> None:
    """Raises ValidationError with code `seal_stands`."""
    if not revoked:
        raise ValidationError(
            _("The seals under which this was sold are in force, or it was sold under none."), code="seal_stands"
        )


def require_return_at(given: Return, *states: str) -> None:
    """Raises ValidationError with code `wrong_step`."""
    if given.state not in states:
        raise ValidationError(_("This return is at another step by now."), code="wrong_step")


def forbid_second_return(is_open: bool) -> None:
    """Raises ValidationError with code `return_is_open`."""
    if is_open:
        raise ValidationError(
            _("A return of this order is open; it ends before another begins."), code="return_is_open"
        )


def require_reason_text(reason: str, text: str) -> None:
    """All reasons but two want words. Raises ValidationError with code `reason_required`."""
    if reason not in (_Reason.WITHDRAWAL, _Reason.LOST, _Reason.SEAL) and not text.strip():
        raise ValidationError(_("Say in a sentence what is wrong."), code="reason_required")


def require_answer(text: str) -> None:
    """A refusal says why. Raises ValidationError with code `answer_required`."""
    if not text.strip():
        raise ValidationError(_("Say in a sentence why."), code="answer_required")


def _day(moment) -> date:
    return moment.astimezone(TEHRAN).date()


_SINGLE_PIECE = (
    "FROM catalogue_product p WHERE p.id = NEW.product_id AND p.one_of_a_kind = {true} AND p.made_to_order = {false}"
    " AND p.structure = 'standalone'"
)
_IS_SINGLE = f"EXISTS (SELECT 1 {_SINGLE_PIECE})"
_STANDS = (
    "EXISTS (SELECT 1 FROM order_line o WHERE o.product_id = NEW.product_id AND o.quantity > o.cancelled + o.returned)"
)
#: A work of which there is one is bought once, whatever offers it has, until it is cancelled or given back. The first guard refuses
#: nothing: it waits for whoever writes a line of the same work, so that the second (by name) reads that line.
ONE_SALE_IN_DATABASE = declare(
    DatabaseRule(
        "require_one_sale",
        (
            Guard(
                "order_line",
                f"(SELECT p.id {_SINGLE_PIECE}{{locked}}) < 0",
                events=("INSERT",),
                part="held",
            ),
            Guard(
                "order_line",
                f"{_IS_SINGLE} AND {_STANDS}",
                events=("INSERT",),
                part="once",
            ),
        ),
    )
)
