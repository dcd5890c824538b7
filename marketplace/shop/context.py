"""What the frame of every page needs: lanes, the language, the reader's choices, the number of works in the basket."""

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from marketplace.basket.models import Basket, Line
from marketplace.crafts.models import CraftGroup
from marketplace.ui import preferences


def more_lanes() -> dict[str, str]:
    """The lanes that are not crafts: name → address."""
    return {_("Craft cities"): reverse("shop:cities"), _("Bazaars and shops"): reverse("shop:venues")}


def basket_count(request: HttpRequest) -> int:
    """Pieces in the reader's basket: no query for a reader who has none, one for a buyer, more only where two baskets merge."""
    guest_basket = settings.OSCAR_BASKET_COOKIE_OPEN in request.COOKIES
    if request.user.is_authenticated and not guest_basket:
        mine = Line.objects.filter(basket__owner=request.user, basket__status=Basket.OPEN)
        return mine.aggregate(pieces=Sum("quantity"))["pieces"] or 0
    basket = getattr(request, "basket", None) if guest_basket else None
    return basket.num_items if basket is not None and basket.id else 0


def frame(request: HttpRequest) -> dict:
    """Context of the base template."""
    return {
        **preferences.context(request),
        "lanes": SimpleLazyObject(lambda: list(CraftGroup.objects.all())),
        "more_lanes": SimpleLazyObject(more_lanes),
        "basket_count": SimpleLazyObject(lambda: basket_count(request)),
        "demo_notice": settings.DEMO,
        "page_address": request.build_absolute_uri(request.path),
    }
