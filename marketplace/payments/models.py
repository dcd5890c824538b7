"""A payment attempt: stored under a number of its own before any gateway is asked."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.core.fields import Rial


class PaymentAttempt(models.Model):
    """One try to pay one payable. Amount in rial; the gateway's word is compared with it, never taken for it."""

    class State(models.TextChoices):
        STORED = "stored", _("stored, gateway not asked yet")
        SENT = "sent", _("buyer sent to the gateway")
        PAID = "paid", _("paid and verified")
        FINISHED = "finished", _("paid, and its payable finished")
        FAILED = "failed", _("not paid")
        REVERSING = "reversing", _("paid, but refused: the gateway is asked to give it back")
        REVERSED = "reversed", _("given back")
        SUSPENSE = "suspense", _("paid, but waits for a person")

    number = models.CharField(_("number"), max_length=40, unique=True)
    gateway = models.CharField(_("gateway"), max_length=20)
    payable_kind = models.CharField(_("kind of thing paid for"), max_length=30)
    payable_id = models.PositiveBigIntegerField(_("number of the thing paid for"))
    amount_rial = Rial(_("amount (rial)"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STORED)
    authority = models.CharField(_("gateway's number"), max_length=80, blank=True, db_index=True)
    reference = models.CharField(_("bank's reference"), max_length=80, blank=True)
    code = models.CharField(_("gateway's last code"), max_length=20, blank=True)
    reason_code = models.CharField(_("why it was not handed over (code)"), max_length=64, blank=True)
    reason_fa = models.TextField(_("why it was not handed over, Persian"), blank=True)
    reason_en = models.TextField(_("why it was not handed over, English"), blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("payment attempt")
        verbose_name_plural = _("payment attempts")
        constraints = [models.CheckConstraint(condition=models.Q(amount_rial__gt=0), name="attempt_has_an_amount")]
        indexes = [models.Index(fields=["payable_kind", "payable_id"], name="attempt_payable")]

    def __str__(self) -> str:
        return self.number


def reason_of(error: ValidationError) -> dict[str, str]:
    """A refusal as an attempt keeps it: its code, and its sentence in both languages."""

    def said(language: str) -> str:
        with override(language):
            return " ".join(error.messages)

    return {"reason_code": getattr(error, "code", None) or "", "reason_fa": said("fa"), "reason_en": said("en")}
