"""Oscar looks for what counts a line's discounts under this name."""

from oscar.apps.basket.utils import BasketMessageGenerator, LineOfferConsumer

from marketplace.basket.line_discounts import LineDiscountRegistry

__all__ = ["BasketMessageGenerator", "LineDiscountRegistry", "LineOfferConsumer"]
