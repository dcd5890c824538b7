"""Orders: Oscar's, with wide prices, a snapshot on each line, and one seller order per maker."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from marketplace.bazaars.models import Venue
from marketplace.core.fields import OscarPrice, Rial
from marketplace.makers.models import Maker, private_storage
from marketplace.order.wide_prices import (  # noqa: F401  Oscar takes its own where ours is not there yet
    LinePrice,
    OrderDiscount,
    OrderLineDiscount,
    PaymentEvent,
    Surcharge,
)
from marketplace.payments.models import PaymentAttempt


class Order(AbstractOrder):
    total_incl_tax = OscarPrice(_("Order total (inc. tax)"))
    total_excl_tax = OscarPrice(_("Order total (excl. tax)"))
    shipping_incl_tax = OscarPrice(_("Shipping charge (inc. tax)"), default=0)
    shipping_excl_tax = OscarPrice(_("Shipping charge (excl. tax)"), default=0)
    guest_mobile = models.CharField(_("guest's mobile"), max_length=16, blank=True)
    language = models.CharField(_("buyer's language"), max_length=2, default="fa")
    payment = models.OneToOneField(
        PaymentAttempt, null=True, blank=True, on_delete=models.PROTECT, related_name="order", verbose_name=_("payment")
    )


class SellerOrder(models.Model):
    """One maker's part of an order, with a state of its own. `confirm_by` and `dispatch_by` are days; past them it is late."""

    class State(models.TextChoices):
        PLACED = "placed", _("Placed")
        CONFIRMED = "confirmed", _("Confirmed")
        MAKING = "making", _("In making")
        READY = "ready", _("Ready to send")
        DISPATCHED = "dispatched", _("Dispatched")
        DELIVERED = "delivered", _("Delivered")
        CANCELLED = "cancelled", _("Cancelled")
        RETURNED = "returned", _("Returned")

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="seller_orders", verbose_name=_("order"))
    seller = models.ForeignKey(
        "partner.Partner", on_delete=models.PROTECT, related_name="seller_orders", verbose_name=_("seller")
    )
    number = models.CharField(_("number"), max_length=40, unique=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.PLACED)
    total_rial = Rial(_("total (rial)"))
    delivery_rial = Rial(_("delivery (rial)"), default=0)
    delivery = models.JSONField(_("delivery as it was chosen"), default=dict, blank=True)
    delivery_given_back_rial = Rial(_("delivery given back (rial)"), default=0)
    confirm_by = models.DateField(_("to be confirmed by"), null=True, blank=True)
    dispatch_by = models.DateField(_("to be sent by"), null=True, blank=True)
    carrier = models.CharField(_("carrier"), max_length=80, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    dispatched_at = models.DateTimeField(_("dispatched at"), null=True, blank=True)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    reminded_on = models.DateField(_("last reminded"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("seller's part of an order")
        verbose_name_plural = _("sellers' parts of orders")
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["order", "seller"], name="one_seller_order_a_seller")]
        indexes = [models.Index(fields=["state", "dispatch_by"], name="seller_order_due")]

    def __str__(self) -> str:
        return self.number


class SellerOrderStep(models.Model):
    """What happened to a seller order, and who did it; rows are only added."""

    seller_order = models.ForeignKey(
        SellerOrder, on_delete=models.PROTECT, related_name="steps", verbose_name=_("seller's part of an order")
    )
    state = models.CharField(_("state"), max_length=12, choices=SellerOrder.State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a seller order")
        verbose_name_plural = _("steps of seller orders")
        ordering = ["id"]


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
    cancelled = models.PositiveIntegerField(_("pieces cancelled"), default=0)
    returned = models.PositiveIntegerField(_("pieces returned"), default=0)
    gift_wrap = models.BooleanField(_("wrapped as a gift"), default=False)
    wrap_rial = Rial(_("gift wrap of the line (rial)"), default=0)
    gift_note = models.TextField(_("note for the receiver"), blank=True)
    personal_text = models.CharField(_("the buyer's own text on it"), max_length=200, blank=True)
    commission_share_bp = models.PositiveIntegerField(_("commission (1/10000)"), default=0)
    commission_rial = Rial(_("commission (rial)"), default=0)
    commission_tax_rial = Rial(_("tax on the commission (rial)"), default=0)
    commission_rule = models.PositiveBigIntegerField(_("commission rule"), null=True, blank=True)

    class Meta(AbstractLine.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gte=F("cancelled") + F("returned")), name="no_more_given_back_than_sold"
            )
        ]

    @property
    def standing(self) -> int:
        """Pieces that were neither cancelled nor returned."""
        return self.quantity - self.cancelled - self.returned

    @property
    def is_made_to_order(self) -> bool:
        """Whether it was made for this buyer, to order or with a text of theirs, as it was said when it was sold."""
        return bool(self.snapshot.get("made_to_order"))


class Return(models.Model):
    """A buyer's wish to give pieces of a seller order back, with its answer. Photos are private."""

    class Reason(models.TextChoices):
        WITHDRAWAL = "withdrawal", _("I changed my mind (right of withdrawal)")
        BROKEN = "broken", _("It came broken")
        OTHER = "other", _("It is not what was shown")
        SEAL = "seal", _("Its seal was revoked")
        LOST = "lost", _("It never arrived")

    class State(models.TextChoices):
        ASKED = "asked", _("Asked, waits for the maker")
        ACCEPTED = "accepted", _("Accepted, waits for the piece")
        REFUSED = "refused", _("Refused by the maker")
        DISPUTED = "disputed", _("An officer decides")
        GIVEN_BACK = "given_back", _("Money given back")
        CLOSED = "closed", _("Closed without money back")

    number = models.CharField(_("number"), max_length=40, unique=True)
    seller_order = models.ForeignKey(
        SellerOrder, on_delete=models.PROTECT, related_name="returns", verbose_name=_("seller's part of an order")
    )
    reason = models.CharField(_("reason"), max_length=12, choices=Reason.choices)
    text = models.TextField(_("what happened"), blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.ASKED)
    answer = models.TextField(_("answer"), blank=True)
    answer_by = models.DateField(_("to be answered by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seller_order"],
                condition=Q(state__in=["asked", "accepted", "refused", "disputed"]),
                name="one_open_return_a_seller_order",
            )
        ]

    def __str__(self) -> str:
        return self.number


class ReturnLine(models.Model):
    """Pieces of one line that a return speaks of."""

    of_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="lines", verbose_name=_("return"))
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="+", verbose_name=_("order line"))
    pieces = models.PositiveIntegerField(_("pieces"))

    class Meta:
        verbose_name = _("line of a return")
        verbose_name_plural = _("lines of returns")
        constraints = [
            models.UniqueConstraint(fields=["of_return", "line"], name="a_line_once_a_return"),
            models.CheckConstraint(condition=Q(pieces__gte=1), name="return_has_pieces"),
        ]


class ReturnPhoto(models.Model):
    of_return = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="photos", verbose_name=_("return"))
    file = models.FileField(_("photo"), storage=private_storage, upload_to="returns/%Y/")

    class Meta:
        verbose_name = _("photo of a return")
        verbose_name_plural = _("photos of returns")
        ordering = ["id"]


class MoneyBack(models.Model):
    """What a cancellation or a return gives back: pieces by line and rial, as the ledger posted it. `refund` is the payment's number."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    seller_order = models.ForeignKey(
        SellerOrder, on_delete=models.PROTECT, related_name="money_back", verbose_name=_("seller's part of an order")
    )
    of_return = models.OneToOneField(
        Return, null=True, blank=True, on_delete=models.PROTECT, related_name="money_back", verbose_name=_("return")
    )
    pieces = models.JSONField(_("pieces by line"), default=dict)
    amount_rial = Rial(_("amount (rial)"))
    delivery_rial = Rial(_("of it delivery (rial)"), default=0)
    taken_rial = Rial(_("of it taken back by the buyer's bank before (rial)"), default=0)
    refund = models.CharField(_("refund"), max_length=40, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("money back")
        verbose_name_plural = _("money back")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.number

    @property
    def refunded_rial(self) -> int:
        """What the market itself gives back, in rial: all but what the buyer's bank took before."""
        return int(self.amount_rial) - int(self.taken_rial)


class Letter(models.Model):
    """A message to the buyer of an order, guest or not: read on the order's page, mailed and sent to the mobile after commit."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="letters", verbose_name=_("order"))
    text_fa = models.TextField(_("text, Persian"))
    text_en = models.TextField(_("text, English"))
    at = models.DateTimeField(_("at"), auto_now_add=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True, blank=True)
    texted_at = models.DateTimeField(_("sent to the mobile at"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries that failed"), default=0)

    class Meta:
        verbose_name = _("letter to a buyer")
        verbose_name_plural = _("letters to buyers")
        ordering = ["-id"]

    @property
    def text(self) -> str:
        """In the active language."""
        return self.text_en if (get_language() or "fa").startswith("en") else self.text_fa


from oscar.apps.order.models import *  # noqa: E402,F403  Oscar's remaining models, after ours
