"""Keeping a search, changing it, letting it go."""

from django.db import transaction
from django.utils import timezone

from marketplace.core.models import User
from marketplace.saved.models import SavedSearch
from marketplace.saved.rules import require_room_for_search, require_something_to_look_for
from marketplace.shop.address import Address


def canonical(address: Address) -> str:
    """The search without its order and place, the same for the same search."""
    return address.query(sort="").removeprefix("?")


@transaction.atomic
def save_search(*, user: User, address: Address, name: str, often: str) -> SavedSearch:
    """Keep a search; the same search again takes the new name and turn. ValidationError: nothing to look for, or no room left."""
    require_something_to_look_for(address)
    User.objects.select_for_update().get(pk=user.pk)  # two windows cannot pass the limit together
    query = canonical(address)
    known = SavedSearch.objects.filter(user=user, query=query).first()
    if known is None:
        require_room_for_search(user)
        return SavedSearch.objects.create(user=user, query=query, name=name, often=often, looked_at=timezone.now())
    return change_search(search=known, name=name, often=often)


def change_search(*, search: SavedSearch, name: str, often: str) -> SavedSearch:
    """Another name or turn. Works that came while nobody wanted to be told are not told later."""
    if search.often == SavedSearch.Often.NEVER:
        search.looked_at = timezone.now()
    search.name, search.often = name, often
    search.save(update_fields=["name", "often", "looked_at"])
    return search
