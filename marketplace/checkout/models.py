"""A purchase: a frozen basket with its address and total, holding stock for minutes while the buyer pays. It becomes one order or none."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import Rial


class Purchase(models.Model):
    class State(models.TextChoices):
        RESERVED = "reserved", _("stock held, waiting for payment")
        ORDERED = "ordered", _("became an order")
        RELEASED = "released", _("given up, stock released")
        REFUSED = "refused", _("paid but refused, money goes back")

    number = models.CharField(_("order number to be"), max_length=40, unique=True)
    basket = models.OneToOneField("basket.Basket", on_delete=models.PROTECT, related_name="purchase")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    email = models.EmailField(blank=True)
    mobile = models.CharField(max_length=16)
    address = models.JSONField(default=dict)
    delivery_rial = Rial(default=0)
    total_rial = Rial()
    state = models.CharField(max_length=10, choices=State.choices, default=State.RESERVED)
    held = models.JSONField(default=list, help_text="[[stock record, pieces], …] held for this purchase")
    held_until = models.DateTimeField()
    order = models.OneToOneField(
        "order.Order", null=True, blank=True, on_delete=models.PROTECT, related_name="purchase"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["state", "held_until"], name="purchase_held_until")]
