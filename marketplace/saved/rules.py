"""What may be saved, and how much of it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.saved.models import SavedSearch
from marketplace.shop.address import Address

#: A person's searches; each costs the worker a search a day.
MOST_SEARCHES = 30


def require_something_to_look_for(address: Address) -> None:
    """All works of the market are no search."""
    if not address.text and not address.narrows:
        raise ValidationError(_("Say first what to look for: a word, a craft, a city or a price."), code="no_search")


def require_room_for_search(user) -> None:
    """So many and no more."""
    if SavedSearch.objects.filter(user=user).count() >= MOST_SEARCHES:
        raise ValidationError(
            _("You keep %(most)s searches, and that is all there is room for. Remove one first."),
            code="too_many_searches",
            params={"most": MOST_SEARCHES},
        )
