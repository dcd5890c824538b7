"""Rules of the ground: what a code that was sent may open, and where one is sent."""

from datetime import datetime

import phonenumbers
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import OneTimeCode

#: Wrong digits after which a code opens nothing: five of a million.
MOST_TRIES = 5


def require_open_code(code: OneTimeCode | None, *, at: datetime) -> None:
    """A code opens once, within its minutes and its tries; one sentence for all that is wrong, so that nothing is learnt of an account.

    Raises ValidationError with code `code_not_right`.
    """
    if code is None or code.used_at or code.until <= at or code.tries >= MOST_TRIES:
        raise not_right()


def require_iranian_mobile(mobile: str | None) -> str:
    """Codes to sign in go to mobiles of Iran only: a message to any number of the world, which anybody may ask for, is dear.

    `mobile` in E.164, or None for what is no number. Raises ValidationError with code `iranian_mobile`.
    """
    number = phonenumbers.parse(mobile) if mobile else None
    kinds = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE)
    if number is None or number.country_code != 98 or phonenumbers.number_type(number) not in kinds:
        raise ValidationError(
            _("Enter a mobile number of Iran such as 0912 345 6789, or sign in with a password."),
            code="iranian_mobile",
        )
    return mobile or ""


def require_few_codes(were_many: bool) -> None:
    """A mobile is sent so many codes an hour and no more. Raises ValidationError with code `too_many_codes`."""
    if were_many:
        raise ValidationError(
            _("This number was sent many codes. Wait an hour, or sign in with a password."), code="too_many_codes"
        )


def require_code_is_enough(*, is_open: bool, is_guarded: bool) -> None:
    """A code alone opens neither an account that is closed nor one that acts for the market or has a second factor.

    Raises ValidationError with code `account_closed` or `code_not_enough`.
    """
    if not is_open:
        raise ValidationError(_("This account is closed. Write to us if you want it back."), code="account_closed")
    if is_guarded:
        raise ValidationError(
            _("This account does not open by a code alone. Sign in with its password."), code="code_not_enough"
        )


def not_right() -> ValidationError:
    """The one sentence about a code."""
    return ValidationError(
        _("This code is not right, or its time is over. Look at the newest message, or ask for another code."),
        code="code_not_right",
    )


def mobile_taken() -> ValidationError:
    """The one sentence for a mobile that has an account."""
    return ValidationError(
        _("There is an account with this mobile number or mail address. Sign in instead."), code="contact_taken"
    )
