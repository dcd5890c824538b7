"""Who exports, as the head of every paper names them."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Exporter(models.Model):
    """A person or firm that sends consignments abroad. What stands here is what they say of themselves; no office checked it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="exporter", verbose_name=_("account")
    )
    name_fa = models.CharField(_("Persian name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160)
    address_fa = models.TextField(_("address, Persian"), max_length=400)
    address_en = models.TextField(_("address, English"), max_length=400)
    phone = models.CharField(_("telephone"), max_length=40)
    email = models.EmailField(_("mail address on the papers"), blank=True)
    card_number = models.CharField(_("number of the commercial card"), max_length=40, blank=True)
    is_demo = models.BooleanField(_("demo"), default=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("exporter")
        verbose_name_plural = _("exporters")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "fa").startswith("en") else self.name_fa

    @property
    def address(self) -> str:
        """The address in the reader's language."""
        return self.address_en if (get_language() or "fa").startswith("en") else self.address_fa
