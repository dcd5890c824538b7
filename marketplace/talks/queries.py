"""Conversations: of one order, of one buyer; and whether an officer may read."""

from django.db.models import Count, F, Max, Q, QuerySet

from marketplace.core.models import User
from marketplace.order.models import Return, SellerOrder
from marketplace.talks.models import Message


def messages_of(part: SellerOrder) -> QuerySet[Message]:
    """What was written about an order, oldest first, in two queries."""
    return Message.objects.filter(part=part).prefetch_related("photos").order_by("pk")


def conversations_of(user: User) -> QuerySet[SellerOrder]:
    """A buyer's parts of orders, the last spoken of first, then those nobody wrote about; with `last_at` and `unread`."""
    waiting = Q(messages__from_buyer=False, messages__read_at=None, messages__isnull=False)
    return (
        SellerOrder.objects.filter(order__user=user)
        .select_related("order", "seller__maker")
        .annotate(last_at=Max("messages__at"), unread=Count("messages", filter=waiting))
        .order_by(F("last_at").desc(nulls_last=True), "-created_at", "-pk")
    )


def is_disputed(part: SellerOrder) -> bool:
    """Whether an officer is asked to decide between the two now."""
    return Return.objects.filter(seller_order=part, state=Return.State.DISPUTED, ended_at=None).exists()
