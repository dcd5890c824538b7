"""Which story a city has."""

from typing import Any

from cms.models import CityPage
from cms.stories import story_of
from marketplace.places.models import City


def city_story(city: City, language: str) -> dict[str, Any] | None:
    """The published story of a city in a language, or None. Two queries with a picture, one without."""
    page = (
        CityPage.objects.live()
        .filter(city=city, locale__language_code=language)
        .select_related("picture", "locale")
        .first()
    )
    return story_of(page) if page else None
