"""Matters: whatever waits for an officer's decision, of every kind, in one table, so that one inbox shows them all."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.makers.models import Maker
from marketplace.places.models import City


class MatterQuerySet(models.QuerySet):
    def waiting(self):
        """Matters that no one has decided yet."""
        return self.filter(decided_at__isnull=True)

    def overdue_on(self, day: date):
        """Matters that wait and were due before a day."""
        return self.waiting().filter(due_on__lt=day)


class Matter(models.Model):
    """One question to an officer about one thing. `facts` is what the kind needs to show and to decide (plain JSON, no personal data)."""

    kind = models.CharField(_("kind"), max_length=32)
    subject = models.CharField(_("what it is about"), max_length=128)
    maker = models.ForeignKey(
        Maker, null=True, blank=True, on_delete=models.PROTECT, related_name="matters", verbose_name=_("maker")
    )
    city = models.ForeignKey(
        City, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("city")
    )
    title_fa = models.CharField(_("title, Persian"), max_length=255)
    title_en = models.CharField(_("title, English"), max_length=255)
    weight = models.PositiveIntegerField(_("weight"), default=0)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    due_on = models.DateField(_("due on"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="matters",
        verbose_name=_("assigned to"),
    )
    decision = models.CharField(_("decision"), max_length=32, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    appeal_of = models.OneToOneField(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appeal",
        verbose_name=_("appeal against"),
    )
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["-weight", "due_on", "id"]
        permissions = [("decide_matter", "Can decide matters")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(decided_at__isnull=True), name="one_open_matter_a_subject"
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decision="") | (Q(decided_at__isnull=False) & ~Q(decision="")),
                name="decided_matter_has_its_decision",
            ),
        ]
        indexes = [
            models.Index(fields=["-weight", "due_on"], condition=Q(decided_at__isnull=True), name="matter_waiting"),
            models.Index(fields=["maker", "-decided_at"], name="matter_of_maker"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def title(self) -> str:
        """What it is about, in the reader's language."""
        return self.title_en if (get_language() or "fa").startswith("en") else self.title_fa

    @property
    def subject_id(self) -> int:
        """The number of the thing it is about."""
        return int(self.subject.rsplit(":", 1)[1])

    @property
    def is_open(self) -> bool:
        """Whether it still waits."""
        return self.decided_at is None

    def is_overdue_on(self, day: date) -> bool:
        """Whether it waits still, after its day."""
        return self.is_open and self.due_on < day


class MatterStep(models.Model):
    """Who did what when in a matter. Rows are only added."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened")
        GREW = "grew", _("more was found")
        ASSIGNED = "assigned", _("assigned")
        NOTE = "note", _("note")
        ASKED = "asked", _("the maker was asked")
        ANSWERED = "answered", _("the maker answered")
        DECIDED = "decided", _("decided")
        APPEALED = "appealed", _("appealed")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="steps", verbose_name=_("matter"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    text = models.TextField(_("text"), blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("step of a matter")
        verbose_name_plural = _("steps of matters")
        ordering = ["id"]
