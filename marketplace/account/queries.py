"""What a buyer's room shows of its owner, and of nobody else."""

from django.db.models import QuerySet

from authenticity.models import Passport
from marketplace.core.models import Notice, User
from marketplace.order.models import Order, Return


def orders_of(user: User) -> QuerySet[Order]:
    """A buyer's orders, newest first, each with its makers' parts, in two queries."""
    return Order.objects.filter(user=user).prefetch_related("seller_orders__seller__maker").order_by("-date_placed")


def open_returns(user: User) -> QuerySet[Return]:
    """What a buyer wants to give back and is not settled."""
    return (
        Return.objects.filter(seller_order__order__user=user, ended_at=None)
        .select_related("seller_order__order", "seller_order__seller__maker")
        .order_by("answer_by", "pk")
    )


def passports_of(user: User) -> QuerySet[Passport]:
    """The pieces whose title a person holds."""
    return Passport.objects.filter(owner=user).select_related("work", "work__parent", "maker").order_by("-pk")


def newest_notices(user: User, most: int) -> list[Notice]:
    return list(Notice.objects.filter(user=user)[:most])
