"""Seals that works of a waiting purchase lost since they were put into the basket."""

from dataclasses import dataclass

from authenticity.models import SealGrant
from catalogue.models import Product
from marketplace.basket.models import Line
from marketplace.basket.seals import seals_of, word_for
from marketplace.checkout.models import Purchase
from marketplace.core.clock import today


@dataclass(frozen=True)
class Losses:
    """Each work with a seal it lost; `word` says in a form that exactly these were seen, and is empty when there are none."""

    works: list[tuple[Product, SealGrant]]
    word: str


def losses_of(purchase: Purchase) -> Losses:
    """What a purchase that can still be paid for has lost by today, in two queries; nothing for any other."""
    if purchase.state not in (Purchase.State.RESERVED, Purchase.State.RELEASED):
        return Losses([], "")
    lines = list(Line.objects.filter(basket=purchase.basket_id).select_related("product__parent").order_by("pk"))
    found = seals_of(lines, on=today())
    works = [(line.product, grant) for line in lines if line.pk in found for grant in found[line.pk].lost]
    return Losses(works, word_for(found))
