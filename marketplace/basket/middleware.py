"""Oscar's basket middleware: lazily loaded, so a page that shows no basket asks nothing."""

from django.contrib import messages
from django.http import HttpRequest
from oscar.apps.basket.middleware import BasketMiddleware as OscarBasketMiddleware

from marketplace.basket.models import Basket


class BasketMiddleware(OscarBasketMiddleware):
    """Says what a merge left behind, and applies no conditional offers: none is sold yet, and each would cost queries on every page."""

    def get_basket(self, request: HttpRequest) -> Basket:
        basket = super().get_basket(request)
        for error in getattr(basket, "left_behind", []):
            messages.warning(request, " ".join(error.messages))
        basket.left_behind = []
        return basket

    def apply_offers_to_basket(self, request: HttpRequest, basket: Basket) -> None:
        """Nothing to apply."""
