"""Rules of a payment: what a gateway says is compared with our own record, never taken for it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Money moved, but not the sum that was asked for: a person decides.
AMOUNT_MISMATCH = "amount_mismatch"


def another_amount() -> ValidationError:
    """The refusal of a payment whose gateway names another amount than ours."""
    return ValidationError(_("Another amount was paid."), code=AMOUNT_MISMATCH)


def require_own_amount(paid_rial: int, owed_rial: int) -> None:
    """Exactly what is owed finishes a payable, in rial. Raises ValidationError with code `amount_mismatch`."""
    if paid_rial != owed_rial:
        raise another_amount()


def held_by_database() -> ValidationError:
    """The refusal of what the database's own rules do not let through (code `database_rule`)."""
    return ValidationError(_("A rule of the market no longer lets this be sold."), code="database_rule")


def never_handed_over() -> ValidationError:
    """Why a payment waits for a person that was tried for two days (code `not_handed_over`)."""
    return ValidationError(_("This payment could not be brought to an end."), code="not_handed_over")
