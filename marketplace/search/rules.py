"""What an officer may not write among the terms of search."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def require_letters(key: str) -> None:
    """A term has a letter or a digit; without one nobody could look it up."""
    if not key:
        raise ValidationError({"term": ValidationError(_("Write a word of letters or digits."), code="no_word")})


def require_new_term(is_kept: bool) -> None:
    """A term is kept once, whatever its spelling: two rows would contradict each other."""
    if is_kept:
        told = _("This term is kept already, perhaps in another spelling.")
        raise ValidationError({"term": ValidationError(told, code="kept_already")})
