"""A city or village of craft, run by its secretariat."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction

from cms import city_page
from cms.events.agenda import coming, shown
from cms.fields import PartsField
from cms.library import LibraryBlock
from cms.models.base import MarketPage
from cms.models.events import CoursePage, EventPage
from cms.models.happenings import Happening
from cms.models.stories import NewsPage, StoryPage
from cms.models.visits import VisitPage
from marketplace.bookings.models import Session
from marketplace.bookings.queries import next_free
from marketplace.places.models import City


class CityPage(MarketPage):
    """A city in one language: its story here, its works, makers and numbers live from the market."""

    city = models.ForeignKey(City, on_delete=models.PROTECT, related_name="stories", verbose_name=_("city"))

    library = PartsField(LibraryBlock(), blank=True, verbose_name=_("library"))

    drawn_by = "cms/city.html"
    content_panels: ClassVar = [
        *MarketPage.content_panels[:1],
        FieldPanel("city", permission="cms.choose_city"),
        *MarketPage.content_panels[1:],
        FieldPanel("library"),
    ]
    parent_page_types: ClassVar = ["cms.CityIndex"]
    subpage_types: ClassVar = [
        "cms.StoryPage",
        "cms.ArticlePage",
        "cms.NewsPage",
        "cms.FormPage",
        "cms.RoutePage",
        "cms.EventPage",
        "cms.CoursePage",
        "cms.VisitPage",
    ]

    class Meta:
        verbose_name = _("city page")
        verbose_name_plural = _("city pages")
        permissions: ClassVar = [("choose_city", "Can choose the city of a page")]

    def clean(self) -> None:
        super().clean()
        if self.city_id is None:
            return
        if self.slug != self.city.slug:
            self.slug = self.city.slug  # the city's address in the market is the page's
        if self.locale_id is None:
            return
        others = CityPage.objects.filter(city=self.city_id, locale=self.locale_id).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError(
                {"city": ValidationError(_("This city has a story in this language already."), code="story_exists")}
            )

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Everything `cms/city.html` shows; its sections are listed in `cms.city_page`."""
        context = super().get_context(request, *args, **kwargs)
        return context | city_page.context_of(request, self.city, context["story"], self)

    def crumbs(self, request: HttpRequest | None = None) -> list[tuple[str, str]]:
        """Its list stands in the shop; `city_page` names it."""
        return []

    @cached_property
    def _private_paths(self) -> tuple[str, ...]:
        """Of every page of the tree that asks before it is read; as a rule there is none. One query for both who want to know."""
        return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail has it, which asks twice; nothing more where no page asks."""
        return super().get_view_restrictions() if self._private_paths else PageViewRestriction.objects.none()

    @cached_property
    def below(self) -> list[Page]:
        """Public pages below, of their own types but knowing their titles alone. One query, and the one of private pages."""
        live = self.get_children().live().specific(defer=True) if self.depth else []
        return [page for page in live if not page.path.startswith(self._private_paths)]

    def stories(self, most: int) -> list[StoryPage]:
        """Those told last. One query, none where there is no story."""
        told = StoryPage.objects.select_related("maker").filter(pk__in=self._below_of(StoryPage))
        return list(told.order_by("-first_published_at")[:most])

    def news(self, most: int) -> list[NewsPage]:
        """The newest announcements and calls. One query, none where there is no news."""
        return list(NewsPage.objects.filter(pk__in=self._below_of(NewsPage)).order_by("-announced_on", "-pk")[:most])

    def coming_events(self, most: int) -> list[dict[str, Any]]:
        """The next time of each event and course, soonest first. One query for each of the two that are there."""
        pages: list[Happening] = []
        for kind in (EventPage, CoursePage):
            if below := self._below_of(kind):
                pages += kind.objects.filter(pk__in=below).select_related("spot", "locale")
        for page in pages:
            page.city = self.city
        return [shown(timed) for timed in coming(pages, most)]

    def visits(self) -> list[tuple[VisitPage, Session | None]]:
        """Workshop visits, each with its next date that has a free place. Two queries, none where there is no visit."""
        below = self._below_of(VisitPage)
        if not below:
            return []
        free = next_free(self.city)
        pages = VisitPage.objects.filter(pk__in=below).select_related("maker", "locale").order_by("title")
        return [(page, free.get(page.translation_key)) for page in pages]

    def other_pages(self) -> list[tuple[str, list[Page]]]:
        """Pages of every other type below the city, by the name of their type."""
        by_type: dict[str, list[Page]] = {}
        for page in self.below:
            if not isinstance(page, StoryPage | NewsPage | EventPage | CoursePage | VisitPage):
                by_type.setdefault(str(page._meta.verbose_name_plural), []).append(page)
        return list(by_type.items())

    def _below_of(self, kind: type[Page]) -> list[int]:
        return [page.pk for page in self.below if isinstance(page, kind)]

    def library_items(self) -> list[dict[str, Any]]:
        """The library as its section shows it; one query for all its files."""
        return [item.value for item in self.library]

    def addresses(self, request: HttpRequest | None = None) -> dict[str, str]:
        """The same in both languages: without a story the market still shows the city."""
        return {}
