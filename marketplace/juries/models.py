"""Blind scoring: a panel of jurors gives points for criteria; nobody sees whose work it is, or what the others gave."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Panel(models.Model):
    """One thing before a jury. `dossier` is what jurors see: facts and papers without a name. `criteria` are frozen when it opens."""

    subject = models.CharField(_("what is scored"), max_length=128, unique=True)
    dossier = models.JSONField(_("what jurors see"), default=dict)
    criteria = models.JSONField(_("criteria"), default=list)
    interested = models.JSONField(_("people who may not sit"), default=list)
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("jury panel")
        verbose_name_plural = _("jury panels")
        permissions = [("sit", "Can sit on juries")]

    def __str__(self) -> str:
        return self.subject


class Seat(models.Model):
    """A juror on a panel. Scores count once they are handed in, and do not change after."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="seats", verbose_name=_("panel"))
    juror = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jury_seats", verbose_name=_("juror")
    )
    handed_in_at = models.DateTimeField(_("handed in at"), null=True, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("seat on a jury")
        verbose_name_plural = _("seats on juries")
        constraints = [models.UniqueConstraint(fields=["panel", "juror"], name="one_seat_a_juror")]


class Score(models.Model):
    """Points of one seat for one criterion."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="scores", verbose_name=_("seat"))
    criterion = models.CharField(_("criterion"), max_length=40)
    points = models.PositiveSmallIntegerField(_("points"))
    highest = models.PositiveSmallIntegerField(_("highest"))

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(fields=["seat", "criterion"], name="one_score_a_criterion"),
            models.CheckConstraint(condition=Q(points__lte=F("highest")), name="points_within_the_criterion"),
        ]
