"""Rules of vouchers: when a code is good, and for whom. They read the voucher and what they are told of its uses."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Vouchers in one basket; more is a mistake, or somebody trying codes.
MOST_VOUCHERS = 5


def unknown_voucher() -> ValidationError:
    """The sentence for a code that no voucher has (code `voucher_unknown`)."""
    return ValidationError(
        _("We know no voucher with this code. Look at its letters and digits once more."), code="voucher_unknown"
    )


def require_room_for_voucher(held: int) -> None:
    """Raises ValidationError with code `voucher_many` when a basket holds as many vouchers as it may."""
    if held >= MOST_VOUCHERS:
        raise ValidationError(
            _("A basket takes %(most)s vouchers at most. Take one out first."),
            code="voucher_many",
            params={"most": MOST_VOUCHERS},
        )


def require_current_voucher(voucher, *, at: datetime) -> None:
    """Raises ValidationError with code `voucher_not_begun` or `voucher_expired`."""
    if at < voucher.start_datetime:
        raise ValidationError(
            _("The voucher %(code)s cannot be used yet."), code="voucher_not_begun", params={"code": voucher.code}
        )
    if at > voucher.end_datetime:
        raise ValidationError(_("The voucher %(code)s is over."), code="voucher_expired", params={"code": voucher.code})


def voucher_used(voucher) -> ValidationError:
    """The sentence for a voucher of one use that is used, or is being paid with (code `voucher_used`)."""
    return ValidationError(
        _("The voucher %(code)s has been used; it was good for one purchase."),
        code="voucher_used",
        params={"code": voucher.code},
    )


def require_use_left(voucher, *, is_signed_in: bool, used_by_buyer: bool) -> None:
    """Raises ValidationError with code `voucher_used`, `voucher_needs_account` or `voucher_used_by_you`."""
    if voucher.usage == voucher.SINGLE_USE and voucher.num_orders:
        raise voucher_used(voucher)
    if voucher.usage != voucher.ONCE_PER_CUSTOMER:
        return
    if not is_signed_in:
        raise ValidationError(
            _("The voucher %(code)s is good once for each customer. Please sign in, then enter it again."),
            code="voucher_needs_account",
            params={"code": voucher.code},
        )
    if used_by_buyer:
        raise ValidationError(
            _("You have used the voucher %(code)s already; it is good once for each customer."),
            code="voucher_used_by_you",
            params={"code": voucher.code},
        )
