"""Rules of discount offers: what their limits say. The sentence names the offer as its buyer saw it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def used_up(offer) -> ValidationError:
    """The sentence for an offer that ended, or whose uses or money are given out (code `offer_used_up`)."""
    return ValidationError(
        _("The discount “%(discount)s” is used up or over. Please look at the new total before you pay."),
        code="offer_used_up",
        params={"discount": offer.shown_name},
    )


def require_own_uses_left(offer, times: int, *, used: int) -> None:
    """Raises ValidationError with code `offer_used_by_you` when a buyer would use an offer more often than each may."""
    if used + times <= offer.max_user_applications:
        return
    raise ValidationError(
        _(
            "You have used the discount “%(discount)s” as often as it allows. Please look at the new total before you pay."
        ),
        code="offer_used_by_you",
        params={"discount": offer.shown_name},
    )
