"""Carriers inside Iran, their dated tables of rates, and how works of a craft are sent. Grams, millimetres, whole rials."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import Rial
from marketplace.crafts.models import Craft, CraftGroup

#: A side that must be something: lengths and weights of nothing are a mistake.
_SOME = [MinValueValidator(1)]


class Zone(models.TextChoices):
    """How far a parcel goes, as Iranian tables of rates count it."""

    SAME_CITY = "same_city", _("same city")
    PROVINCE = "province", _("in the province")
    ADJACENT = "adjacent", _("adjacent province")
    OTHER = "other", _("other provinces")


def in_reader_language(text: str, english: str) -> str:
    """`english` for its readers where there is one."""
    return (english if (get_language() or "fa").startswith("en") else "") or text


class Carrier(models.Model):
    """Who brings a parcel. An empty limit is none; `large_*` is the box above which `large_percent` is added to the price."""

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name_fa = models.CharField(_("Persian name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80)
    max_grams = models.PositiveIntegerField(_("heaviest parcel (g)"), null=True, blank=True, validators=_SOME)
    max_side_mm = models.PositiveIntegerField(_("longest side (mm)"), null=True, blank=True, validators=_SOME)
    max_blade_mm = models.PositiveIntegerField(_("longest blade (mm)"), null=True, blank=True)
    large_length_mm = models.PositiveIntegerField(_("large above: length (mm)"), null=True, blank=True)
    large_width_mm = models.PositiveIntegerField(_("large above: width (mm)"), null=True, blank=True)
    large_height_mm = models.PositiveIntegerField(_("large above: height (mm)"), null=True, blank=True)
    large_percent = models.PositiveSmallIntegerField(_("added for a large parcel (%)"), default=0)
    limits_source = models.CharField(_("where the limits come from"), max_length=200)
    limits_source_en = models.CharField(_("where the limits come from, in English"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["position", "code"]
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "fa").startswith("en") else self.name_fa

    @property
    def shown_limits_source(self) -> str:
        """Where its limits come from, in the reader's language where it is known in both."""
        return in_reader_language(self.limits_source, self.limits_source_en)

    @property
    def large_box(self) -> tuple[int, int, int] | None:
        """The largest box without the addition, longest side first; None when there is no such size."""
        sides = (self.large_length_mm, self.large_width_mm, self.large_height_mm)
        known = sorted((side for side in sides if side), reverse=True)
        return (known[0], known[1], known[2]) if len(known) == len(sides) else None


class TariffQuerySet(models.QuerySet):
    def possible_on(self, day: date):
        """Tables whose dates hold a day. Of one carrier's, the one that began last is in force."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class Tariff(models.Model):
    """A carrier's rates from a day on. A later table takes over by itself; `days` is `{zone: [from, to]}` in working days."""

    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="tariffs", verbose_name=_("carrier"))
    valid_from = models.DateField(_("in force from"))
    valid_until = models.DateField(_("in force until"), null=True, blank=True)
    days = models.JSONField(_("days on the way"), default=dict)
    source = models.CharField(_("source"), max_length=300)
    source_en = models.CharField(_("source, in English"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("sample figures"), default=False)
    changed_by = models.ForeignKey(
        "core.User", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("written by")
    )
    changed_at = models.DateTimeField(_("written at"), auto_now=True)

    objects = TariffQuerySet.as_manager()

    class Meta:
        ordering = ["carrier", "-valid_from"]
        verbose_name = _("table of rates")
        verbose_name_plural = _("tables of rates")
        constraints = [
            models.UniqueConstraint(fields=["carrier", "valid_from"], name="one_tariff_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="tariff_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carrier.code} {self.valid_from}"

    @property
    def shown_source(self) -> str:
        """Where its rates stand, in the reader's language where it is known in both."""
        return in_reader_language(self.source, self.source_en)


class TariffStep(models.Model):
    """The price of a parcel up to a weight into a zone."""

    tariff = models.ForeignKey(Tariff, on_delete=models.CASCADE, related_name="steps", verbose_name=_("table of rates"))
    zone = models.CharField(_("zone"), max_length=9, choices=Zone.choices)
    up_to_grams = models.PositiveIntegerField(_("up to (g)"), validators=_SOME)
    price_rial = Rial(_("price (rial)"), validators=[MinValueValidator(0)])

    class Meta:
        ordering = ["up_to_grams", "zone"]
        verbose_name = _("step of rates")
        verbose_name_plural = _("steps of rates")
        constraints = [
            models.UniqueConstraint(fields=["tariff", "zone", "up_to_grams"], name="one_price_a_step"),
            models.CheckConstraint(condition=Q(price_rial__gte=0), name="no_negative_rate"),
        ]


class CraftParcel(models.Model):
    """How works of a craft are sent, from a day on; without a craft, those of the whole group.

    `usual_grams` stands in for a work whose maker gave no weight, and is said to be an estimate. `folds` is how often the
    work may be folded in half, as rugs are. Works of a craft that `has_blade` show a carrier the length of their edge.
    """

    craft_group = models.ForeignKey(
        CraftGroup, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("craft group")
    )
    craft = models.ForeignKey(
        Craft, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("craft")
    )
    usual_grams = models.PositiveIntegerField(_("usual weight (g)"), null=True, blank=True, validators=_SOME)
    folds = models.PositiveSmallIntegerField(_("folds in half"), default=0)
    has_blade = models.BooleanField(_("has a blade"), default=False)
    valid_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=300)
    source_en = models.CharField(_("source, in English"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("sample figures"), default=False)

    class Meta:
        ordering = ["craft_group", "craft", "-valid_from"]
        verbose_name = _("how works of a craft are sent")
        verbose_name_plural = _("how works of crafts are sent")
        constraints = [
            models.CheckConstraint(
                condition=Q(craft__isnull=True) ^ Q(craft_group__isnull=True), name="a_craft_or_a_group"
            ),
            models.UniqueConstraint(fields=["craft", "valid_from"], name="one_parcel_a_craft_a_day"),
            models.UniqueConstraint(fields=["craft_group", "valid_from"], name="one_parcel_a_group_a_day"),
        ]

    def __str__(self) -> str:
        return str(self.craft or self.craft_group)


from oscar.apps.shipping.models import *  # noqa: E402,F403  Oscar's own, after ours; no row of them is ever written
