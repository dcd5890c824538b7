"""Pages outside a city: a craft, a bazaar, a plain text."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.base import MarketPage
from marketplace.bazaars.models import Venue
from marketplace.crafts.models import Craft


class CraftPage(MarketPage):
    """A craft: how it is made and known, with its works live from the market."""

    craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="+", verbose_name=_("craft"))

    content_panels: ClassVar = [*MarketPage.content_panels, FieldPanel("craft")]
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["cms.ArticlePage"]

    class Meta:
        verbose_name = _("craft page")
        verbose_name_plural = _("craft pages")


class BazaarPage(MarketPage):
    """A bazaar or craft house, and whether it may sell today."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="+", verbose_name=_("venue"))

    content_panels: ClassVar = [*MarketPage.content_panels, FieldPanel("venue")]
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("bazaar page")
        verbose_name_plural = _("bazaar pages")


class PlainPage(MarketPage):
    """A text of no special kind."""

    parent_page_types: ClassVar = ["cms.HomePage", "cms.PlainPage"]
    subpage_types: ClassVar = ["cms.PlainPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
