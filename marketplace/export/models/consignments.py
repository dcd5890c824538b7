"""Consignments abroad: what is sent to whom on which terms, who collects it from which maker, and every step with who and when."""

import secrets
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from authenticity.models import Passport
from catalogue.models import Product
from marketplace.core.numbers import random_number
from marketplace.export.currencies import CURRENCIES
from marketplace.export.models.carriers import ForeignCarrier
from marketplace.export.models.exporters import Exporter
from marketplace.makers.models import Maker

#: Bytes of a proforma's address: 192 bits, so that nobody reads another buyer's prices by guessing.
KEY_BYTES = 24


def new_number() -> str:
    """Such as EXP-7K2M-9QX4-1HZB."""
    return random_number("EXP")


def new_key() -> str:
    """What a proforma's address holds."""
    return secrets.token_urlsafe(KEY_BYTES)


class Consignment(models.Model):
    """One shipment to one buyer abroad. Amounts are whole minor units of `currency` (cents)."""

    class Origin(models.TextChoices):
        REQUEST = "request", _("a buyer's request")
        ORDERS = "orders", _("orders in the market")
        PURCHASE = "purchase", _("own purchase")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        OFFERED = "offered", _("proforma sent")
        ACCEPTED = "accepted", _("accepted")
        PAID = "paid", _("payment received")
        COLLECTING = "collecting", _("being collected")
        PACKED = "packed", _("packed")
        CHECKED = "checked", _("checked")
        DISPATCHED = "dispatched", _("dispatched")
        ARRIVED = "arrived", _("arrived")
        CANCELLED = "cancelled", _("cancelled")

    class Incoterm(models.TextChoices):
        """The eleven of Incoterms 2020; the last four are for sea and inland waterways."""

        EXW = "EXW", _("EXW · ex works")
        FCA = "FCA", _("FCA · free carrier")
        CPT = "CPT", _("CPT · carriage paid to")
        CIP = "CIP", _("CIP · carriage and insurance paid to")
        DAP = "DAP", _("DAP · delivered at place")
        DPU = "DPU", _("DPU · delivered at place unloaded")
        DDP = "DDP", _("DDP · delivered duty paid")
        FAS = "FAS", _("FAS · free alongside ship (sea)")
        FOB = "FOB", _("FOB · free on board (sea)")
        CFR = "CFR", _("CFR · cost and freight (sea)")
        CIF = "CIF", _("CIF · cost, insurance and freight (sea)")

    number = models.CharField(_("number"), max_length=24, unique=True, default=new_number, editable=False)
    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    exporter = models.ForeignKey(
        Exporter, on_delete=models.PROTECT, related_name="consignments", verbose_name=_("exporter")
    )
    origin = models.CharField(_("where it comes from"), max_length=8, choices=Origin.choices, default=Origin.REQUEST)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    buyer_name = models.CharField(_("buyer"), max_length=160)
    buyer_address = models.TextField(_("address abroad"), max_length=400)
    buyer_country = models.CharField(_("country of destination"), max_length=2)
    buyer_email = models.EmailField(_("mail address of the buyer"), blank=True)
    buyer_phone = models.CharField(_("telephone of the buyer"), max_length=40, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=[(code, code) for code in CURRENCIES])
    incoterm = models.CharField(_("delivery term (Incoterms 2020)"), max_length=3, choices=Incoterm.choices)
    place = models.CharField(_("place of the delivery term"), max_length=120)
    valid_until = models.DateField(_("the proforma is valid until"))
    freight_minor = models.BigIntegerField(_("freight on the invoice"), default=0)
    insurance_minor = models.BigIntegerField(_("insurance on the invoice"), default=0)
    point = models.CharField(_("consolidation point"), max_length=300)
    carrier = models.ForeignKey(
        ForeignCarrier,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consignments",
        verbose_name=_("carrier"),
    )
    eu_responsible = models.CharField(_("responsible person in the European Union"), max_length=200, blank=True)
    accepted_by = models.CharField(_("accepted by"), max_length=120, blank=True)
    paid_on = models.DateField(_("payment received on"), null=True, blank=True)
    paid_reference = models.CharField(_("reference of the payment"), max_length=80, blank=True)
    tracking = models.CharField(_("tracking number"), max_length=60, blank=True)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("consignment")
        verbose_name_plural = _("consignments")
        constraints = [
            models.CheckConstraint(
                condition=Q(freight_minor__gte=0, insurance_minor__gte=0), name="consignment_costs_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Whether its lines and terms may still be written."""
        return self.state == self.State.DRAFT

    @property
    def is_packed(self) -> bool:
        """Whether its cartons stand filled, so that the newest packing counts."""
        return self.state in (self.State.PACKED, self.State.CHECKED, self.State.DISPATCHED, self.State.ARRIVED)


class ConsignmentStep(models.Model):
    """A state that was reached: who and when. `name` is a buyer without an account. Rows are only added."""

    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="steps", verbose_name=_("consignment")
    )
    state = models.CharField(_("state"), max_length=10, choices=Consignment.State.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("step of a consignment")
        verbose_name_plural = _("steps of consignments")

    def __str__(self) -> str:
        return f"{self.consignment_id} {self.state}"


def no_seals() -> list[Any]:
    """No seal."""
    return []


class ConsignmentLine(models.Model):
    """A work in a consignment; with a passport, the one piece (or batch) it names. Measures are of one packed piece.

    `seals` are the grants that the papers name, [[grant, "scheme number"], …] as they stood when it was packed.
    `is_held`: no other consignment may take the piece.
    """

    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="lines", verbose_name=_("consignment")
    )
    work = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+", verbose_name=_("work"))
    passport = models.ForeignKey(
        Passport,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consignment_lines",
        verbose_name=_("passport"),
    )
    order_line = models.ForeignKey(
        "order.Line", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("order line")
    )
    quantity = models.PositiveIntegerField(_("pieces"), default=1, validators=[MinValueValidator(1)])
    unit_minor = models.BigIntegerField(_("price of one"), null=True, blank=True)
    hs_code = models.CharField(_("HS code"), max_length=12, blank=True)
    cites_permit = models.CharField(_("number of the CITES permit"), max_length=60, blank=True)
    age_years = models.PositiveSmallIntegerField(_("age in years"), null=True, blank=True)
    length_mm = models.PositiveIntegerField(_("packed length (mm)"), null=True, blank=True)
    width_mm = models.PositiveIntegerField(_("packed width (mm)"), null=True, blank=True)
    height_mm = models.PositiveIntegerField(_("packed height (mm)"), null=True, blank=True)
    weight_grams = models.PositiveIntegerField(_("packed weight (g)"), null=True, blank=True)
    is_fragile = models.BooleanField(_("fragile: nothing on top of it"), default=False)
    is_upright = models.BooleanField(_("must not tilt"), default=False)
    roll_diameter_mm = models.PositiveIntegerField(_("rolled: diameter (mm)"), null=True, blank=True)
    roll_width_mm = models.PositiveIntegerField(_("rolled: length of the roll (mm)"), null=True, blank=True)
    seals = models.JSONField(default=no_seals, editable=False)
    is_held = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("line of a consignment")
        verbose_name_plural = _("lines of consignments")
        constraints = [
            models.UniqueConstraint(
                fields=["passport"], condition=Q(is_held=True), name="one_open_consignment_a_passport"
            ),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="consignment_line_has_pieces"),
            models.CheckConstraint(
                condition=Q(unit_minor__isnull=True) | Q(unit_minor__gt=0), name="consignment_line_costs_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consignment_id} · {self.work_id}"

    @property
    def total_minor(self) -> int:
        """What the line costs; nothing while it has no price."""
        return (self.unit_minor or 0) * self.quantity


class Collection(models.Model):
    """What one maker has ready for the consolidation point: asked, ready, collected, each with who and when."""

    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="collections", verbose_name=_("consignment")
    )
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="collections", verbose_name=_("maker"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("asked by"),
    )
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    ready_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("said ready by"),
    )
    collected_at = models.DateTimeField(_("collected at"), null=True, blank=True)
    collected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("collected by"),
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("collection from a maker")
        verbose_name_plural = _("collections from makers")
        constraints = [
            models.UniqueConstraint(fields=["consignment", "maker"], name="one_collection_a_maker"),
            models.CheckConstraint(
                condition=Q(collected_at__isnull=True) | Q(ready_at__isnull=False), name="collected_after_ready"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consignment_id} · {self.maker_id}"
