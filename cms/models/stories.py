"""What is written below a city: stories of its people, articles, news and calls."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.front_cache import depends_on
from cms.models.base import MarketPage
from marketplace.core.clock import today
from marketplace.makers.models import Maker
from marketplace.ui import shelves

#: Works of a maker below a story.
WORKS = 4


class StoryPage(MarketPage):
    """The story of a master or another maker of the city."""

    maker = models.ForeignKey(
        Maker, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("maker")
    )

    drawn_by = "cms/told.html"
    says_kind = True
    content_panels: ClassVar = [*MarketPage.content_panels, FieldPanel("maker")]
    parent_page_types: ClassVar = ["cms.CityPage"]
    subpage_types: ClassVar = []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """With `maker`, the number of their works, and some of them; five queries more."""
        context = super().get_context(request, *args, **kwargs)
        if self.maker_id is None:
            return context
        maker = shelves.makers_with_counts().get(pk=self.maker_id)
        shelf = shelves.shelf(self.locale.language_code, limit=WORKS, maker=maker.slug)
        depends_on(f"maker:{maker.pk}", *(f"work:{card.id}" for card in shelf.cards))
        return context | {"maker": maker, "shelf": shelf}

    class Meta:
        verbose_name = _("master and maker story")
        verbose_name_plural = _("master and maker stories")


class ArticlePage(MarketPage):
    """A text that stays: a technique, a motif, the history of a bazaar."""

    author = models.CharField(_("author"), max_length=160, blank=True)
    written_on = models.DateField(_("date"), default=today)

    drawn_by = "cms/article.html"
    says_kind = True
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

    drawn_by = "cms/news.html"
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
