"""Pages of the tree for the market's sitemaps: those that stand in both languages at the same path."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import override
from wagtail.models import Page

from cms.models import CityIndex, CityPage, HomePage


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
