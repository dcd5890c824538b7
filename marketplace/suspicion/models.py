"""What works that claim to be Iranian are compared with: figures and names that officers enter, each with the day it counts from."""

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Product, ProductImage
from marketplace.core.clock import today
from marketplace.core.fields import Rial
from marketplace.crafts.models import CraftGroup
from marketplace.makers.models import Maker


class DatedQuerySet(models.QuerySet):
    def since(self, day: date):
        """Rows that count on a day."""
        return self.filter(since__lte=day)


class BrandNameQuerySet(DatedQuerySet):
    def in_force_on(self, day: date):
        """Names that count on a day."""
        return self.since(day).filter(Q(until__isnull=True) | Q(until__gte=day))


class BrandName(models.Model):
    """A foreign brand that a work of Iranian make would not carry. None comes with the program; `note` says how it is known."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    note = models.CharField(_("whose it is, and how that is known"), max_length=255)
    since = models.DateField(_("counts from"), default=today)
    until = models.DateField(_("counts until"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo: counts for demo works only"), default=False)

    objects = BrandNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("foreign brand")
        verbose_name_plural = _("foreign brands")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LabourFloor(models.Model):
    """The least that an hour of a craft group's work is worth (rial), from a day on, and who says so.

    None comes with the program: until an officer enters one, no price is suspicious. The newest row in force counts, a group's own
    before the one for all groups.
    """

    craft_group = models.ForeignKey(
        CraftGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("craft group"),
        help_text=_("empty: every group without a row of its own"),
    )
    rial_per_hour = Rial(_("rial an hour"), validators=[MinValueValidator(1)])
    since = models.DateField(_("counts from"), default=today)
    source = models.CharField(_("source"), max_length=255)
    is_demo = models.BooleanField(_("demo: counts for demo works only"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("labour floor")
        verbose_name_plural = _("labour floors")
        ordering = ["-since", "-id"]
        constraints = [models.CheckConstraint(condition=Q(rial_per_hour__gt=0), name="labour_floor_above_nothing")]

    def __str__(self) -> str:
        return f"{self.craft_group or '*'} {self.since}"


class PhotoPrint(models.Model):
    """What a photo of a work is recognised by, and who published it when.

    `maker` is whose work it was on that day: a work that changes hands takes no history with it. Without `pdq` the file could not be read.
    """

    image = models.OneToOneField(ProductImage, on_delete=models.CASCADE, related_name="photo_print")
    work = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="photo_prints")
    maker = models.ForeignKey(Maker, on_delete=models.CASCADE, related_name="photo_prints")
    pdq = models.BinaryField(_("fingerprint (PDQ, 32 bytes)"), max_length=32, null=True)
    quality = models.PositiveSmallIntegerField(_("quality, 0 to 100"), default=0)
    first_seen = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("photo print")
        verbose_name_plural = _("photo prints")
        indexes = [models.Index(fields=["work", "first_seen"], name="photo_print_of_work")]

    def __str__(self) -> str:
        return f"{self.image_id} {self.first_seen:%Y-%m-%d}"


class PhotoFinding(models.Model):
    """What asking about a photo found, kept so that no photo is asked about twice. Without `first` nobody had published it before."""

    print = models.OneToOneField(PhotoPrint, on_delete=models.CASCADE, related_name="finding")
    first = models.ForeignKey(PhotoPrint, null=True, on_delete=models.CASCADE, related_name="+")
    inliers = models.PositiveIntegerField(default=0)
    agreement = models.FloatField(default=0)

    class Meta:
        verbose_name = _("what asking about a photo found")
        verbose_name_plural = _("what asking about photos found")
