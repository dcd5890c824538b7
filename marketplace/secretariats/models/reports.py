"""Dossiers and yearly reports: a draft that is filled in, and versions that never change once published."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.secretariats.models.posts import Secretariat


def public_storage():
    """A published report is for everybody."""
    return storages["default"]


class Report(models.Model):
    """What a secretariat writes about one Jalali year: its yearly report, or a dossier for a rank."""

    class Kind(models.TextChoices):
        YEARLY = "yearly", _("Yearly report")
        NATIONAL = "national", _("Dossier of a national craft city")
        WORLD = "world", _("Dossier of a world craft city")

    secretariat = models.ForeignKey(
        Secretariat, on_delete=models.PROTECT, related_name="reports", verbose_name=_("secretariat")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.YEARLY)
    year = models.PositiveSmallIntegerField(_("year (Jalali)"))
    summary_fa = models.TextField(_("summary, Persian"), max_length=4000, blank=True)
    summary_en = models.TextField(_("summary, English"), max_length=4000, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["-year", "kind"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["secretariat", "kind", "year"], name="report_once_a_year")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"


class Figure(models.Model):
    """A number that the market cannot count, entered with its source. `value` is whole; rials for money."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures", verbose_name=_("report"))
    indicator = models.CharField(_("indicator"), max_length=20)
    value = models.BigIntegerField(_("value"))
    source_fa = models.CharField(_("source, Persian"), max_length=200)
    source_en = models.CharField(_("source, English"), max_length=200, blank=True)
    source_day = models.DateField(_("date of the source"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("figure of a report")
        verbose_name_plural = _("figures of a report")
        constraints = [
            models.UniqueConstraint(fields=["report", "indicator"], name="figure_once_a_report"),
            models.CheckConstraint(condition=models.Q(value__gte=0), name="figure_is_nought_or_more"),
        ]


class ReportVersion(models.Model):
    """A report as it was published: its words and numbers are frozen in `content`. The database lets rows be added only."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions", verbose_name=_("report"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    pdf_fa = models.FileField(_("paper, Persian"), storage=public_storage, upload_to="reports/%Y/")
    pdf_en = models.FileField(_("paper, English"), storage=public_storage, upload_to="reports/%Y/")
    published_on = models.DateField(_("published on"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("published by"),
    )

    class Meta:
        ordering = ["-number"]
        verbose_name = _("published version of a report")
        verbose_name_plural = _("published versions of reports")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.report} · {self.number}"

    def get_absolute_url(self) -> str:
        report = self.report
        return reverse("shop:city-report", args=[report.secretariat.city.slug, report.kind, report.year, self.number])

    @property
    def words(self) -> dict:
        """Its content in the reader's language."""
        return self.content["en" if (get_language() or "fa").startswith("en") else "fa"]

    @property
    def paper(self):
        """Its PDF in the reader's language."""
        return self.pdf_en if (get_language() or "fa").startswith("en") else self.pdf_fa


class Reminder(models.Model):
    """That a secretariat was told its dossier is two or four years old: once for each."""

    version = models.ForeignKey(ReportVersion, on_delete=models.PROTECT, related_name="reminders")
    years = models.PositiveSmallIntegerField(_("years after"))
    told_on = models.DateField(_("told on"))

    class Meta:
        verbose_name = _("reminder of a report")
        verbose_name_plural = _("reminders of reports")
        constraints = [models.UniqueConstraint(fields=["version", "years"], name="reminder_once")]
