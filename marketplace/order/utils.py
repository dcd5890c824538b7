"""Oscar looks for its order creator under this name, so that no path of Oscar's can place an order past ours."""

from oscar.apps.order.utils import OrderDispatcher, OrderNumberGenerator

from marketplace.order.creator import OrderCreator

__all__ = ["OrderCreator", "OrderDispatcher", "OrderNumberGenerator"]
