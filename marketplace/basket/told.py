"""Open baskets hear of it when an offer in them is withdrawn: the line says why, and an account gets a message."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.basket.models import Basket, Line
from marketplace.core.notices import notify


def tell_baskets(offers, because: str) -> None:
    """Watcher of `offers_withdrawn`."""
    lines = Line.objects.filter(
        stockrecord__in=[offer.pk for offer in offers],
        basket__status__in=Basket.editable_statuses,
        basket__owner__isnull=False,
    )
    for line in lines.select_related("basket__owner", "product__parent").order_by("pk"):
        notify(
            users=[line.basket.owner],
            kind="basket_line_withdrawn",
            sentence=_(
                "“%(work)s” in your basket is no longer offered there. Nothing was taken; you can remove it or look for another."
            ),
            params={"work": lambda line=line: line.product.name},
            link=reverse("basket:summary"),
        )
