"""Seals: schemes are data; a grant covers one product line of one maker between two days."""

import hashlib
from datetime import date

from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalogue.models import ProductLine
from marketplace.crafts.models import Named
from marketplace.makers.models import Maker, private_storage


class SealScheme(Named):
    """An award or mark, with the body that gives it and the years it was given in."""

    class Subject(models.TextChoices):
        PRODUCT_LINE = "line", _("a product line")
        PLACE = "place", _("a place")

    body_fa = models.CharField(_("body, Persian"), max_length=160)
    body_en = models.CharField(_("body, English"), max_length=160)
    given_to = models.CharField(_("given to"), max_length=8, choices=Subject.choices, default=Subject.PRODUCT_LINE)
    first_year = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    criteria = models.JSONField(_("criteria"), default=list, blank=True)
    valid_months = models.PositiveSmallIntegerField(_("a grant is valid for so many months"), default=36)
    text_fa = models.TextField(_("what it says, Persian"), blank=True)
    text_en = models.TextField(_("what it says, English"), blank=True)

    class Meta:
        ordering = ["slug"]
        verbose_name = _("seal scheme")
        verbose_name_plural = _("seal schemes")


class GrantQuerySet(models.QuerySet):
    def valid_on(self, day: date):
        """Grants in force on a day."""
        in_dates = self.filter(valid_from__lte=day, valid_until__gte=day)
        for ended in ("revoked_on", "suspended_on"):
            in_dates = in_dates.filter(models.Q(**{f"{ended}__isnull": True}) | models.Q(**{f"{ended}__gt": day}))
        return in_dates


class SealGrant(models.Model):
    """Scheme × product line × maker, valid between two days unless revoked."""

    scheme = models.ForeignKey(SealScheme, on_delete=models.PROTECT, related_name="grants")
    product_line = models.ForeignKey(ProductLine, on_delete=models.PROTECT, related_name="grants")
    maker = models.ForeignKey(Maker, on_delete=models.PROTECT, related_name="grants")
    number = models.CharField(_("certificate number"), max_length=60)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"))
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    suspended_on = models.DateField(_("suspended on"), null=True, blank=True)
    certificate = models.FileField(storage=private_storage, upload_to="certificates/%Y/", blank=True)
    certificate_digest = models.CharField(_("SHA-256 of the certificate"), max_length=64, blank=True, editable=False)
    checked_on = models.DateField(_("certificate checked on"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal grant")
        verbose_name_plural = _("seal grants")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="seal_grant_number_in_scheme"),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")), name="seal_grant_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"

    def attach_certificate(self, name: str, content: bytes, *, on: date) -> None:
        """Keep the certificate that was checked on a day, and its digest: credentials name what was seen without reading files."""
        self.certificate.save(name, ContentFile(content), save=False)
        self.certificate_digest, self.checked_on = hashlib.sha256(content).hexdigest(), on
        self.save(update_fields=["certificate", "certificate_digest", "checked_on"])
