"""Rules of a payment: what a gateway says is compared with our own record, and no more goes back than came."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.dbrules import TRUNCATE, DatabaseRule, Guard, declare

#: Money moved, but not the sum that was asked for: a person decides.
AMOUNT_MISMATCH = "amount_mismatch"
NOT_HANDED_OVER = "not_handed_over"
WAY_NOT_OFFERED = "way_not_offered"
#: States of an attempt in which its money stays with us, and can be given back in parts.
REFUNDABLE = ("finished", "suspense")


class Paid(Protocol):
    """What the rules need to know of an attempt. In rial."""

    state: str
    refunded_rial: int
    disputed_at: datetime | None

    @property
    def reached_us_rial(self) -> int: ...


def another_amount() -> ValidationError:
    """The refusal of a payment whose gateway names another amount than ours."""
    return ValidationError(_("Another amount was paid."), code=AMOUNT_MISMATCH)


def require_lowest_amount(rial: int, *, lowest_rial: int) -> None:
    """A gateway takes no less than its lowest amount, in rial; discounts can bring a total below it. Code `too_little`."""
    if rial < lowest_rial:
        raise ValidationError(
            _(
                "After discounts less is left to pay than the gateway takes. Put something else in, or take a discount out."
            ),
            code="too_little",
        )


def require_offered_way(code: str, offered: Collection[str]) -> None:
    """A buyer pays by a way that is offered to them today; no word means the first. Raises ValidationError with code `way_not_offered`."""
    if code and code not in offered:
        raise ValidationError(
            _("This way to pay is not offered now. Nothing was taken; choose another one."), code=WAY_NOT_OFFERED
        )


def require_own_amount(paid_rial: int, owed_rial: int) -> None:
    """Exactly what is owed finishes a payable, in rial. Raises ValidationError with code `amount_mismatch`."""
    if paid_rial != owed_rial:
        raise another_amount()


def held_by_database() -> ValidationError:
    """The refusal of what the database's own rules do not let through (code `database_rule`)."""
    return ValidationError(_("A rule of the market no longer lets this be sold."), code="database_rule")


def never_handed_over() -> ValidationError:
    """Why a payment waits for a person that was tried for two days (code `not_handed_over`)."""
    return ValidationError(_("This payment could not be brought to an end."), code=NOT_HANDED_OVER)


def require_refundable(attempt: Paid, amount_rial: int, *, lost_rial: int = 0) -> None:
    """Only money that reached us goes back, once. In rial. `lost_rial` is what a bank took of it for good: with the rest we may do
    as with any payment, while of one that no bank decided nobody knows.

    Raises ValidationError: `refund_amount`, `not_refundable`, `disputed`, `refund_too_much`.
    """
    if amount_rial <= 0:
        raise ValidationError(_("A refund is more than nothing."), code="refund_amount")
    if attempt.state not in REFUNDABLE:
        raise ValidationError(_("This payment has no money with us that could be given back."), code="not_refundable")
    if attempt.disputed_at is not None and not lost_rial:
        raise ValidationError(
            _("The payer asked the bank for this money. Until that is decided, nothing is refunded beside it."),
            code="disputed",
        )
    if attempt.refunded_rial + lost_rial + amount_rial > attempt.reached_us_rial:
        raise refund_too_much()


def refund_too_much() -> ValidationError:
    """The refusal of refunds that together are more than was paid (code `refund_too_much`)."""
    return ValidationError(_("More cannot be given back than was paid."), code="refund_too_much")


def require_same_refund(kept: int, asked: int) -> None:
    """What asked for one refund cannot ask for another sum. In rial. Raises ValidationError with code `refund_changed`."""
    if kept != asked:
        raise ValidationError(_("A refund of another amount was stored for this before."), code="refund_changed")


def require_waiting_for_a_person(state: str, wanted: str) -> None:
    """A person acts on what waits for one. Raises ValidationError with code `refund_closed`."""
    if state != wanted:
        raise ValidationError(_("This refund does not wait for a person any more."), code="refund_closed")


class PossibleSplit(Protocol):
    """What the rule needs to know of a gateway's terms."""

    @property
    def most_parts(self) -> int: ...

    @property
    def min_part_rial(self) -> int: ...


def require_possible_split(parts_rial: list[int], amount_rial: int, terms: PossibleSplit) -> None:
    """A gateway is asked only for a split that it can make. In rial. Raises ValidationError with code `split_not_possible`."""
    too_many = len(parts_rial) > terms.most_parts
    too_small = any(part < terms.min_part_rial for part in parts_rial)
    if parts_rial and (too_many or too_small or sum(parts_rial) > amount_rial):
        raise ValidationError(
            _("This payment cannot be shared out among its makers in one go."), code="split_not_possible"
        )


def no_rate(currency: str) -> ValidationError:
    """The refusal of a payment in a currency for which the operator entered no rate (code `no_rate`)."""
    return ValidationError(
        _("There is no rate for %(currency)s on this day."), code="no_rate", params={"currency": currency}
    )


#: What was agreed before a gateway was asked is not changed after.
declare(
    DatabaseRule(
        "attempt_stays_as_agreed",
        (
            Guard(
                "payments_paymentattempt",
                "NEW.amount_rial <> OLD.amount_rial OR NEW.currency <> OLD.currency OR NEW.number <> OLD.number"
                " OR NEW.payable_id <> OLD.payable_id OR NEW.payable_kind <> OLD.payable_kind"
                " OR COALESCE(NEW.amount_minor, 0) <> COALESCE(OLD.amount_minor, 0)",
                events=("UPDATE",),
            ),
            Guard("payments_paymentattempt", "{true}", events=("DELETE",)),
        ),
    )
)
#: The attempt's own count of what is promised back (which its table holds within what was paid) covers every refund of it.
declare(
    DatabaseRule(
        "refunds_are_counted",
        (
            Guard(
                "payments_refund",
                "NEW.amount_rial + COALESCE((SELECT SUM(one.amount_rial) FROM payments_refund one"
                " WHERE one.attempt_id = NEW.attempt_id), 0)"
                " > (SELECT paid.refunded_rial FROM payments_paymentattempt paid WHERE paid.id = NEW.attempt_id)",
                events=("INSERT",),
            ),
            Guard(
                "payments_refund",
                "NEW.amount_rial <> OLD.amount_rial OR NEW.attempt_id <> OLD.attempt_id OR NEW.number <> OLD.number"
                " OR NEW.source <> OLD.source OR (OLD.state = 'given' AND NEW.state <> 'given')",
                events=("UPDATE",),
            ),
            Guard("payments_refund", "{true}", events=("DELETE",)),
            Guard("payments_refund", "{true}", events=(TRUNCATE,)),
        ),
    )
)
declare(
    DatabaseRule(
        "what_was_promised_back_stays_promised",
        (Guard("payments_paymentattempt", "NEW.refunded_rial < OLD.refunded_rial", events=("UPDATE",), part="less"),),
    )
)
