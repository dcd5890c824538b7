"""Crafts in groups. The list is data an officer extends: the full national list was not found (299 fields named, 122 sourced)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Named(models.Model):
    """A thing with a Persian and an English name and an address of its own."""

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    name_fa = models.CharField(_("Persian name"), max_length=160)
    name_en = models.CharField(_("English name"), max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "fa").startswith("en") else self.name_fa


class CraftGroup(Named):
    """A licence's activity group, such as metalwork."""

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("craft group")
        verbose_name_plural = _("craft groups")

    def get_absolute_url(self) -> str:
        return reverse("shop:craft-group", args=[self.slug])


class Craft(Named):
    """One craft, such as kilim weaving."""

    group = models.ForeignKey(CraftGroup, on_delete=models.PROTECT, related_name="crafts", verbose_name=_("group"))
    source = models.CharField(_("source"), max_length=160, blank=True)

    class Meta:
        ordering = ["group__position", "slug"]
        verbose_name = _("craft")
        verbose_name_plural = _("crafts")

    def get_absolute_url(self) -> str:
        return reverse("shop:craft", args=[self.slug])
