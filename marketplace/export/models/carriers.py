"""Cartons that an exporter has, and carriers that go abroad with their limits and dated rates. Grams, millimetres, whole rials."""

from datetime import date
from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.export.models.exporters import Exporter
from marketplace.packing.model import CarrierLimit, CartonKind

_SOME = [MinValueValidator(1)]


class CartonSize(models.Model):
    """A carton that an exporter can have as often as needed."""

    exporter = models.ForeignKey(Exporter, on_delete=models.CASCADE, related_name="cartons", verbose_name=_("exporter"))
    name = models.CharField(_("name"), max_length=40)
    inner_length_mm = models.PositiveIntegerField(_("inner length (mm)"), validators=_SOME)
    inner_width_mm = models.PositiveIntegerField(_("inner width (mm)"), validators=_SOME)
    inner_height_mm = models.PositiveIntegerField(_("inner height (mm)"), validators=_SOME)
    wall_mm = models.PositiveSmallIntegerField(_("thickness of its walls (mm)"), default=6, validators=_SOME)
    tare_grams = models.PositiveIntegerField(_("own weight (g)"))
    greatest_gross_grams = models.PositiveIntegerField(_("heaviest when full (g)"), validators=_SOME)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["exporter", "name"]
        verbose_name = _("carton")
        verbose_name_plural = _("cartons")
        constraints = [models.UniqueConstraint(fields=["exporter", "name"], name="carton_name_of_exporter")]

    def __str__(self) -> str:
        return self.name

    @property
    def inner(self) -> tuple[int, int, int]:
        """Inner sides, the third upright."""
        return self.inner_length_mm, self.inner_width_mm, self.inner_height_mm

    @property
    def outer(self) -> tuple[int, int, int]:
        """Outer sides, which carriers measure."""
        length, width, height = self.inner
        return length + 2 * self.wall_mm, width + 2 * self.wall_mm, height + 2 * self.wall_mm

    @property
    def kind(self) -> CartonKind:
        """As the packer knows it."""
        return CartonKind(self.name, self.inner, self.outer, self.tare_grams, self.greatest_gross_grams)


class ForeignCarrier(models.Model):
    """Who brings cartons abroad. An empty limit is none; `divisor` is in cubic centimetres a kilogram, as carriers print it."""

    class Kind(models.TextChoices):
        """As the export rules know them."""

        POST = "post", _("Post")
        SMALL = "post-small", _("Small packet by post")
        COURIER = "courier", _("Courier")
        AIR = "air", _("Air freight")

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name_fa = models.CharField(_("Persian name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)
    max_grams = models.PositiveIntegerField(_("heaviest carton (g)"), null=True, blank=True, validators=_SOME)
    max_side_mm = models.PositiveIntegerField(_("longest side (mm)"), null=True, blank=True, validators=_SOME)
    max_girth_mm = models.PositiveIntegerField(_("length and girth (mm)"), null=True, blank=True, validators=_SOME)
    divisor = models.PositiveIntegerField(_("volumetric divisor (cm³/kg)"), null=True, blank=True, validators=_SOME)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, blank=True)
    limits_source = models.CharField(_("where the limits come from"), max_length=200)
    is_active = models.BooleanField(_("in use"), default=True)
    is_demo = models.BooleanField(_("sample figures"), default=False)

    class Meta:
        ordering = ["code"]
        verbose_name = _("carrier abroad")
        verbose_name_plural = _("carriers abroad")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "fa").startswith("en") else self.name_fa

    @property
    def is_postal(self) -> bool:
        """Whether parcels carry the customs form of the post."""
        return self.kind in (self.Kind.POST, self.Kind.SMALL)

    @property
    def limit(self) -> CarrierLimit:
        """As the packer knows it."""
        return CarrierLimit(self.max_grams, self.max_side_mm, self.max_girth_mm, self.divisor)


class ForeignTariffQuerySet(models.QuerySet):
    def in_force_on(self, day: date) -> "ForeignTariffQuerySet":
        """Tables whose dates hold a day, the one that began last first."""
        open_then = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(open_then, valid_from__lte=day).order_by("-valid_from", "-pk")


def no_zones() -> dict[str, Any]:
    """An empty table."""
    return {}


class ForeignTariff(models.Model):
    """Rates of a carrier from a day on: `zones` is {zone: [country codes]}, `steps` is {zone: [[up to g, rial], …]}."""

    carrier = models.ForeignKey(
        ForeignCarrier, on_delete=models.PROTECT, related_name="tariffs", verbose_name=_("carrier")
    )
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    zones = models.JSONField(_("countries by zone"), default=no_zones)
    steps = models.JSONField(_("prices by zone"), default=no_zones)
    source = models.CharField(_("source"), max_length=300)
    is_demo = models.BooleanField(_("sample figures"), default=False)

    objects = ForeignTariffQuerySet.as_manager()

    class Meta:
        ordering = ["carrier", "-valid_from"]
        verbose_name = _("table of rates abroad")
        verbose_name_plural = _("tables of rates abroad")
        constraints = [
            models.UniqueConstraint(fields=["carrier", "valid_from"], name="one_foreign_tariff_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="foreign_tariff_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier.code} {self.valid_from}"
