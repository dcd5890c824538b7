"""Rules of the ground: what a code that was sent may open."""

from datetime import datetime

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


def not_right() -> ValidationError:
    """The one sentence about a code."""
    return ValidationError(
        _("This code is not right, or its time is over. Look at the newest message, or ask for another code."),
        code="code_not_right",
    )
