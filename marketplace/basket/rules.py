"""What a buyer may ask of one line: to be wrapped, a note for its receiver, a text of their own on the work."""

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.core.persian import group_digits
from marketplace.makers.models import Maker

#: Letters of a note for the receiver: what a small card holds.
MOST_NOTE = 300
#: Letters of a buyer's own text that a maker may offer at most.
MOST_PERSONAL = 200


def _digits(count: int) -> str:
    return group_digits(count, language=(get_language() or "fa")[:2])


def require_open_basket(is_open: bool) -> None:
    """What is paid for stays as it was agreed on. Raises ValidationError with code `basket_frozen`."""
    if not is_open:
        raise ValidationError(_("This basket is being paid for already."), code="basket_frozen")


def require_wrapping(maker: Maker | None) -> None:
    """Gifts are wrapped by makers who say so, at their price. Raises ValidationError with code `no_wrapping`."""
    if maker is None or maker.gift_wrap_rial is None:
        raise ValidationError(
            _("This maker wraps no gifts now. Take the wrapping off, and it can be paid for."), code="no_wrapping"
        )


def require_short_note(note: str) -> None:
    """Raises ValidationError with code `note_too_long`."""
    if len(note) > MOST_NOTE:
        raise ValidationError(
            _("The note holds %(most)s letters at most, and this one has %(count)s."),
            code="note_too_long",
            params={"most": _digits(MOST_NOTE), "count": _digits(len(note))},
        )


def require_fitting_text(work: Product, text: str) -> None:
    """A buyer's own text is taken where the maker offers it, up to the letters offered.

    Raises ValidationError with code `no_personal_text` or `personal_text_too_long`.
    """
    most = work.origin_work.personal_most
    if text and not most:
        raise ValidationError(
            _("“%(work)s” takes no text of yours now. Take the text out, and it can be paid for."),
            code="no_personal_text",
            params={"work": work.name},
        )
    if len(text) > most:
        raise ValidationError(
            _("Your text holds %(most)s letters at most, and this one has %(count)s."),
            code="personal_text_too_long",
            params={"most": _digits(most), "count": _digits(len(text))},
        )


def is_made_for_buyer(work: Product, personal_text: str) -> bool:
    """Whether nobody else could have it: made to order, or with the buyer's own text. Such a work is not withdrawn from without a fault."""
    return work.origin_work.made_to_order or bool(personal_text)
