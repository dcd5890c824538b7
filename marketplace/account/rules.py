"""What stands in the way of closing an account."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import User


def require_finished_orders(numbers: Iterable[str]) -> None:
    """An account with an order, a payment or a return under way is needed until it is settled."""
    open_ones = sorted(set(numbers))
    if open_ones:
        raise ValidationError(
            _("Something is still under way: %(numbers)s. Close the account once it has arrived or its money is back."),
            code="open_orders",
            params={"numbers": ", ".join(open_ones)},
        )


def require_no_places_booked(numbers: Iterable[str]) -> None:
    """A host waits for whoever booked: the places are given back or visited before their visitor loses the name."""
    waiting = sorted(set(numbers))
    if waiting:
        raise ValidationError(
            _("You have places booked: %(numbers)s. Cancel them, or close the account after your visit."),
            code="places_booked",
            params={"numbers": ", ".join(waiting)},
        )


def require_buyer_only(user: User, *, trades: bool) -> None:
    """Makers and those who work for the market answer for what they signed; the market closes such accounts by hand."""
    if trades or user.is_staff:
        raise ValidationError(
            _("You trade or work in the market with this account. Write to the market, and it is closed with you."),
            code="not_only_a_buyer",
        )
