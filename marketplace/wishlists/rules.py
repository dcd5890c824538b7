"""What a list may hold, and that no gift comes twice."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.wishlists.models import WishList

#: Lists of one person, and works on one list; more is a mistake or an attack.
MOST_LISTS, MOST_WORKS, MOST_PIECES = 20, 200, 50


def require_room_for_list(others: int) -> None:
    if others >= MOST_LISTS:
        raise ValidationError(
            _("You have %(most)s lists; remove one first."), code="too_many_lists", params={"most": MOST_LISTS}
        )


def require_room_on_list(others: int) -> None:
    if others >= MOST_WORKS:
        raise ValidationError(_("A list holds %(most)s works at most."), code="list_full", params={"most": MOST_WORKS})


def require_removable(wishes: WishList) -> None:
    """The list of works kept for later is always there."""
    if wishes.is_kept:
        raise ValidationError(_("The list of works kept for later stays; take works off it instead."), code="kept_list")


def require_still_wished(*, wanted: int, bought: int) -> None:
    """Somebody was faster: the same gift does not come twice."""
    if bought >= wanted:
        raise ValidationError(_("Somebody has bought it from this list already."), code="already_given")
