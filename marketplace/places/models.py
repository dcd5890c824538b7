"""Provinces, and cities and villages of craft."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from marketplace.crafts.models import Craft, Named


class Province(Named):
    """A province by its ISO 3166-2 code."""

    code = models.CharField(_("ISO 3166-2 code"), max_length=6, unique=True)
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3)
    neighbours = models.ManyToManyField("self", blank=True, verbose_name=_("neighbouring provinces"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("province")
        verbose_name_plural = _("provinces")


class City(Named):
    """A city or village; `rank` and `rank_year` (Jalali) only where a source names them."""

    class Kind(models.TextChoices):
        CITY = "city", _("City")
        VILLAGE = "village", _("Village")

    class Rank(models.TextChoices):
        NATIONAL = "national", _("National craft city")
        WORLD = "world", _("World craft city")

    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="cities", verbose_name=_("province"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.CITY)
    rank = models.CharField(_("rank"), max_length=8, choices=Rank.choices, blank=True)
    rank_year = models.PositiveSmallIntegerField(_("year of the rank (Jalali)"), null=True, blank=True)
    craft_fa = models.CharField(_("known for, Persian"), max_length=120, blank=True)
    craft_en = models.CharField(_("known for, English"), max_length=120, blank=True)
    crafts = models.ManyToManyField(Craft, blank=True, related_name="cities", verbose_name=_("crafts"))
    latitude = models.DecimalField(_("latitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=6, decimal_places=3, null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["name_en"]
        verbose_name = _("city")
        verbose_name_plural = _("cities")

    def get_absolute_url(self) -> str:
        return reverse("shop:city", args=[self.slug])
