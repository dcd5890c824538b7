"""City stories: publish one, load those that came with the market."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Locale

from cms.models import CityIndex, CityPage
from cms.tree import ensure_tree
from marketplace.places.models import City

CONTENT = Path(__file__).parent / "content"


@transaction.atomic
def publish_city_story(city: City, language: str, content: dict[str, Any]) -> CityPage:
    """Publish a city's story in a language, or publish it anew.

    `content`: `lead`, `body` (a list of {"type", "value"}: paragraph (HTML), figure (value, label, source, url),
    quote (text, source), gallery (image ids)), and, if wanted, `title` and `picture` (a CmsImage).
    Raises ValidationError when a part is missing, and publishes nothing.
    """
    locale = Locale.objects.get(language_code=language)
    page = CityPage.objects.filter(city=city, locale=locale).first() or _new_page(city, locale)
    page.title = content.get("title") or (city.name_en if language == "en" else city.name_fa)
    page.lead = content["lead"]
    body = CityPage._meta.get_field("body").to_python(json.dumps(content.get("body", [])))
    page.body = body.stream_block.clean(body)  # the model's own validation does not look inside a stream
    page.picture = content.get("picture", page.picture)
    if page.pk is None:
        page.slug = city.slug
        page.full_clean(exclude=["path", "depth", "content_type"])
        CityIndex.objects.get(locale=locale).add_child(instance=page)
    else:
        page.full_clean()
    page.save_revision(changed=False).publish()
    page.refresh_from_db()
    return page


def _new_page(city: City, locale: Locale) -> CityPage:
    """A page that is a translation of the city's story in another language, where there is one."""
    page = CityPage(city=city, locale=locale)
    other = CityPage.objects.filter(city=city).exclude(locale=locale).first()
    if other:
        page.translation_key = other.translation_key
    return page


def load_city_stories(*, again: bool = False, pictures: dict[str, Any] | None = None) -> int:
    """Publish the stories in `content/` for cities that exist; returns how many were published.

    A story that is there stays as its editors left it, unless `again`. `pictures`: city slug → CmsImage.
    """
    ensure_tree()
    cities = City.objects.in_bulk(field_name="slug")
    there = set(CityPage.objects.values_list("city__slug", "locale__language_code"))
    published = 0
    for file in sorted(CONTENT.glob("*.json")):
        for language, content in json.loads(file.read_text(encoding="utf-8")).items():
            if file.stem in cities and (again or (file.stem, language) not in there):
                picture = {"picture": pictures[file.stem]} if pictures and file.stem in pictures else {}
                publish_city_story(cities[file.stem], language, content | picture)
                published += 1
    return published
