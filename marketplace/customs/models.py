"""What officers and people add to what is known: figures that take over on a day, and HS codes that a person confirmed."""

from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product
from marketplace.customs.facts import Severity, Standing, known_facts


def codes_with_figures() -> list[tuple[str, str]]:
    """The facts that have a figure, for a choice."""
    return [(fact.code, fact.code) for fact in known_facts().values() if fact.value is not None]


class ExportFigure(models.Model):
    """A figure from a day on, in the place of what the market came with (`data/facts.csv`). Rows are only added."""

    code = models.CharField(_("figure"), max_length=30, choices=codes_with_figures)
    value = models.DecimalField(
        _("highest that is allowed"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Grams, millimetres, SDR, euro, years, m². Empty: there is no such limit."),
    )
    severity = models.CharField(_("what it means"), max_length=5, choices=Severity.choices)
    standing = models.CharField(_("how sure it is"), max_length=9, choices=Standing.choices)
    valid_from = models.DateField(_("in force from"))
    noted_on = models.DateField(_("said or noted on"))
    source_fa = models.CharField(_("source, in Persian"), max_length=300)
    source_en = models.CharField(_("source, in English"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("written by"))
    at = models.DateTimeField(_("written at"), auto_now_add=True)

    class Meta:
        ordering = ["code", "-valid_from", "-id"]
        verbose_name = _("figure of the export checks")
        verbose_name_plural = _("figures of the export checks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=0), name="no_negative_figure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.valid_from}"


class HsConfirmation(models.Model):
    """A person's word on a work's HS code. Rows are only added; the newest counts while the work's craft and materials stay.

    `basis` is the craft and the materials it was said for, so that it can be remembered for the maker's next work of the same.
    """

    work = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="hs_confirmations", verbose_name=_("work"))
    code = models.CharField(
        _("HS code"), max_length=12, validators=[RegexValidator(r"^\d{4}(\.\d{2}){0,2}$", code="hs_form")]
    )
    basis = models.CharField(_("craft and materials"), max_length=400)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, verbose_name=_("confirmed by"))
    at = models.DateTimeField(_("confirmed at"), auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("confirmed HS code")
        verbose_name_plural = _("confirmed HS codes")
        indexes = [models.Index(fields=["work", "-id"], name="hs_of_work_newest")]

    def __str__(self) -> str:
        return self.code
