"""A purchase: a frozen basket with its address and total, holding stock for minutes while the buyer pays. It becomes one order or none."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import Rial


class Purchase(models.Model):
    class State(models.TextChoices):
        RESERVED = "reserved", _("stock held, waiting for payment")
        ORDERED = "ordered", _("became an order")
        RELEASED = "released", _("given up, stock released")
        REFUSED = "refused", _("refused, no order")

    number = models.CharField(_("order number to be"), max_length=40, unique=True)
    basket = models.OneToOneField(
        "basket.Basket", on_delete=models.PROTECT, related_name="purchase", verbose_name=_("basket")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("buyer")
    )
    email = models.EmailField(_("email"), blank=True)
    mobile = models.CharField(_("mobile"), max_length=16)
    address = models.JSONField(_("where it is sent"), default=dict)
    delivery_rial = Rial(_("delivery (rial)"), default=0)
    delivery = models.JSONField(_("delivery by seller, as it was chosen"), default=dict, blank=True)
    total_rial = Rial(_("total (rial)"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RESERVED)
    held = models.JSONField(_("held pieces"), default=list, help_text=_("Pairs of an offer's number and its pieces."))
    held_until = models.DateTimeField(_("held until"))
    order = models.OneToOneField(
        "order.Order",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="purchase",
        verbose_name=_("order"),
    )
    terms = models.CharField(
        _("terms that were accepted"),
        max_length=10,
        blank=True,
        help_text=_("The day of their text, such as 2026-11-23."),
    )
    refusal_fa = models.TextField(_("why it was refused, Persian"), blank=True)
    refusal_en = models.TextField(_("why it was refused, English"), blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        indexes = [models.Index(fields=["state", "held_until"], name="purchase_held_until")]

    #: The basket's lines as `start_purchase` asked and held them, for whoever goes on within the same request. Never stored.
    just_held: Any = None

    @property
    def refusal(self) -> str:
        """Why it was refused, in the reader's language; empty when it was not."""
        return self.refusal_en if (get_language() or "fa").startswith("en") else self.refusal_fa
