"""The ground: people who sign in, the day, the outbox, and the log that only grows."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
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
    mobile_verified_at = models.DateTimeField(_("mobile confirmed"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, default="fa", choices=[("fa", "فارسی"), ("en", "English")])
    currency_unit = models.CharField(_("price unit"), max_length=5, default=Currency.TOMAN, choices=Currency.choices)
    notice_ways = models.JSONField(_("ways by which notices come"), default=dict, blank=True)
    is_demo = models.BooleanField(_("demo account"), default=False)

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")


class Clock(models.Model):
    """One row that says what day it is for the rules; empty means the calendar day in Tehran. Triggers read it too."""

    today = models.DateField(_("today"), null=True, blank=True)

    class Meta:
        verbose_name = _("market's day")
        verbose_name_plural = _("market's day")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clock")]


class OutboxEvent(models.Model):
    """A thing that happened, written in the transaction that made it happen and read by the worker after commit."""

    topic = models.CharField(_("topic"), max_length=64)
    key = models.CharField(_("what it is about"), max_length=128)
    payload = models.JSONField(_("facts"), default=dict)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    not_before = models.DateTimeField(_("not before"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event for the worker")
        verbose_name_plural = _("events for the worker")
        indexes = [
            models.Index(fields=["topic", "id"], condition=models.Q(done_at__isnull=True), name="outbox_waiting")
        ]


class LogEntry(models.Model):
    """One line of an append-only log; each holds the hash of the line before it. The database refuses change and deletion."""

    chain = models.CharField(_("log"), max_length=64)
    number = models.PositiveBigIntegerField(_("number"))
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("kind"), max_length=64)
    body = models.JSONField(_("what is written"))
    previous_hash = models.CharField(_("fingerprint of the line before"), max_length=64)
    hash = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("line of a log")
        verbose_name_plural = _("lines of a log")
        constraints = [models.UniqueConstraint(fields=["chain", "number"], name="log_entry_number_in_chain")]
        ordering = ["chain", "number"]


class ChainHead(models.Model):
    """Where a log ends. Its row is locked by whoever writes the next line, so that writers wait instead of colliding."""

    chain = models.CharField(_("log"), max_length=64, primary_key=True)
    number = models.PositiveBigIntegerField(_("number"), default=0)
    hash = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        verbose_name = _("end of a log")
        verbose_name_plural = _("ends of logs")


class Refusal(models.Model):
    """A rule said no: who, what, where, by which door. Written outside the refused transaction."""

    rule = models.CharField(_("rule"), max_length=64)
    door = models.CharField(_("door"), max_length=64)
    code = models.CharField(_("code"), max_length=64)
    sentence_fa = models.TextField(_("what was said, Persian"), default="")
    sentence_en = models.TextField(_("what was said, English"), default="")
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("who was refused")
    )
    by_seller = models.BooleanField(_("a seller's act"), default=False)
    subject = models.CharField(_("what was refused"), max_length=128, blank=True)
    place = models.CharField(_("where"), max_length=128, blank=True)
    seller = models.CharField(_("whose work"), max_length=128, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("refusal")
        verbose_name_plural = _("refusals")
        indexes = [
            models.Index(fields=["rule", "at"], name="refusal_rule_at"),
            models.Index(fields=["place", "at"], name="refusal_place_at"),
            models.Index(fields=["seller", "at"], name="refusal_seller_at"),
        ]

    @property
    def sentence(self) -> str:
        """What was said, in the reader's language."""
        return self.sentence_en if (get_language() or "fa").startswith("en") else self.sentence_fa


class Notice(models.Model):
    """A message of the market to one person, in both languages, kept until read and after."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices", verbose_name=_("to"))
    kind = models.CharField(_("kind"), max_length=40)
    text_fa = models.TextField(_("text, Persian"))
    text_en = models.TextField(_("text, English"))
    link = models.CharField(_("page it leads to"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    mail_tries = models.PositiveSmallIntegerField(_("mailings that failed"), default=0)
    texted_at = models.DateTimeField(_("sent to the mobile at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["user", "-at"], name="notice_user_newest")]

    @property
    def text(self) -> str:
        """The message in the reader's language."""
        return self.text_en if (get_language() or "fa").startswith("en") else self.text_fa


class Reminded(models.Model):
    """A reminder that was given: its key names the thing, the day it is about, and how near that day was."""

    key = models.CharField(_("what about"), max_length=120, unique=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")

    def __str__(self) -> str:
        return self.key


class OneTimeCode(models.Model):
    """Six digits that were sent to a person, to be typed once within minutes. Neither the digits nor where they went are kept."""

    class Purpose(models.TextChoices):
        PASSWORD = "password", _("another password")
        SIGN_IN = "sign_in", _("signing in")

    purpose = models.CharField(_("what for"), max_length=12, choices=Purpose.choices)
    whom = models.CharField(_("mark of what was typed"), max_length=64)
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("whose")
    )
    digest = models.CharField(_("mark of the digits"), max_length=64)
    until = models.DateTimeField(_("until"))
    tries = models.PositiveSmallIntegerField(_("wrong tries"), default=0)
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("code that was sent")
        verbose_name_plural = _("codes that were sent")
        indexes = [models.Index(fields=["whom", "purpose"], name="one_time_code_of")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
