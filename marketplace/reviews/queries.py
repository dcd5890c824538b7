"""Reviews of a work, of a maker, and those that a buyer still owes."""

from datetime import timedelta

from django.db.models import Count, F, QuerySet, Window

from catalogue.models import Product
from marketplace.core.clock import now
from marketplace.core.models import User
from marketplace.makers.models import Maker
from marketplace.order.models import Line, SellerOrder
from marketplace.reviews.models import Review
from marketplace.reviews.rules import DAYS_TO_WRITE

MOST_ON_A_PAGE = 20


def reviews_of(work: Product) -> list[Review]:
    """A work's reviews that are shown, newest first, each with `total`, how many there are; in one query."""
    shown = Review.objects.filter(work=work, hidden_at=None).annotate(total=Window(Count("pk")))
    return list(shown.order_by("-pk")[:MOST_ON_A_PAGE])


def owed_by(user: User) -> QuerySet[Line]:
    """Lines that arrived in the last twelve months, were kept, and have no review."""
    return (
        Line.objects.filter(
            order__user=user,
            review=None,
            product__isnull=False,
            seller_order__state=SellerOrder.State.DELIVERED,
            seller_order__delivered_at__gte=now() - timedelta(days=DAYS_TO_WRITE),
            quantity__gt=F("cancelled") + F("returned"),
        )
        .select_related("product__parent", "seller_order__seller__maker", "order")
        .order_by("-seller_order__delivered_at", "pk")
    )


def written_by(user: User) -> QuerySet[Review]:
    return Review.objects.filter(by=user).select_related("work", "line").order_by("-pk")


def reviews_for(maker: Maker) -> QuerySet[Review]:
    """What was said of a maker's works and is shown, unanswered first."""
    shown = Review.objects.filter(work__maker=maker, hidden_at=None).select_related("work")
    return shown.order_by(F("answered_at").asc(nulls_first=True), "-pk")
