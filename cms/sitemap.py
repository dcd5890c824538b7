"""Pages of the tree for the market's sitemaps: those that stand in both languages at the same path, and the month list of every city
where something takes place."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from cms.models import CityIndex, CityPage, CoursePage, EventPage, HomePage, VisitPage


def tree_pages() -> Iterator[tuple[str, datetime | None]]:
    """(path in the market's own language, when it was last published). Cities are named by the market itself."""
    shown = Page.objects.live().public().not_exact_type(Page, HomePage, CityIndex, CityPage)
    own = settings.LANGUAGE_CODE
    translated = set(shown.exclude(locale__language_code=own).values_list("translation_key", "slug"))
    with override(own):
        for page in shown.filter(locale__language_code=own).order_by("pk"):
            address = page.get_url()
            if address and (page.translation_key, page.slug) in translated:
                yield address, page.last_published_at


def month_lists() -> Iterator[tuple[str, datetime | None]]:
    """(path of a city's list of events and visits, when the newest of them was published). Four queries."""
    places = dict(CityPage.objects.live().public().values_list("path", "city__slug"))
    newest: dict[str, datetime | None] = {}
    for kind in (EventPage, CoursePage, VisitPage):
        for path, changed in kind.objects.live().public().values_list("path", "last_published_at"):
            city = places.get(path[: -kind.steplen])
            if city is not None:
                newest[city] = max(filter(None, (newest.get(city), changed)), default=None)
    with override(settings.LANGUAGE_CODE):
        for city in sorted(newest):
            yield reverse("events:of-city", args=[city]), newest[city]
