"""Stock Oscar's way with offers on our tables: what ours is measured and compared with, in the same process on the same rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from oscar.apps.basket import abstract_models as basket_models
from oscar.apps.basket.utils import LineDiscountRegistry
from oscar.apps.offer.abstract_models import AbstractBenefit, AbstractCondition, AbstractConditionalOffer, AbstractRange
from oscar.apps.offer.applicator import Applicator

from marketplace.offer import services
from marketplace.offer.models import Benefit, Condition, ConditionalOffer, Range


@contextmanager
def stock_offers() -> Iterator[None]:
    """Inside, Oscar's own applicator, counters of lines and ranges do the work. Lines read inside belong to it."""
    with (
        patch.object(services, "Applicator", Applicator),
        patch.object(basket_models, "LineDiscountRegistry", LineDiscountRegistry),
        patch.object(Range, "contains_product", AbstractRange.contains_product),
        patch.object(Benefit, "proxy_map", AbstractBenefit.proxy_map),
        patch.object(Condition, "proxy_map", AbstractCondition.proxy_map),
        patch.object(ConditionalOffer, "get_num_user_applications", AbstractConditionalOffer.get_num_user_applications),
    ):
        yield
