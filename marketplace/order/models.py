"""Orders: Oscar's, with wide prices, a snapshot on each line, and one seller order per maker."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import (
    AbstractLine,
    AbstractLinePrice,
    AbstractOrder,
    AbstractOrderDiscount,
    AbstractOrderLineDiscount,
    AbstractPaymentEvent,
    AbstractSurcharge,
)

from marketplace.bazaars.models import Venue
from marketplace.core.fields import OscarPrice, Rial
from marketplace.makers.models import Maker


class Order(AbstractOrder):
    total_incl_tax = OscarPrice(_("Order total (inc. tax)"))
    total_excl_tax = OscarPrice(_("Order total (excl. tax)"))
    shipping_incl_tax = OscarPrice(_("Shipping charge (inc. tax)"), default=0)
    shipping_excl_tax = OscarPrice(_("Shipping charge (excl. tax)"), default=0)
    guest_mobile = models.CharField(_("guest's mobile"), max_length=16, blank=True)


class SellerOrder(models.Model):
    """One maker's part of an order, with a state of its own."""

    class State(models.TextChoices):
        PLACED = "placed", _("Placed")
        CONFIRMED = "confirmed", _("Confirmed")
        DISPATCHED = "dispatched", _("Dispatched")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="seller_orders", verbose_name=_("order"))
    seller = models.ForeignKey(
        "partner.Partner", on_delete=models.PROTECT, related_name="seller_orders", verbose_name=_("seller")
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLACED)
    total_rial = Rial(_("total (rial)"))
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("seller's part of an order")
        verbose_name_plural = _("sellers' parts of orders")
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["order", "seller"], name="one_seller_order_a_seller")]


class Line(AbstractLine):
    """A line, with what was true when it was sold."""

    line_price_incl_tax = OscarPrice(_("Price (inc. tax)"))
    line_price_excl_tax = OscarPrice(_("Price (excl. tax)"))
    line_price_before_discounts_incl_tax = OscarPrice(_("Price before discounts (inc. tax)"))
    line_price_before_discounts_excl_tax = OscarPrice(_("Price before discounts (excl. tax)"))
    unit_price_incl_tax = OscarPrice(_("Unit Price (inc. tax)"), blank=True, null=True)
    unit_price_excl_tax = OscarPrice(_("Unit Price (excl. tax)"), blank=True, null=True)
    seller_order = models.ForeignKey(
        SellerOrder,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lines",
        verbose_name=_("seller's part of an order"),
    )
    maker = models.ForeignKey(
        Maker, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("maker")
    )
    venue = models.ForeignKey(
        Venue, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("venue")
    )
    origin_state = models.CharField(_("origin when sold"), max_length=8, blank=True)
    snapshot = models.JSONField(
        _("as it was sold"),
        default=dict,
        help_text=_("Maker, city, craft, venue, origin, licence and seals, in both languages."),
    )


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


from oscar.apps.order.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
