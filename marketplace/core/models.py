"""The ground: people who sign in, the day, the outbox, and the log that only grows."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person who signs in by mobile or mail. `username` stays a real column: Oscar and Wagtail search by it."""

    class Currency(models.TextChoices):
        TOMAN = "toman", _("Toman")
        RIAL = "rial", _("Rial")

    mobile = models.CharField(
        _("mobile"),
        max_length=16,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^\+\d{8,15}$", _("Enter the number with its country code."))],
        help_text=_("E.164, such as +989123456789"),
    )
    language = models.CharField(_("language"), max_length=2, default="fa", choices=[("fa", "فارسی"), ("en", "English")])
    currency_unit = models.CharField(_("price unit"), max_length=5, default=Currency.TOMAN, choices=Currency.choices)
    is_demo = models.BooleanField(_("demo account"), default=False)

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Clock(models.Model):
    """One row that says what day it is for the rules; empty means the calendar day in Tehran. Triggers read it too."""

    today = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clock")]


class OutboxEvent(models.Model):
    """A thing that happened, written in the transaction that made it happen and read by the worker after commit."""

    topic = models.CharField(max_length=64)
    key = models.CharField(max_length=128)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    not_before = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["topic", "id"], condition=models.Q(done_at__isnull=True), name="outbox_waiting")
        ]


class LogEntry(models.Model):
    """One line of an append-only log; each holds the hash of the line before it. The database refuses change and deletion."""

    chain = models.CharField(max_length=64)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=64)
    body = models.JSONField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="log_entry_number_in_chain")]
        ordering = ["chain", "number"]


class Refusal(models.Model):
    """A rule said no: who, what, where, by which door. Written outside the refused transaction."""

    rule = models.CharField(max_length=64)
    door = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    sentence = models.TextField()
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=128, blank=True, help_text="model:pk of the thing refused")
    place = models.CharField(max_length=128, blank=True, help_text="model:pk of the venue")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["rule", "at"], name="refusal_rule_at")]
