"""Telling readers of new works in what they look for: the worker goes through the searches whose turn it is.

A work is new to a search when it was listed since the search was last looked at and is found by it today, so only what may lawfully
be sold is told. `looked_at` is moved by a condition on its old value in the transaction of the notice: two workers tell once.
"""

import logging
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.core.notices import notify
from marketplace.core.persian import to_persian_digits
from marketplace.saved.models import SavedSearch
from marketplace.search.queries import SearchRequest, find

log = logging.getLogger(__name__)
SECONDS = 900
#: Searches looked through at a turn, and works told at most ("100 or more").
BATCH, MOST = 500, 100
SAVED_SEARCH = "saved_search"
_TOLD = _("%(works)s in your search “%(name)s”.")


def tell_of_new_works(now: datetime | None = None) -> int:
    """Look through the searches that are due, the longest waiting first. Returns how many readers' searches had news."""
    now = now or timezone.now()
    due = Q()
    for often, period in SavedSearch.PERIODS.items():
        due |= Q(often=often, looked_at__lte=now - period)
    searches = SavedSearch.objects.filter(due, user__is_active=True).select_related("user").order_by("looked_at")
    return sum(_told(search, now) for search in searches[:BATCH])


def new_works(search: SavedSearch) -> list[int]:
    """Ids of works listed since the search was last looked at, the newest first, at most `MOST`. One search, one query."""
    address = search.address
    page = find(
        SearchRequest(
            text=address.text,
            facets=address.facets,
            price_min=address.in_rial(address.price_min),
            price_max=address.in_rial(address.price_max),
            sort="newest",
            limit=MOST,
            language=search.user.language,
            unit=address.unit,
            literal=address.literal,
            counted=(),
        )
    )
    since = Product.objects.filter(pk__in=page.ids, date_created__gt=search.looked_at).values_list("pk", flat=True)
    fresh = set(since)
    return [pk for pk in page.ids if pk in fresh]


def _told(search: SavedSearch, now: datetime) -> bool:
    """Whether there was news. What fails for one search is logged and holds up no other."""
    try:
        found = new_works(search)
        with transaction.atomic():
            mine = SavedSearch.objects.filter(pk=search.pk, looked_at=search.looked_at)
            if not mine.update(looked_at=now) or not found:
                return False
            notify(
                users=[search.user],
                kind=SAVED_SEARCH,
                sentence=_TOLD,
                params={"works": lambda: _works(len(found)), "name": search.name},
                link=f"{reverse('shop:search')}?{search.query}&{urlencode({'sort': 'newest'})}",
            )
            return True
    except Exception:  # one broken search must not silence the others
        log.exception("saved search %s was not looked through", search.pk)
        return False


def _works(count: int) -> str:
    number = str(count) if (get_language() or "fa").startswith("en") else to_persian_digits(str(count))
    return ngettext("%(number)s new work", "%(number)s new works", count) % {"number": number}
