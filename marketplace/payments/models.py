"""A payment attempt and a refund: each stored under a number of its own before any gateway is asked."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from marketplace.core.fields import Rial
from marketplace.payments.names import gateway_choices


class ForeignRate(models.Model):
    """What one unit of another currency costs, entered by the operator with its source. The newest that is not in the future holds."""

    currency = models.CharField(_("currency"), max_length=3)
    rial_per_unit = models.DecimalField(_("rial for one unit"), max_digits=18, decimal_places=4)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("rate of a foreign currency")
        verbose_name_plural = _("rates of foreign currencies")
        ordering = ["currency", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "valid_from"], name="one_rate_a_day"),
            models.CheckConstraint(condition=models.Q(rial_per_unit__gt=0), name="rate_is_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.valid_from}"


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
    gateway = models.CharField(_("gateway"), max_length=20, choices=gateway_choices)
    payable_kind = models.CharField(_("kind of thing paid for"), max_length=30)
    payable_id = models.PositiveBigIntegerField(_("number of the thing paid for"))
    amount_rial = Rial(_("amount (rial)"))
    currency = models.CharField(_("currency"), max_length=3, default="IRR")
    amount_minor = models.BigIntegerField(_("amount in hundredths of another currency"), null=True, blank=True)
    rate = models.DecimalField(_("rial for one unit"), max_digits=18, decimal_places=4, null=True, blank=True)
    rate_source = models.CharField(_("source of the rate"), max_length=220, blank=True)
    split = models.JSONField(_("parts sent straight to IBANs"), default=list, blank=True)
    paid_rial = Rial(_("what the gateway says was paid (rial)"), null=True, blank=True)
    paid_at = models.DateTimeField(_("paid"), null=True, blank=True)
    refunded_rial = Rial(_("promised back (rial)"), default=0)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STORED)
    authority = models.CharField(_("gateway's number"), max_length=255, blank=True, db_index=True)
    reference = models.CharField(_("bank's reference"), max_length=80, blank=True)
    code = models.CharField(_("gateway's last code"), max_length=20, blank=True)
    disputed_at = models.DateTimeField(_("disputed by the payer at the bank"), null=True, blank=True)
    reason_code = models.CharField(_("why it was not handed over (code)"), max_length=64, blank=True)
    reason_fa = models.TextField(_("why it was not handed over, Persian"), blank=True)
    reason_en = models.TextField(_("why it was not handed over, English"), blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        verbose_name = _("payment attempt")
        verbose_name_plural = _("payment attempts")
        constraints = [
            models.CheckConstraint(condition=models.Q(amount_rial__gt=0), name="attempt_has_an_amount"),
            models.CheckConstraint(
                condition=models.Q(refunded_rial__gte=0)
                & models.Q(refunded_rial__lte=Coalesce("paid_rial", "amount_rial")),
                name="refunds_within_the_attempt",
            ),
            models.CheckConstraint(
                condition=models.Q(currency="IRR", amount_minor__isnull=True)
                | (~models.Q(currency="IRR") & models.Q(amount_minor__gt=0, rate__gt=0)),
                name="another_currency_has_a_rate",
            ),
        ]
        indexes = [models.Index(fields=["payable_kind", "payable_id"], name="attempt_payable")]

    def __str__(self) -> str:
        return self.number

    @property
    def reached_us_rial(self) -> int:
        """What may be given back at most, in rial."""
        return self.amount_rial if self.paid_rial is None else self.paid_rial


class Refund(models.Model):
    """Money of one attempt on its way back to its buyer, in whole or in part. Stored before the gateway is asked; no row ever goes."""

    class State(models.TextChoices):
        STORED = "stored", _("stored, gateway not asked yet")
        SENT = "sent", _("gateway asked, no end yet")
        GIVEN = "given", _("given back")
        BY_HAND = "by_hand", _("the gateway gives it back no more: a person pays it to an IBAN")
        SUSPENSE = "suspense", _("unclear: a person looks whether it was given back")

    number = models.CharField(_("number"), max_length=40, unique=True)
    attempt = models.ForeignKey(
        PaymentAttempt, models.PROTECT, related_name="refunds", verbose_name=_("payment attempt")
    )
    source = models.CharField(_("what asked for it"), max_length=80, unique=True)
    amount_rial = Rial(_("amount (rial)"))
    before_rial = Rial(_("promised back before (rial)"))
    amount_minor = models.BigIntegerField(_("amount in hundredths of another currency"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.STORED)
    code = models.CharField(_("gateway's last code"), max_length=40, blank=True)
    reference = models.CharField(_("gateway's number"), max_length=80, blank=True)
    iban = models.CharField(_("IBAN it was paid to"), max_length=34, blank=True)
    holder = models.CharField(_("holder of the IBAN"), max_length=120, blank=True)
    by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person who saw to it")
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)
    given_at = models.DateTimeField(_("given back"), null=True, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints = [models.CheckConstraint(condition=models.Q(amount_rial__gt=0), name="refund_has_an_amount")]

    def __str__(self) -> str:
        return self.number


class GatewayEvent(models.Model):
    """A message of a gateway that was taken in: each once. It is not believed; it makes us ask."""

    gateway = models.CharField(_("gateway"), max_length=20, choices=gateway_choices)
    event_id = models.CharField(_("gateway's number of the message"), max_length=120)
    kind = models.CharField(_("kind"), max_length=80)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("message of a gateway")
        verbose_name_plural = _("messages of gateways")
        constraints = [models.UniqueConstraint(fields=["gateway", "event_id"], name="each_message_once")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.event_id}"


def reason_of(error: ValidationError) -> dict[str, str]:
    """A refusal as an attempt keeps it: its code, and its sentence in both languages."""

    def said(language: str) -> str:
        with override(language):
            return " ".join(error.messages)

    return {"reason_code": getattr(error, "code", None) or "", "reason_fa": said("fa"), "reason_en": said("en")}
