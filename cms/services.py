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
    """Publish the stories in `content/` for cities that exist, and an invitation for every other world craft city; returns how many.

    A story that is there stays as its editors left it, unless `again`. `pictures`: city slug → CmsImage.
    """
    ensure_tree()
    there = set(CityPage.objects.values_list("city__slug", "locale__language_code"))
    published = 0
    for city in City.objects.select_related("province").order_by("slug"):
        for language, content in _content_of(city).items():
            if again or (city.slug, language) not in there:
                picture = {"picture": pictures[city.slug]} if pictures and city.slug in pictures else {}
                publish_city_story(city, language, content | picture)
                published += 1
    return published


def _content_of(city: City) -> dict[str, dict[str, Any]]:
    """Language → what its page says: its own story, or no more than its rank and craft, or nothing where no source names either."""
    own = CONTENT / f"{city.slug}.json"
    if own.exists():
        return json.loads(own.read_text(encoding="utf-8"))
    if city.rank != City.Rank.WORLD or not city.craft_en:
        return {}
    leads = json.loads((CONTENT / "invitations" / "leads.json").read_text(encoding="utf-8"))
    return {language: {"lead": lead[city.kind] % _names(city, language)} for language, lead in leads.items()}


def _names(city: City, language: str) -> dict[str, str]:
    ending = "en" if language == "en" else "fa"
    return {
        "city": getattr(city, f"name_{ending}"),
        "province": getattr(city.province, f"name_{ending}"),
        "craft": getattr(city, f"craft_{ending}"),
    }
