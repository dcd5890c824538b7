"""What may be written about an order, and when an officer may read it."""

from collections.abc import Sized

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

#: Messages of one side about one order in a day; more is a mistake or an attack.
MOST_A_DAY = 40


def require_words(text: str, photos: Sized) -> None:
    if not text.strip() and not len(photos):
        raise ValidationError(_("Write a few words, or add a photo."), code="empty_message")


def require_calm(sent_today: int) -> None:
    if sent_today >= MOST_A_DAY:
        raise ValidationError(
            _("These are many messages for one day; please go on tomorrow."), code="too_many_messages"
        )


def require_open_dispute(*, is_open: bool) -> None:
    """What two people write to each other is theirs; an officer reads it while deciding between them, and at no other time."""
    if not is_open:
        raise ValidationError(_("No dispute is open about this order."), code="no_dispute")
