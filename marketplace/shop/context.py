"""What the frame of every page needs: lanes, the language, the reader's choices, the number of works in the basket."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from marketplace.crafts.models import CraftGroup
from marketplace.ui import preferences

LANES_SECONDS = 300


def lanes() -> list[CraftGroup]:
    """Craft groups in order, from the shared cache."""
    found = cache.get("lanes")
    if found is None:
        found = list(CraftGroup.objects.all())
        cache.set("lanes", found, LANES_SECONDS)
    return found


def more_lanes() -> dict[str, str]:
    """The lanes that are not crafts: name → address."""
    return {_("Craft cities"): reverse("shop:cities"), _("Bazaars and shops"): reverse("shop:venues")}


def basket_count(request: HttpRequest) -> int:
    """Pieces in the reader's basket; asks nothing for a reader who has none."""
    if not request.user.is_authenticated and settings.OSCAR_BASKET_COOKIE_OPEN not in request.COOKIES:
        return 0
    basket = getattr(request, "basket", None)
    return basket.num_items if basket is not None and basket.id else 0


def frame(request: HttpRequest) -> dict:
    """Context of the base template."""
    return {
        **preferences.context(request),
        "lanes": SimpleLazyObject(lanes),
        "more_lanes": SimpleLazyObject(more_lanes),
        "basket_count": SimpleLazyObject(lambda: basket_count(request)),
        "demo_notice": settings.DEMO,
        "page_address": request.build_absolute_uri(request.path),
    }
