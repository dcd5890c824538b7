"""Pages outside a city: a craft, a bazaar, a plain text."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.front_cache import depends_on
from cms.models.base import MarketPage
from cms.models.stories import ArticlePage
from marketplace.bazaars.models import Venue
from marketplace.core.clock import today
from marketplace.crafts.models import Craft
from marketplace.ui import shelves

#: Works on a craft's or a bazaar's page; the rest is a search away.
WORKS = 8


class CraftPage(MarketPage):
    """A craft: how it is made and known, with its works live from the market."""

    craft = models.ForeignKey(Craft, on_delete=models.PROTECT, related_name="+", verbose_name=_("craft"))

    drawn_by = "cms/craft.html"
    content_panels: ClassVar = [*MarketPage.content_panels, FieldPanel("craft")]
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = ["cms.ArticlePage"]

    class Meta:
        verbose_name = _("craft page")
        verbose_name_plural = _("craft pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With `shelf` (works of the craft), `cities` known for it and `articles` below; six queries more."""
        context = super().get_context(request, *args, **kwargs)
        shelf = shelves.shelf(self.locale.language_code, limit=WORKS, craft=self.craft.slug)
        depends_on(f"craft:{self.craft_id}", *(f"work:{card.id}" for card in shelf.cards))
        articles = ArticlePage.objects.child_of(self).live().public().order_by("-written_on")
        cities = self.craft.cities.select_related("province").order_by("-rank", "name_en")
        return context | {"shelf": shelf, "cities": list(cities), "articles": list(articles)}


class BazaarPage(MarketPage):
    """A bazaar or craft house, and whether it may sell today."""

    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, related_name="+", verbose_name=_("venue"))

    drawn_by = "cms/bazaar.html"
    content_panels: ClassVar = [*MarketPage.content_panels, FieldPanel("venue")]
    parent_page_types: ClassVar = ["cms.HomePage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("bazaar page")
        verbose_name_plural = _("bazaar pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With `state` (may it sell today?) and `shelf` (works offered there); five queries more."""
        context = super().get_context(request, *args, **kwargs)
        state = shelves.venue_states(Venue.objects.filter(pk=self.venue_id), on=today())[0]
        shelf = shelves.shelf(self.locale.language_code, limit=WORKS, venue=self.venue.slug)
        depends_on(f"venue:{self.venue_id}", "works", *(f"work:{card.id}" for card in shelf.cards))
        return context | {"state": state, "shelf": shelf}


class PlainPage(MarketPage):
    """A text of no special kind."""

    parent_page_types: ClassVar = ["cms.HomePage", "cms.PlainPage"]
    subpage_types: ClassVar = ["cms.PlainPage"]

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")
