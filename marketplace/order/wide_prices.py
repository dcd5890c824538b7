"""Oscar's tables of an order's prices, wide enough for a carpet."""

from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import (
    AbstractLinePrice,
    AbstractOrderDiscount,
    AbstractOrderLineDiscount,
    AbstractPaymentEvent,
    AbstractSurcharge,
)

from marketplace.core.fields import OscarPrice


class LinePrice(AbstractLinePrice):
    price_incl_tax = OscarPrice(_("Price (inc. tax)"))
    price_excl_tax = OscarPrice(_("Price (excl. tax)"))
    shipping_incl_tax = OscarPrice(_("Shiping (inc. tax)"), default=0)
    shipping_excl_tax = OscarPrice(_("Shipping (excl. tax)"), default=0)


class PaymentEvent(AbstractPaymentEvent):
    amount = OscarPrice(_("Amount"))


class OrderDiscount(AbstractOrderDiscount):
    amount = OscarPrice(_("Amount"), default=0)


class OrderLineDiscount(AbstractOrderLineDiscount):
    amount = OscarPrice(_("Line discount (excl. tax)"), default=0)


class Surcharge(AbstractSurcharge):
    incl_tax = OscarPrice(_("Surcharge (inc. tax)"), default=0)
    excl_tax = OscarPrice(_("Surcharge (excl. tax)"), default=0)
