"""Rules of a purchase that was not paid: when the same one may be paid after all."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.checkout.models import Purchase

#: Until so long after its time a purchase that was let go may be held once more.
TRY_AGAIN_WITHIN = timedelta(hours=1)


class LetGo(Protocol):
    """What the rule needs to know of a purchase."""

    state: str
    held_until: datetime


def require_payable_again(purchase: LetGo, *, basket_is_kept: bool, now: datetime) -> None:
    """One that was let go a short while ago, whose works nobody put back into a basket. Raises ValidationError with code
    `purchase_closed`."""
    recent = now <= purchase.held_until + TRY_AGAIN_WITHIN
    if purchase.state != Purchase.State.RELEASED or not basket_is_kept or not recent:
        raise ValidationError(
            _("This purchase cannot be paid any more. Put its works back in the basket to buy them."),
            code="purchase_closed",
        )


def require_terms_read(ticked: str, *, version: str) -> None:
    """Nobody pays without having ticked the terms of sale as they stand today. Raises ValidationError with code `terms_not_read`."""
    if ticked != version:
        raise ValidationError(
            _("Read the terms of sale and tick that you have; then you can pay. Nothing was taken."),
            code="terms_not_read",
        )


def require_works_kept(*, basket_is_kept: bool) -> None:
    """Works that their buyer took back may be in another purchase by now: what is paid for them after that goes back, so that nothing
    is bought twice. Raises ValidationError with code `put_back`."""
    if not basket_is_kept:
        raise ValidationError(
            _("Its works were put back in the basket before the payment came."),
            code="put_back",
        )


def require_same_prices(prices: Iterable[tuple[object, object]]) -> None:
    """What was agreed on is what is asked today: pairs of both, in rial. Raises ValidationError with code `total_changed`."""
    if any(agreed != asked for agreed, asked in prices):
        raise ValidationError(
            _("A price changed since. Put the works back in the basket and look once more."), code="total_changed"
        )
