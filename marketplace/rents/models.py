"""Rent of one month of one lease: what was asked, and when it was paid. The books hold the same in entries."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import Rial
from marketplace.stalls.models import Lease


class Rent(models.Model):
    """A month's rent. `amount_rial` falls when the lease ends in the month; what was paid stays."""

    class Way(models.TextChoices):
        CARD = "card", _("card reader of the venue")
        BANK = "bank", _("to the venue's bank account")
        CASH = "cash", _("in cash")

    lease = models.ForeignKey(Lease, on_delete=models.PROTECT, related_name="rents", verbose_name=_("lease"))
    month = models.DateField(_("first day of the month"))
    due_on = models.DateField(_("due on"))
    amount_rial = Rial(_("amount (rial)"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    way = models.CharField(_("how"), max_length=8, choices=Way.choices, blank=True)
    note = models.CharField(_("number of the receipt"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: How often a payment was recorded, and how often the amount was lessened: they tell the books' entries apart.
    payments = models.PositiveSmallIntegerField(default=0, editable=False)
    lessened = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["month", "id"]
        verbose_name = _("rent of a month")
        verbose_name_plural = _("rents of months")
        constraints = [
            models.UniqueConstraint(fields=["lease", "month"], name="one_rent_a_month"),
            models.CheckConstraint(condition=Q(amount_rial__gte=0), name="rent_asked_is_not_negative"),
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, way="") | Q(paid_on__isnull=False) & ~Q(way=""),
                name="paid_rent_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lease_id} {self.month}"

    @property
    def source(self) -> str:
        """Its name in the books."""
        return f"rent:{self.pk}"
