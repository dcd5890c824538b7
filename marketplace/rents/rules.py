"""Rules of rent. Each raises ValidationError with a code."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.rents.models import Rent


def require_unpaid(rent: Rent) -> None:
    """Rent is paid once. Raises ValidationError with code `rent_paid`."""
    if rent.paid_on is not None:
        raise ValidationError(_("This month is paid already."), code="rent_paid")
    if rent.amount_rial == 0:
        raise ValidationError(_("Nothing is owed for this month."), code="nothing_owed")


def require_paid(rent: Rent) -> None:
    """A payment is taken back only where one was recorded. Raises ValidationError with code `rent_unpaid`."""
    if rent.paid_on is None:
        raise ValidationError(_("No payment was recorded for this month."), code="rent_unpaid")


def require_paid_by_now(paid_on: date, *, on: date) -> None:
    """A payment is recorded when it was made. Raises ValidationError with code `future_payment`."""
    if paid_on > on:
        raise ValidationError(_("Record a payment on its day or after."), code="future_payment")
