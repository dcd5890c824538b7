"""Messages of one seller order, from its buyer or from its maker. Photos are private."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.makers.models import private_storage
from marketplace.order.models import SellerOrder


class Message(models.Model):
    """`by` is empty for a guest, who is known by their order. `read_at`: when the other side saw it."""

    part = models.ForeignKey(
        SellerOrder, on_delete=models.PROTECT, related_name="messages", verbose_name=_("seller's part of an order")
    )
    from_buyer = models.BooleanField(_("from the buyer"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("by"),
    )
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    class Meta:
        verbose_name = _("message about an order")
        verbose_name_plural = _("messages about orders")
        ordering = ["pk"]
        indexes = [models.Index(fields=["part", "read_at"], name="message_unread")]


class MessagePhoto(models.Model):
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="photos", verbose_name=_("message"))
    file = models.FileField(_("photo"), storage=private_storage, upload_to="messages/%Y/")

    class Meta:
        verbose_name = _("photo of a message")
        verbose_name_plural = _("photos of messages")
        ordering = ["pk"]
