"""How a consignment is packed: a row for every answer of the packer and every move by hand; the newest counts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.export.models.consignments import Consignment


class PackingVersion(models.Model):
    """A whole packing as data (`export.packing.as_data`), in millimetres and grams. Rows are only added."""

    consignment = models.ForeignKey(
        Consignment, on_delete=models.PROTECT, related_name="packings", verbose_name=_("consignment")
    )
    version = models.PositiveIntegerField(_("version"))
    data = models.JSONField(_("cartons with their pieces"))
    note = models.CharField(_("what was changed"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("by"),
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        ordering = ["consignment", "version"]
        verbose_name = _("packing")
        verbose_name_plural = _("packings")
        constraints = [models.UniqueConstraint(fields=["consignment", "version"], name="one_packing_a_version")]

    def __str__(self) -> str:
        return f"{self.consignment_id} v{self.version}"
