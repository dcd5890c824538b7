"""What was sold, summed for whoever reports on a city."""

from datetime import date, datetime, time, timedelta

from django.db.models import F, Sum

from marketplace.core.clock import TEHRAN
from marketplace.order.models import Line, SellerOrder
from marketplace.places.models import City

State = SellerOrder.State


def sold_by_makers_of(city: City, *, since: date, until: date) -> int:
    """Rials for works of a city's makers sold in these days (Tehran, both included); what was cancelled or came back does not count.

    One query. Delivery is not in it.
    """
    begins = datetime.combine(since, time.min, TEHRAN)
    ends = datetime.combine(until + timedelta(days=1), time.min, TEHRAN)
    lines = Line.objects.filter(maker__city=city, order__date_placed__gte=begins, order__date_placed__lt=ends).exclude(
        seller_order__state__in=(State.CANCELLED, State.RETURNED)
    )
    kept = F("line_price_incl_tax") * (F("quantity") - F("cancelled") - F("returned")) / F("quantity")
    return int(lines.aggregate(rial=Sum(kept))["rial"] or 0)
