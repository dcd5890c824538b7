"""A city with a page in both languages, and events and courses below it. Today is 22 November 2026, 1 Azar 1405."""

from datetime import date, time

import pytest

from cms.models import CoursePage, EventCraft, EventPage
from cms.services import publish_city_story
from tests.cms.test_translation import migrations_told  # noqa: F401
from tests.shop.conftest import market  # noqa: F401

PLACE = {"place": "The old bazaar", "lead": "Words that stand first."}


@pytest.fixture
def city_pages(sirjan):
    """Language → the page of Sirjan."""
    return {language: publish_city_story(sirjan, language, {"lead": "Kilims"}) for language in ("fa", "en")}


@pytest.fixture
def publish(city_pages):
    """Publishes an event below Sirjan's page of a language."""

    def below(language="en", kind=EventPage, about=None, **facts):
        parent = city_pages[language]
        words = PLACE | {"title": "Market of felt", "slug": "felt", "starts_on": date(2026, 12, 5)} | facts
        page = kind(**words, locale=parent.locale)
        if about is not None:
            page.crafts = [EventCraft(craft=about)]
        parent.add_child(instance=page)
        page.save_revision().publish()
        page.refresh_from_db()
        return page

    return below


@pytest.fixture
def course(publish, kilim_craft, weaver):
    """A course of kilims on Saturdays and Tuesdays in December."""
    lesson = {"starts": time(16), "ends": time(18, 30)}
    return publish(
        kind=CoursePage,
        title="First knots",
        slug="first-knots",
        craft=kilim_craft,
        teacher=weaver,
        places=8,
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 31),
        lessons=[("lesson", lesson | {"weekday": "5"}), ("lesson", lesson | {"weekday": "1"})],
    )


MORNING = {"starts_at": time(9), "ends_at": time(12)}
