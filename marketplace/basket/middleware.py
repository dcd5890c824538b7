"""Oscar's basket middleware: lazily loaded, so a page that shows no basket asks nothing."""

from oscar.apps.basket.middleware import BasketMiddleware

__all__ = ["BasketMiddleware"]
