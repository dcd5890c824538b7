"""What the worker does every hour about orders: remind of what is late, close what arrived long ago, settle what nobody answered."""

from datetime import datetime, time, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.clock import TEHRAN, today
from marketplace.order import rules
from marketplace.order.models import SellerOrder
from marketplace.order.returns import accept_unanswered
from marketplace.order.steps import advance, named, tell_maker
from marketplace.order.told import tell_buyer

State = SellerOrder.State
#: Days after dispatch from which a parcel of which nobody spoke counts as arrived.
ARRIVED_AFTER_DAYS = 21


def look_after() -> tuple[int, int, int]:
    """Reminders sent, parcels that count as arrived, returns accepted by silence. Safe to run at any time."""
    return remind_late(), close_arrived(), accept_unanswered()


def remind_late() -> int:
    """Tell maker and buyer, once for each broken promise, that its day has passed, and that the buyer may cancel now."""
    day = today()
    late = SellerOrder.objects.filter(
        Q(state=State.PLACED, confirm_by__lt=day, reminded_on__isnull=True)
        | Q(state__in=rules.BEFORE_DISPATCH, dispatch_by__lt=day, reminded_on__lte=F("dispatch_by"))
        | Q(state__in=rules.BEFORE_DISPATCH, dispatch_by__lt=day, reminded_on__isnull=True)
    )
    return sum(_reminded(part) for part in late.select_related("order", "seller__maker__owner").order_by("pk"))


def _reminded(part: SellerOrder) -> bool:
    if not SellerOrder.objects.filter(pk=part.pk, reminded_on=part.reminded_on).update(reminded_on=today()):
        return False
    tell_maker(part, _("Order %(number)s is late. Its buyer may cancel it now."))
    tell_buyer(
        part.order,
        _("%(maker)s is late with your order %(number)s. You can wait, or cancel it and have your money back."),
        named(part),
    )
    return True


def close_arrived() -> int:
    """Parcels sent three weeks ago, of which nobody spoke, count as arrived."""
    before = datetime.combine(today() - timedelta(days=ARRIVED_AFTER_DAYS), time.min, TEHRAN)
    sent = SellerOrder.objects.filter(state=State.DISPATCHED, dispatched_at__lt=before).exclude(
        returns__ended_at__isnull=True, returns__isnull=False
    )
    return sum(bool(advance(part=part, to=State.DELIVERED, who=rules.CLOCK, by=None)) for part in sent.order_by("pk"))
