"""Stalls on the plan of a venue, in centimetres from its corner, and the leases under which makers hold them."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.bazaars.models import Venue
from marketplace.core.fields import Rial
from marketplace.crafts.models import Craft
from marketplace.makers.models import Maker

#: A side of a stall, and how far it stands from the corner of the plan, in centimetres.
SIDE = [MinValueValidator(50), MaxValueValidator(5_000)]
FAR = [MaxValueValidator(50_000)]


class Stall(models.Model):
    """A place on the floor. Its rectangle overlaps no other of the venue."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="stalls", verbose_name=_("venue"))
    number = models.CharField(_("number"), max_length=12)
    from_right_cm = models.PositiveIntegerField(_("from the right wall (cm)"), validators=FAR)
    from_front_cm = models.PositiveIntegerField(_("from the front (cm)"), validators=FAR)
    width_cm = models.PositiveIntegerField(_("width (cm)"), validators=SIDE)
    depth_cm = models.PositiveIntegerField(_("depth (cm)"), validators=SIDE)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["venue", "number"]
        verbose_name = _("stall")
        verbose_name_plural = _("stalls")
        constraints = [
            models.UniqueConstraint(fields=["venue", "number"], name="one_stall_a_number"),
            models.CheckConstraint(condition=Q(width_cm__gte=50, depth_cm__gte=50), name="stall_has_a_floor"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def square_metres(self) -> Decimal:
        """Its floor, to a tenth."""
        area = Decimal(self.width_cm * self.depth_cm) / 10_000
        whole = area.to_integral_value()
        return whole if area == whole else area.quantize(Decimal("0.1"))


class LeaseQuerySet(models.QuerySet):
    def running_on(self, day: date):
        """Leases under which a stall is held on a day."""
        return self.filter(starts_on__lte=day, last_on__gte=day)


class Lease(models.Model):
    """A maker holds a stall from `starts_on` to `last_on` (both included) for the registered crafts, and nobody in their stead.

    `agreed_until` is the day that was agreed; `last_on` is earlier where the lease was ended. From `closed_from` to `closed_until`
    (both included) nothing is sold at the stall: the dates of the last closure, which `rounds` writes and the database compares.
    """

    stall = models.ForeignKey(Stall, on_delete=models.PROTECT, related_name="leases", verbose_name=_("stall"))
    tenant = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="leases", verbose_name=_("tenant"))
    crafts = models.ManyToManyField(Craft, related_name="+", verbose_name=_("registered trade"))
    starts_on = models.DateField(_("from"))
    agreed_until = models.DateField(_("agreed until, included"))
    last_on = models.DateField(_("last day"))
    rent_rial = Rial(_("rent of a month (rial)"), validators=[MinValueValidator(0)])
    due_day = models.PositiveSmallIntegerField(
        _("day of the month on which rent is due"), default=5, validators=[MinValueValidator(1), MaxValueValidator(29)]
    )
    let_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    let_at = models.DateTimeField(_("let at"), auto_now_add=True)
    ended_because = models.CharField(_("why it was ended"), max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_from = models.DateField(_("closed from"), null=True, blank=True, editable=False)
    closed_until = models.DateField(_("closed until, included"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = LeaseQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("lease")
        verbose_name_plural = _("leases")
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_until__gte=F("starts_on"), last_on__lte=F("agreed_until")),
                name="lease_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_from__isnull=True, closed_until__isnull=True)
                | Q(closed_until__gte=F("closed_from")),
                name="closure_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(rent_rial__gte=0), name="rent_is_not_negative"),
            models.CheckConstraint(condition=Q(due_day__gte=1, due_day__lte=29), name="rent_is_due_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.stall} · {self.tenant}"

    def is_running_on(self, day: date) -> bool:
        """Whether the stall is held under it on a day."""
        return self.starts_on <= day <= self.last_on

    def is_closed_on(self, day: date) -> bool:
        """Whether nothing may be sold at the stall on a day."""
        return self.closed_from is not None and self.closed_from <= day <= (self.closed_until or self.closed_from)

    @property
    def was_ended(self) -> bool:
        """Whether it was ended before the agreed day."""
        return self.last_on < self.agreed_until
