"""What is written below a city: stories of its people, articles, news and calls."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.base import MarketPage
from marketplace.core.clock import today
from marketplace.makers.models import Maker


class StoryPage(MarketPage):
    """The story of a master or another maker of the city."""

    maker = models.ForeignKey(
        Maker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("maker")
    )

    content_panels: ClassVar = [*MarketPage.content_panels, FieldPanel("maker")]
    parent_page_types: ClassVar = ["cms.CityPage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("master and maker story")
        verbose_name_plural = _("master and maker stories")


class ArticlePage(MarketPage):
    """A text that stays: a technique, a motif, the history of a bazaar."""

    author = models.CharField(_("author"), max_length=160, blank=True)
    written_on = models.DateField(_("date"), default=today)

    content_panels: ClassVar = [*MarketPage.content_panels, FieldPanel("author"), FieldPanel("written_on")]
    parent_page_types: ClassVar = ["cms.CityPage", "cms.CraftPage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")


class NewsPage(MarketPage):
    """An announcement, or a call with its last day."""

    class Kind(models.TextChoices):
        NEWS = "news", _("Announcement")
        CALL = "call", _("Call")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.NEWS)
    announced_on = models.DateField(_("date"), default=today)
    until = models.DateField(_("last day"), null=True, blank=True, help_text=_("Of a call: the last day to answer it."))

    content_panels: ClassVar = [
        *MarketPage.content_panels,
        FieldPanel("kind"),
        FieldPanel("announced_on"),
        FieldPanel("until"),
    ]
    parent_page_types: ClassVar = ["cms.CityPage"]
    subpage_types: ClassVar = []

    class Meta:
        verbose_name = _("announcement or call")
        verbose_name_plural = _("announcements and calls")

    @property
    def is_open_call(self) -> bool:
        """A call that may still be answered today."""
        return self.kind == self.Kind.CALL and (self.until is None or self.until >= today())
